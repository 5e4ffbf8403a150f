"""Versions of entities: short texts by which a decision says what its author saw."""

import json
import re
from collections.abc import Iterable
from hashlib import sha256
from typing import NamedTuple

from index.errors import DecisionError
from index.identity.records import AnyDecision, NameId, Split
from index.model import Kind

__all__ = ["Version", "VersionMark", "make_version", "read_version"]

_DIGITS = 12
_WRITTEN = re.compile(rf"([^.]+)\.([0-9a-f]{{{_DIGITS}}})\.([0-9]{{1,15}})\.([0-9]{{1,15}})")


class VersionMark(NamedTuple):
    """The state of the decisions of an archive: the number of the last one, and how many were undone.

    Both only grow. An entity that is unchanged may have versions with different marks.
    """

    made: int = 0
    undone: int = 0


class Version(NamedTuple):
    """A version of an entity. `digest` is the same as long as its kind, its names and what is split off stay the same.

    >>> str(Version("ssb", "0c5ff1a3a7f2", VersionMark(12, 3)))
    'ssb.0c5ff1a3a7f2.12.3'
    """

    entity: str
    digest: str
    mark: VersionMark = VersionMark()

    def __str__(self) -> str:
        return f"{self.entity}.{self.digest}.{self.mark.made}.{self.mark.undone}"


def make_version(
    entity: str,
    *,
    kind: Kind,
    name: str,
    names: Iterable[NameId],
    decisions: Iterable[AnyDecision],
    mark: VersionMark,
) -> Version:
    """Return the version of an entity with an id, a canonical name and the names that are assigned to it.

    Splits among `decisions` that take mentions out of one of the names count: they leave the names as they are.

    >>> make_version("ssb", kind=Kind.ORGANIZATIONS, name="SSB", names=(), decisions=(), mark=VersionMark())
    Version(entity='ssb', digest='c3db7c055977', mark=VersionMark(made=0, undone=0))
    """
    own = set(names)
    split = [item.own for item in decisions if isinstance(item, Split) and item.own and not own.isdisjoint(item.names)]
    seen = json.dumps([kind, name, sorted(own), sorted(split)])
    return Version(entity, sha256(seen.encode()).hexdigest()[:_DIGITS], mark)


def read_version(text: str) -> Version:
    """Return the version of a text; the inverse of `str`. Raises `DecisionError` for another text."""
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise DecisionError(f"{text[:80]!r} is no version of an entity. Look at the entity again to get it.")
    entity, digest, made, undone = found.groups()
    return Version(entity, digest, VersionMark(int(made), int(undone)))
