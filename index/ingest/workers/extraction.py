"""The extractor of a worker: the spaCy pipeline over the packs and the model of the settings."""

from index.extract.pipeline import Extractor
from index.ingest.workers.tasks import WorkerOptions
from index.packs.loader import load_packs

__all__ = ["make_extractor"]


def make_extractor(options: WorkerOptions) -> Extractor:
    """Load packs and model. Raises `PackError` and `ModelError`."""
    return Extractor(packs=load_packs(options.packs), model=options.model, device=options.device)
