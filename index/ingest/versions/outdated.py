"""Says which articles of an archive were made by other versions, packs or models than a run would use, and why."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from index.catalog.store import Catalog
from index.ingest.versions import version_0_1
from index.readers.base import ReadOptions
from index.stages import (
    NO_MEANING,
    Stage,
    StageRecord,
    extraction_stage,
    linking_stage,
    meaning_stage,
    reading_stage,
    resolution_stage,
    without_limits,
)

__all__ = ["META_LINKING", "META_PACKS", "META_RESOLUTION", "OutdatedStage", "StoredStages", "adopt", "find_outdated"]

META_PACKS = "packs"
META_LINKING = "linking"
META_RESOLUTION = "resolution"

# Measured on one busy core; it only tells a user whether to wait.
_VECTORS_A_SECOND = 150.0
_UNKNOWN = "made by another version of the program"


@dataclass(frozen=True, slots=True)
class StoredStages:
    """Stages that filled a catalog, as it remembers them.

    `extractions` and `readings` count articles by text. `packs` are the remembered fingerprints by name or path.
    `linking` and `resolution` are None when nothing was stored. `rate` is articles a second of an earlier run.
    `meanings` counts articles by the text of the stage that made their vectors, "" for those without.
    """

    extractions: Mapping[str, int]
    readings: Mapping[str, int]
    packs: Mapping[str, str]
    linking: str | None
    resolution: str | None
    rate: float | None = None
    meanings: Mapping[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, catalog: Catalog) -> "StoredStages":
        """Ask a catalog."""
        return cls(
            catalog.stages.count_extractions(),
            catalog.stages.count_readings(),
            json.loads(catalog.read_meta(META_PACKS) or "{}"),
            catalog.read_meta(META_LINKING) or None,
            catalog.read_meta(META_RESOLUTION) or None,
            catalog.stages.extraction_rate(),
            catalog.count_vectors(),
        )


@dataclass(frozen=True, slots=True)
class OutdatedStage:
    """A stage that a run does again for articles that did not change, and why, in words.

    `seconds` estimates what the stage takes, None where earlier runs tell nothing or it takes next to nothing.
    """

    stage: Stage
    reasons: tuple[str, ...]
    articles: int
    seconds: float | None = None

    def __str__(self) -> str:
        """Return a line for people.

        >>> print(OutdatedStage(Stage.EXTRACTION, ("pack core changed",), 1200, 60.0))
        extracts 1,200 articles again, about 60 s: pack core changed
        """
        number = f"{self.articles:,} article{'' if self.articles == 1 else 's'}"
        cost = "" if self.seconds is None else f", about {max(1, round(self.seconds)):,} s"
        return f"{_VERBS[self.stage]} {number} again{cost}: {', '.join(self.reasons)}"


_VERBS: Mapping[Stage, str] = {
    Stage.READING: "reads the files of",
    Stage.EXTRACTION: "extracts",
    Stage.LINKING: "links the mentions of",
    Stage.RESOLUTION: "resolves the names of",
    Stage.MEANING: "makes the vectors of",
}


def find_outdated(
    stored: StoredStages,
    *,
    packs: Sequence[str],
    model: str,
    read_options: ReadOptions | None = None,
    meaning: str = NO_MEANING,
) -> tuple[OutdatedStage, ...]:
    """Return the stages that are outdated for the settings of a run, in their order; empty when none is.

    Reading tells only of files that were read with other options or versions: whether a file changed shows when it is
    looked at. Raises `PackError` for a pack that is missing.
    """
    found = [*_find(stored, packs, model, read_options or ReadOptions())]
    is_all_new = any(item.stage is Stage.EXTRACTION for item in found)
    return (*found, *(() if meaning == NO_MEANING or is_all_new else _find_meaning(stored, meaning)))


def _find_meaning(stored: StoredStages, meaning: str) -> Iterator[OutdatedStage]:
    """Yield the stage of vectors when some are missing or of another version."""
    records = {text: StageRecord.parse(text) for text in stored.meanings if text}
    yield from _compare(meaning_stage(meaning), records, stored.meanings, rate=_VECTORS_A_SECOND)
    if missing := stored.meanings.get("", 0):
        yield OutdatedStage(Stage.MEANING, ("they have none",), missing, missing / _VECTORS_A_SECOND)


def _find(stored: StoredStages, packs: Sequence[str], model: str, options: ReadOptions) -> Iterator[OutdatedStage]:
    total = sum(stored.extractions.values())
    if not total:
        return
    reading, extraction = reading_stage(options), extraction_stage(packs, model)
    readings = {
        text: _reading_of(text) or version_0_1.reading_of(text, extractions=stored.extractions, options=options)
        for text in stored.readings
    }
    yield from _compare(reading, readings, stored.readings, rate=None)
    extractions = {
        text: StageRecord.parse(text) or version_0_1.extraction_of(text, packs=stored.packs, model=model)
        for text in stored.extractions
    }
    yield from _compare(extraction, extractions, stored.extractions, rate=stored.rate)
    for current, text, before in (
        (linking_stage(packs), stored.linking, version_0_1.linking_of()),
        (resolution_stage(packs), stored.resolution, None),
    ):
        if text is None and before is None:
            # Not resolved yet, or not since a decision: any run does that.
            continue
        key = text or ""
        yield from _compare(current, {key: StageRecord.parse(key) or before}, {key: total}, rate=None)


def _reading_of(text: str) -> StageRecord | None:
    record = StageRecord.parse(text)
    return None if record is None else without_limits(record)


def _compare(
    current: StageRecord,
    records: Mapping[str, StageRecord | None],
    counts: Mapping[str, int],
    *,
    rate: float | None,
) -> Iterator[OutdatedStage]:
    reasons: dict[str, None] = {}
    articles = 0
    for text, record in records.items():
        changes = (_UNKNOWN,) if record is None else current.changes_since(record)
        articles += counts[text] if changes else 0
        reasons.update(dict.fromkeys(changes))
    if reasons:
        yield OutdatedStage(current.stage, tuple(reasons), articles, articles / rate if rate else None)


def adopt(catalog: Catalog, *, model: str, read_options: ReadOptions | None = None) -> None:
    """Store the records of an archive of version 0.1 as this version stores them; nothing happens to others.

    Must be called before a run compares articles, and before it remembers its own packs.
    """
    stored = StoredStages.of(catalog)
    options = read_options or ReadOptions()
    for text in stored.readings:
        record = version_0_1.reading_of(text, extractions=stored.extractions, options=options)
        if record is not None:
            catalog.stages.rename_reading(text, record.text)
    for text in stored.extractions:
        if StageRecord.parse(text) is None:
            extraction = version_0_1.extraction_of(text, packs=stored.packs, model=model)
            if extraction is not None:
                catalog.stages.rename_extraction(text, extraction.text)
