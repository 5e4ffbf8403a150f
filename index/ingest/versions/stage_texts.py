"""The stages of a run as the catalog stores them beside what they made."""

from dataclasses import dataclass
from typing import Self

from index.ingest.workers.tasks import WorkerOptions
from index.readers.base import Source
from index.readers.ignoring import fingerprint_rules
from index.stages import (
    NO_MEANING,
    StageRecord,
    extraction_stage,
    ignoring_stage,
    meaning_stage,
    reading_stage,
    set_aside_stage,
)

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

    def reading_of(self, source: Source, *, is_set_aside: bool = False) -> str:
        """Return the text for a source: that of an archive differs when other files in it are left out."""
        text = self.set_aside if is_set_aside else self.reading
        rules = fingerprint_rules(source.rules)
        record = StageRecord.parse(text) if rules else None
        return text if record is None else ignoring_stage(record, rules=rules).text
