"""Resolving an archive, after what people set apart within articles is linked anew."""

from index.catalog.records import ResolutionChanges
from index.catalog.store import Catalog
from index.identity.linking import relink
from index.identity.resolving import resolve
from index.identity.view import Knowledge

__all__ = ["resolve_archive"]


def resolve_archive(catalog: Catalog, packs: tuple[str, ...]) -> ResolutionChanges:
    """Resolve what changed since the archive was last resolved, in one transaction."""
    with catalog.transaction():
        relink(catalog)
        return resolve(catalog, Knowledge.of_packs(packs))
