"""Versions that a machine declares before it gets work: results of another version would be stored as ours."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import Final

from index.stages import NO_MEANING, StageRecord, extraction_stage, linking_stage, meaning_stage

__all__ = ["Declaration", "declare", "differences"]

Declaration = Mapping[str, str]
"""Versions by name, as plain text, so that any version of this program can read that of any other."""

_STAGES: Final = ("extraction", "linking", "meaning")


def declare(packs: Sequence[str], model: str, meaning: str) -> Declaration:
    """Return the versions of Python and of this program here, and of the stages that workers do.

    Raises `PackError` and `ModelError` for what is missing here.
    """
    return {
        "Python": ".".join(map(str, sys.version_info[:2])),
        "Dossier": version("dossier-search"),
        "extraction": extraction_stage(packs, model).text,
        "linking": linking_stage(packs).text,
        "meaning": "" if meaning == NO_MEANING else meaning_stage(meaning).text,
    }


def differences(ours: Declaration, theirs: Declaration) -> tuple[str, ...]:
    """Say in words how another machine differs from this one; empty when both do the same.

    >>> differences({"Python": "3.12", "Dossier": "1.2"}, {"Python": "3.11", "Dossier": "1.2"})
    ('Python is 3.11 there and 3.12 here',)
    """
    return tuple(_differences(ours, theirs))


def _differences(ours: Declaration, theirs: Declaration) -> Iterator[str]:
    for name in sorted({*ours, *theirs}):
        here, there = ours.get(name, ""), theirs.get(name, "")
        if here == there:
            continue
        before, now = StageRecord.parse(here), StageRecord.parse(there)
        if name in _STAGES and before is not None and now is not None:
            yield from now.changes_since(before)
        else:
            yield f"{name} is {there or 'missing'} there and {here or 'missing'} here"
