"""Which packs an index was made with, so that a change of them can be told to whoever made it."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.catalog.store import Catalog
from index.packs.fingerprints import fingerprint_packs

__all__ = ["changed_packs", "remember_packs", "used_packs"]

_KEY = "packs"


def used_packs(catalog: Catalog, default: tuple[str, ...]) -> tuple[str, ...]:
    """The packs of the last complete run, in their order; those of the settings where there was none."""
    return tuple(_read(catalog)) or default


def changed_packs(catalog: Catalog, packs: Sequence[str]) -> tuple[str, ...]:
    """What is different since the last complete run, a few words for each pack; empty when there was none.

    Raises `PackError` for a pack that is not there.
    """
    before, now = _read(catalog), fingerprint_packs(packs)
    if not before:
        return ()
    changes = [
        f"{_shown(name)} {'changed' if name in before else 'is new'}"
        for name, fingerprint in now.items()
        if before.get(name) != fingerprint
    ]
    return (*changes, *(f"{_shown(name)} is no longer used" for name in before if name not in now))


def remember_packs(catalog: Catalog, packs: Sequence[str]) -> None:
    """Keep which packs the index is made with, and what they held."""
    catalog.write_meta(_KEY, json.dumps(dict(fingerprint_packs(packs))))


def _read(catalog: Catalog) -> Mapping[str, str]:
    remembered: Mapping[str, str] = json.loads(catalog.read_meta(_KEY) or "{}")
    return remembered


def _shown(name: str) -> str:
    return Path(name).name
