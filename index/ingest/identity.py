"""Deciding who is who over the whole archive, and keeping it."""

from index.catalog.records import ResolutionChanges
from index.catalog.store import Catalog
from index.identity.across_archive import resolve_names
from index.ingest.linking import relink
from index.packs.loader import load_packs
from index.stages import resolution_stage

__all__ = ["resolve_archive"]

_UNCHANGED = ResolutionChanges((), (), (), 0)


def resolve_archive(catalog: Catalog, packs: tuple[str, ...]) -> ResolutionChanges:
    """Decide who is who, unless neither names nor decisions nor what decides have changed since it was last done.

    What people set apart within articles is linked anew first. To be called in a transaction.
    """
    relink(catalog)
    loaded = load_packs(packs)
    fingerprint = resolution_stage(packs).text
    if catalog.read_meta("resolution") == fingerprint and not catalog.has_stale_names():
        return _UNCHANGED
    decisions = [stored.decision for stored in catalog.decisions()]
    resolution = resolve_names(
        catalog.names(),
        packs=loaded,
        decisions=decisions,
        definitions=catalog.definitions(),
        companions=catalog.companions,
    )
    return catalog.store_resolution(resolution, fingerprint=fingerprint)
