"""Output of each stage on fixed inputs, as digests; and the digests that were kept, with the versions that gave them.

    python -m tests.integration.stages.outputs

renews the file of digests. Do so after raising the number of a stage, or when its inputs changed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass, replace
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

import numpy as np
from msgspec import Struct
from msgspec.structs import asdict as struct_fields
from numpy.typing import NDArray

from index import stages
from index.extract.models import shipped
from index.extract.pipeline import Extractor
from index.identity.across_archive import resolve_names
from index.identity.linking import link_article
from index.identity.records import Definition, LocalLink, Name
from index.model import Article, Failure
from index.packs.loader import load_packs
from index.readers.base import ReadOptions, Source
from index.readers.registry import read_source
from index.readers.sources import find_sources
from index.recognizer.encoder.lead import is_known_language, lead_text
from index.recognizer.encoder.text_pieces import first_pieces
from index.recognizer.labels import LABELS
from index.recognizer.reading import load_recognizer
from index.settings import Settings
from tests.conftest import SEEDS
from tests.integration.stages.texts import TEXTS

__all__ = ["DIGESTS", "Output", "complaint", "extraction_with_network", "outputs", "read_kept"]

DIGESTS = Path(__file__).with_name("digests.json")
PACKS = Settings().packs

Linked = tuple[tuple[LocalLink, ...], tuple[Definition, ...]]


@dataclass(frozen=True, slots=True)
class Output:
    """Digest of a stage's output, with its version, and a digest of everything that went in."""

    version: int
    inputs: str
    output: str


def outputs() -> Mapping[str, Output]:
    """The outputs of all stages, but for extraction with a network."""
    packs = load_packs(PACKS)
    items = read_all()
    articles = [item for item in items if isinstance(item, Article)]
    mentions = list(Extractor(packs=packs, model=stages.NO_MODEL).extract(articles))
    linked = [link_article(article, found, packs=packs) for article, found in zip(articles, mentions, strict=True)]
    names, definitions = gather(linked)
    resolution = resolve_names(names, packs=packs, decisions=(), definitions=definitions)
    reading, extraction = stages.reading_stage(ReadOptions()), stages.extraction_stage(PACKS, stages.NO_MODEL)
    meaning = stages.meaning_stage("lead")
    # The network calculates in 8 bits, with results that differ between processors: what it is given is no such matter.
    leads = [first_pieces(lead_text(item)) if is_known_language(item.language) else [] for item in articles]
    linking, resolving = stages.linking_stage(PACKS), stages.resolution_stage(PACKS)
    return {
        "reading": Output(reading.version, digest(reading.inputs, TEXTS, seeds()), digest(items)),
        "extraction": Output(extraction.version, digest(extraction.inputs, articles), digest(mentions)),
        "linking": Output(linking.version, digest(linking.inputs, articles, mentions), digest(linked)),
        "resolution": Output(resolving.version, digest(resolving.inputs, names, definitions), digest(resolution)),
        "meaning": Output(meaning.version, digest(meaning.inputs, articles), digest(leads)),
    }


class MadeUpNetwork:
    """In the place of the shipped network: labels each word by the number of its first piece."""

    def run(self, names: None, inputs: Mapping[str, NDArray[np.int64]]) -> list[NDArray[np.float32]]:
        """The scores [words, labels] of the words that are asked about."""
        pieces = inputs["pieces"][inputs["kept"]][inputs["firsts"]]
        scores = np.zeros((len(pieces), len(LABELS)), dtype=np.float32)
        scores[np.arange(len(pieces)), pieces % len(LABELS)] = 4
        return [scores]


def extraction_with_network() -> Output:
    """The output of extraction where names are read by a made-up network and weighed with those of the rules.

    The shipped network calculates in 8 bits, with results that differ between processors in the last digits, so that
    its own output is no matter for a digest; what is done with a reading is.
    """
    recognizer = load_recognizer()
    recognizer._session = MadeUpNetwork()
    record = stages.extraction_stage(PACKS, stages.SHIPPED_MODEL)
    articles = [item for item in read_all() if isinstance(item, Article)]
    with patch.object(shipped, "_load", lambda _device: recognizer):
        found = list(Extractor(packs=load_packs(PACKS)).extract(articles))
    return Output(record.version, digest(record.inputs, articles), digest(found))


def read_all() -> list[Article | Failure]:
    """The articles of the seeds and of the small texts."""
    sources = [Source(f"texts/{name}", data=data, size=len(data)) for name, data in TEXTS.items()]
    sources += [item for item in find_sources([str(SEEDS)], base=SEEDS.parent) if isinstance(item, Source)]
    return [item for source in sources for item in read_source(source)]


def seeds() -> Mapping[str, str]:
    """The texts of the seeds."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))}


def gather(linked: Iterable[Linked]) -> tuple[list[Name], list[Definition]]:
    """The names of all articles with their counts, and what articles say about them."""
    counts: dict[Name, int] = {}
    found: dict[Definition, int] = {}
    for links, definitions in linked:
        for link in links:
            counts[link.name] = counts.get(link.name, 0) + 1
        for definition in definitions:
            found[definition] = found.get(definition, 0) + 1
    names = [replace(name, mentions=count) for name, count in counts.items()]
    return names, [replace(definition, documents=count) for definition, count in found.items()]


def digest(*values: object) -> str:
    """A hash of records, whatever they are made of."""
    text = json.dumps([plain(value) for value in values], ensure_ascii=False, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()


def plain(value: object) -> object:
    """Records as lists of their fields, and mappings as sorted pairs."""
    match value:
        case Struct():
            return [[name, plain(each)] for name, each in struct_fields(value).items()]
        case Mapping():
            return sorted([[plain(key), plain(each)] for key, each in value.items()], key=str)
        case set() | frozenset():
            return sorted((plain(each) for each in value), key=str)
        case str() | bytes() | None:
            return str(value)
        case Iterable():
            return [plain(each) for each in value]
        case _ if is_dataclass(value):
            return [[field.name, plain(getattr(value, field.name))] for field in fields(value)]
        case _:
            return str(value)


def complaint(stage: str, kept: Output, now: Output) -> str:
    """Return the advice for a difference between the kept digest and the present one; "" when they are equal."""
    renew = "run: python -m tests.integration.stages.outputs"
    if now == kept:
        return ""
    if (now.version, now.inputs) == (kept.version, kept.inputs):
        number = f"index.stages.{stage.partition(' ')[0].upper()}"
        return f"The output of {stage} changed. Raise {number} to {now.version + 1}, then {renew}"
    what = "version" if now.version != kept.version else "inputs"
    return f"The {what} of {stage} changed, and the digest was not renewed: {renew}"


def read_kept() -> Mapping[str, Output]:
    """The digests that were kept."""
    return {stage: Output(**values) for stage, values in json.loads(DIGESTS.read_text(encoding="utf-8")).items()}


if __name__ == "__main__":
    found = {**outputs(), "extraction with a network": extraction_with_network()}
    shown = {stage: asdict(output) for stage, output in found.items()}
    DIGESTS.write_text(json.dumps(shown, indent=2) + "\n", encoding="utf-8")
