"""Versions of the stages from a file to an entity, and records of what a stored result was made with.

Raise a number when the same input may give another output; a test holds this against digests of each stage's output.
Moving or commenting code changes nothing. Imports neither spaCy nor a recognizer.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from index.packs.fingerprints import fingerprint_built_in, fingerprint_packs
from index.readers.base import ReadOptions
from index.recognizer.encoder.folder import read_folder as read_encoder_folder
from index.recognizer.folder import SHIPPED, described_fingerprint

__all__ = [
    "EXTRACTION",
    "LINKING",
    "MEANING",
    "NO_MEANING",
    "NO_MODEL",
    "READING",
    "RESOLUTION",
    "SHIPPED_MODEL",
    "Stage",
    "StageRecord",
    "extraction_stage",
    "ignoring_stage",
    "linking_stage",
    "meaning_stage",
    "model_input",
    "reading_stage",
    "resolution_stage",
    "set_aside_stage",
    "without_limits",
]

READING: Final = 7
EXTRACTION: Final = 24
LINKING: Final = 8
RESOLUTION: Final = 4
MEANING: Final = 1

SHIPPED_MODEL: Final = "dossier"
NO_MODEL: Final = "none"
NO_MEANING: Final = "none"

_SET_ASIDE = "set aside"
_IGNORING = ".searchignore"
_DIGITS = 12
_PACK = "pack "
_MODEL = "model"
# The built-in pack that linking and resolution read besides those of the settings.
_NAMES = "names"
# The built-in pack that extraction reads besides those of the settings, when an article is in another language.
_LANGUAGES = "languages"


class Stage(StrEnum):
    """The stages, in the order in which an article passes them."""

    READING = "reading"
    EXTRACTION = "extraction"
    LINKING = "linking"
    RESOLUTION = "resolution"
    MEANING = "meaning"


@dataclass(frozen=True, slots=True)
class StageRecord:
    """Version and inputs of a stage: two results are comparable when their records are equal.

    `inputs` are pairs of a name ("pack core", "model", "encoding") and a fingerprint or value; their order counts.
    """

    stage: Stage
    version: int
    inputs: tuple[tuple[str, str], ...] = ()

    @property
    def text(self) -> str:
        """The record as the catalog stores it."""
        return json.dumps([self.stage, self.version, *map(list, self.inputs)], ensure_ascii=False)

    @classmethod
    def parse(cls, text: str) -> "StageRecord | None":
        """Return the record that `text` is, or None when it is something else.

        >>> record = StageRecord(Stage.READING, 1, (("encoding", "utf-8"),))
        >>> StageRecord.parse(record.text) == record, StageRecord.parse("bf92f19d") is None
        (True, True)
        """
        try:
            stage, number, *inputs = json.loads(text)
            return cls(Stage(stage), int(number), tuple((str(name), str(value)) for name, value in inputs))
        except (ValueError, TypeError):
            return None

    def changes_since(self, before: "StageRecord") -> tuple[str, ...]:
        """Say in words what changed from `before` to this record; empty when they are equal.

        >>> new = StageRecord(Stage.EXTRACTION, 15, (("pack core", "b"), ("model", "none")))
        >>> new.changes_since(StageRecord(Stage.EXTRACTION, 14, (("pack core", "a"), ("model", "none"))))
        ('rules of extraction changed (14 -> 15)', 'pack core changed')
        """
        return () if self == before else tuple(self._changes(before)) or ("packs are in another order",)

    def _changes(self, before: "StageRecord") -> Iterator[str]:
        if self.version != before.version:
            yield f"rules of {self.stage} changed ({before.version} -> {self.version})"
        then, now = dict(before.inputs), dict(self.inputs)
        for name, value in now.items():
            if name not in then:
                yield f"{name} is new"
            elif then[name] != value:
                yield _changed(name, then[name], value)
        for name in then:
            if name not in now:
                yield f"{name} is no longer used"


def _changed(name: str, before: str, after: str) -> str:
    if name.startswith(_PACK):
        return f"{name} changed"
    old, new = before.partition(" ")[0], after.partition(" ")[0]
    return f"{name} changed ({old} -> {new})" if old != new else f"{name} {new} changed"


def reading_stage(options: ReadOptions) -> StageRecord:
    """Return the record of reading with these options."""
    mapping = json.dumps(dict(options.mapping), sort_keys=True, ensure_ascii=False)
    inputs = (("fields", mapping), ("encoding", options.encoding or "detected"), ("max_bytes", str(options.max_bytes)))
    return StageRecord(Stage.READING, READING, inputs)


def extraction_stage(packs: Sequence[str], model: str) -> StageRecord:
    """Return the record of extraction with these packs and this model. Raises `PackError` for a missing pack."""
    languages = (f"{_PACK}{_LANGUAGES}", fingerprint_built_in(_LANGUAGES))
    return StageRecord(Stage.EXTRACTION, EXTRACTION, (*_pack_inputs(packs), languages, (_MODEL, model_input(model))))


def set_aside_stage(reading: StageRecord, extraction: StageRecord, *, limits: str) -> StageRecord:
    """Return the record of reading for a file of which something was set aside: it took too long or too much memory.

    It differs when the limits or one of the stages differ, and then the file is tried again.
    """
    by = hashlib.sha256(extraction.text.encode()).hexdigest()[:_DIGITS]
    return replace(reading, inputs=(*reading.inputs, (_SET_ASIDE, f"within {limits} by {by}")))


def ignoring_stage(reading: StageRecord, *, rules: str) -> StageRecord:
    """Return the record of reading for an archive in which these rules, by their fingerprint, leave files out."""
    return replace(reading, inputs=(*reading.inputs, (_IGNORING, rules)))


def without_limits(reading: StageRecord) -> StageRecord:
    """Return a record of reading as it is without anything set aside or left out."""
    return replace(reading, inputs=tuple(pair for pair in reading.inputs if pair[0] not in (_SET_ASIDE, _IGNORING)))


def linking_stage(packs: Sequence[str]) -> StageRecord:
    """Return the record of linking within an article with these packs. Raises `PackError` for a missing pack."""
    return StageRecord(Stage.LINKING, LINKING, _pack_inputs([*packs, _NAMES]))


def resolution_stage(packs: Sequence[str]) -> StageRecord:
    """Return the record of resolution with these packs. Raises `PackError` for a missing pack."""
    return StageRecord(Stage.RESOLUTION, RESOLUTION, _pack_inputs([*packs, _NAMES]))


def meaning_stage(meaning: str) -> StageRecord:
    """Return the record of making vectors of this part of articles. Raises `ModelError` for a missing encoder."""
    folder = read_encoder_folder()
    return StageRecord(
        Stage.MEANING, MEANING, (("text", meaning), ("encoder", f"{folder.encoder} {folder.fingerprint}"))
    )


def _pack_inputs(packs: Sequence[str]) -> tuple[tuple[str, str], ...]:
    # Named by its folder without the path to it, so that moving a pack changes nothing.
    return tuple((f"{_PACK}{Path(name).name}", value) for name, value in fingerprint_packs(packs).items())


def model_input(model: str) -> str:
    """Return the name of a model and what tells it from others of that name: a fingerprint or a version."""
    if model == NO_MODEL:
        return model
    if model == SHIPPED_MODEL:
        return f"{model} {described_fingerprint(SHIPPED)}"
    return f"{model} {_pipeline_version(model)}".rstrip()


def _pipeline_version(model: str) -> str:
    """Return the version of an installed spaCy pipeline, or of one in a folder; "" when neither tells."""
    # Its import takes 15 ms, and only pipelines of others need it.
    from importlib.metadata import PackageNotFoundError, version

    folder = Path(model)
    try:
        if folder.is_dir():
            return str(json.loads((folder / "meta.json").read_text(encoding="utf-8")).get("version", ""))
        return version(model)
    except (OSError, ValueError, PackageNotFoundError):
        return ""
