"""The stages of a run as the catalog stores them beside what they made."""

from dataclasses import dataclass
from typing import Self

from index.ingest.workers.tasks import WorkerOptions
from index.stages import NO_MEANING, extraction_stage, meaning_stage, reading_stage, set_aside_stage

__all__ = ["StageTexts"]


@dataclass(frozen=True, slots=True)
class StageTexts:
    """The texts of the stages that read and extract.

    `set_aside` stands for `reading` where something of a file was set aside, as it took too long or too much memory:
    the file is tried again when it, one of the stages or the limits change. `meaning` is "" when no vectors
    are made.
    """

    reading: str
    extraction: str
    set_aside: str
    meaning: str = ""

    @classmethod
    def of(cls, options: WorkerOptions) -> Self:
        """Return the texts for a run with these options.

        Raises `PackError` or `ModelError` for a pack or an encoder that is missing.
        """
        reading = reading_stage(options.read_options)
        extraction = extraction_stage(options.packs, options.model)
        aside = set_aside_stage(reading, extraction, limits=options.limits.describe())
        meaning = "" if options.meaning == NO_MEANING else meaning_stage(options.meaning).text
        return cls(reading.text, extraction.text, aside.text, meaning)
