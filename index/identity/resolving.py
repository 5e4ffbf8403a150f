"""Resolving an archive inside of an open transaction: what changed where that can be found, else everything."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from index.identity.across_archive import resolve_all
from index.identity.records import Decision, Definition, Name, NameId, ResolutionChanges, StoredDecision
from index.identity.region import resolve_touched
from index.identity.stored import IdentityStore, Update
from index.identity.touched import TooMuchTouchedError, Touched
from index.identity.version import RESOLUTION_VERSION
from index.identity.view import Knowledge
from index.packs.fingerprints import fingerprint_packs

__all__ = ["Archive", "StoredIdentity", "resolve"]

_FINGERPRINT = "resolution"
_UNCHANGED = ResolutionChanges((), (), (), 0)


class StoredIdentity(IdentityStore, Protocol):
    """What the last resolution left, and what changed since."""

    def touched_names(self) -> Collection[NameId]:
        """Return the names that came, went or changed their counts."""
        ...

    def count_touched(self) -> int:
        """Return the number of these names."""
        ...

    def count_names(self) -> int:
        """Return the number of names that the last resolution saw."""
        ...

    def unheeded_decisions(self) -> Sequence[Decision]:
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

    def companions(self, wanted: Collection[NameId]) -> Mapping[NameId, Mapping[NameId, int]]:
        """Return the names beside each name."""
        ...

    def decisions(self) -> Sequence[StoredDecision]:
        """Return all decisions, oldest first."""
        ...

    def heed(self, decisions: Iterable[Decision]) -> None:
        """Remember which names decisions are about."""
        ...

    def store_update(self, update: Update, *, fingerprint: str) -> ResolutionChanges:
        """Store a resolution."""
        ...

    def read_meta(self, key: str) -> str | None:
        """Return what was remembered under a key."""
        ...


def resolve(archive: Archive, packs: Sequence[str], *, is_complete: bool = False) -> ResolutionChanges:
    """Resolve the names that changed since the last resolution, and those that these touch; return what changed.

    Everything is resolved when `is_complete`, when there was no resolution, when another version or other packs made
    it, and when more than a quarter of the names is touched. Documents that must be written again become pending.
    """
    fingerprint = _fingerprint(packs)
    identity = archive.identity()
    decisions = identity.unheeded_decisions()
    archive.heed(decisions)
    if not is_complete and archive.read_meta(_FINGERPRINT) == fingerprint:
        if not decisions and identity.count_touched() == 0:
            return _UNCHANGED
        update = _resolve_changes(identity, packs, decisions)
        if update is not None:
            return archive.store_update(update, fingerprint=fingerprint)
    everything = resolve_all(
        archive.names(),
        packs=Knowledge(packs).packs,
        decisions=[stored.decision for stored in archive.decisions()],
        definitions=archive.definitions(),
        companions=archive.companions,
    )
    return archive.store_update(everything, fingerprint=fingerprint)


def _resolve_changes(identity: StoredIdentity, packs: Sequence[str], decisions: Sequence[Decision]) -> Update | None:
    limit = identity.count_names() // 4
    if identity.count_touched() > limit:
        return None
    touched = Touched(identity.touched_names(), decisions)
    try:
        return resolve_touched(identity, touched, knowledge=Knowledge(packs), limit=limit)
    except TooMuchTouchedError:
        return None


def _fingerprint(packs: Sequence[str]) -> str:
    digest = hashlib.sha256(f"{RESOLUTION_VERSION}\n".encode())
    for name, fingerprint in fingerprint_packs((*packs, "names")).items():
        digest.update(f"{name} {fingerprint}\n".encode())
    return digest.hexdigest()
