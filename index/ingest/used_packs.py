"""Remembers the packs an index was built with, so that `index` can report changes."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.catalog.store import Catalog
from index.ingest.outdated import META_PACKS
from index.ingest.version_0_1 import pack_content
from index.packs.fingerprints import fingerprint_packs

__all__ = ["changed_packs", "remember_packs", "used_packs"]


def used_packs(catalog: Catalog, default: tuple[str, ...]) -> tuple[str, ...]:
    """Return the packs of the last complete run, in their order; those of the settings where there was none."""
    return tuple(_read(catalog)) or default


def changed_packs(catalog: Catalog, packs: Sequence[str]) -> tuple[str, ...]:
    """Say what is different since the last complete run, a few words for each pack; empty when there was none.

    Raises `PackError` for a pack that is not there.
    """
    before, now = _read(catalog), fingerprint_packs(packs)
    if not before:
        return ()
    changes = [
        f"{_shown(name)} {'changed' if name in before else 'is new'}"
        for name, fingerprint in now.items()
        if not _is_same(name, before.get(name, ""), fingerprint)
    ]
    return (*changes, *(f"{_shown(name)} is no longer used" for name in before if name not in now))


def remember_packs(catalog: Catalog, packs: Sequence[str]) -> None:
    """Store the packs of this run and their fingerprints."""
    catalog.write_meta(META_PACKS, json.dumps(dict(fingerprint_packs(packs))))


def _read(catalog: Catalog) -> Mapping[str, str]:
    remembered: Mapping[str, str] = json.loads(catalog.read_meta(META_PACKS) or "{}")
    return remembered


def _is_same(name: str, before: str, now: str) -> bool:
    # Version 0.1 remembered hashes of bytes.
    return before == now or pack_content(name, before) == now


def _shown(name: str) -> str:
    return Path(name).name
