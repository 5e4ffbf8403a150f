"""Resolving an archive inside of an open transaction: what changed where that can be found, else everything."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from index.identity.across_archive import resolve_all
from index.identity.incremental.region import resolve_touched
from index.identity.incremental.touched import TooMuchTouchedError, Touched
from index.identity.incremental.view import Knowledge
from index.identity.records import Definition, MadeDecision, Name, NameId, ResolutionChanges
from index.identity.stored import IdentityStore, Update

__all__ = ["Archive", "StoredIdentity", "resolve"]

# Of more names, resolving everything costs less.
LARGEST_SHARE = 0.25
_FINGERPRINT = "resolution"
_UNCHANGED = ResolutionChanges((), (), (), 0)


class StoredIdentity(IdentityStore, Protocol):
    """Stored result of the last resolution, with the names and decisions that changed since."""

    def touched_names(self) -> Collection[NameId]:
        """Return the names that came, went or changed their counts."""
        ...

    def count_touched(self) -> int:
        """Return the number of these names."""
        ...

    def count_names(self) -> int:
        """Return the number of names that the last resolution saw."""
        ...

    def unheeded_decisions(self) -> Sequence[MadeDecision]:
        """Return the decisions that were made or undone, by number."""
        ...


class Archive(Protocol):
    """The catalog of an archive, in a transaction that excludes other writers."""

    def identity(self) -> StoredIdentity:
        """Return what the last resolution left."""
        ...

    def names(self) -> Iterable[Name]:
        """Return every way of writing a name."""
        ...

    def definitions(self) -> Iterable[Definition]:
        """Return what articles say about their own names."""
        ...

    def decisions(self) -> Sequence[MadeDecision]:
        """Return all decisions, oldest first."""
        ...

    def begin_resolution(self, decisions: Iterable[MadeDecision]) -> None:
        """Remember which names new decisions are about."""
        ...

    def store_update(self, update: Update, *, fingerprint: str) -> ResolutionChanges:
        """Store a resolution."""
        ...

    def read_meta(self, key: str) -> str | None:
        """Return what was remembered under a key."""
        ...


def resolve(
    archive: Archive, knowledge: Knowledge, *, is_complete: bool = False, largest_share: float = LARGEST_SHARE
) -> ResolutionChanges:
    """Resolve the names that changed since the last resolution, and those that these touch; return what changed.

    Everything is resolved when `is_complete`, when there was no resolution, when another version or other packs made
    it, and when more than `largest_share` of the names is touched. Documents that must be written again become pending.
    """
    fingerprint = knowledge.fingerprint
    identity = archive.identity()
    decisions = identity.unheeded_decisions()
    archive.begin_resolution(decisions)
    if not is_complete and archive.read_meta(_FINGERPRINT) == fingerprint:
        if not decisions and identity.count_touched() == 0:
            return _UNCHANGED
        update = _resolve_changes(identity, knowledge, decisions, int(largest_share * identity.count_names()))
        if update is not None:
            return archive.store_update(update, fingerprint=fingerprint)
    everything = resolve_all(
        archive.names(),
        packs=knowledge.packs,
        decisions=archive.decisions(),
        definitions=archive.definitions(),
        companions=identity.companions,
        witnesses=identity.witnesses,
    )
    return archive.store_update(everything, fingerprint=fingerprint)


def _resolve_changes(
    identity: StoredIdentity, knowledge: Knowledge, decisions: Sequence[MadeDecision], limit: int
) -> Update | None:
    """Resolve what changed; None when that touches more names than the limit."""
    if identity.count_touched() > limit:
        return None
    try:
        touched = Touched(identity.touched_names(), [made.decision for made in decisions])
        return resolve_touched(identity, touched, knowledge=knowledge, limit=limit)
    except TooMuchTouchedError:
        return None
