"""Remembers the packs and the model of the last complete run, for commands that have no options for them."""

import json
from collections.abc import Sequence

from index.catalog.store import Catalog
from index.ingest.versions.outdated import META_PACKS
from index.packs.fingerprints import fingerprint_packs

__all__ = ["remember_settings", "used_model", "used_packs"]

_META_MODEL = "model"


def remember_settings(catalog: Catalog, *, packs: Sequence[str], model: str) -> None:
    """Store the packs of a run with their fingerprints, and its model."""
    catalog.write_meta(META_PACKS, json.dumps(dict(fingerprint_packs(packs))))
    catalog.write_meta(_META_MODEL, model)


def used_packs(catalog: Catalog, default: tuple[str, ...]) -> tuple[str, ...]:
    """Return the packs of the last complete run, in their order; `default` where there was none."""
    return tuple(json.loads(catalog.read_meta(META_PACKS) or "{}")) or default


def used_model(catalog: Catalog, default: str) -> str:
    """Return the model of the last complete run; `default` where there was none."""
    return catalog.read_meta(_META_MODEL) or default
