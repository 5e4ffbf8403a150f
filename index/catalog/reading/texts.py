"""Texts of the catalog that repeat in many rows, which hold their numbers."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Generic, TypeVar

from index.catalog.reading.connection import NUMBERS, Connection
from index.model import Kind

__all__ = ["TextCache"]

# About 200 bytes each.
_CACHED_TEXTS = 50_000

_T = TypeVar("_T")
_Origin = tuple[Kind, str, str, str | None]


class _Numbered(Generic[_T]):
    """Values by their numbers, which never change. Threads may share it: at worst a value is read twice."""

    def __init__(self, statement: str, make: Callable[[Sequence[object]], _T], *, is_kept: bool) -> None:
        self._statement = f"{statement} WHERE id IN {NUMBERS}"
        self._make = make
        self._is_kept = is_kept
        self._known: dict[int, _T] = {}

    def clear(self) -> None:
        """Forget the values, after a transaction that gave numbers was rolled back."""
        self._known = {}

    def __call__(self, connection: Connection, numbers: Iterable[int]) -> Mapping[int, _T]:
        known = self._known
        wanted = set(numbers)
        found = {number: known[number] for number in wanted if number in known}
        missing = wanted - found.keys()
        if missing:
            rows = connection.execute(self._statement, (json.dumps(list(missing)),))
            new = {row[0]: self._make(row[1:]) for row in rows}
            found.update(new)
            # Never emptied, only replaced: another thread may be between looking for a number and taking its value.
            if not self._is_kept:
                return found
            if len(known) + len(new) > _CACHED_TEXTS:
                self._known = new
            else:
                known.update(new)
        return found


class TextCache:
    """Texts of the catalog that repeat, by their numbers."""

    def __init__(self, *, is_kept: bool = True) -> None:
        """Texts are kept between questions, or read anew where another archive may take the place of this one."""
        texts = "SELECT id, text FROM texts"
        self.texts = _Numbered(texts, lambda row: str(row[0]), is_kept=is_kept)
        origins = "SELECT id, kind, component, evidence, reference FROM origins"
        self.origins = _Numbered(origins, _make_origin, is_kept=is_kept)
        grounds = "SELECT id, rule, evidence FROM grounds"
        self.grounds = _Numbered(grounds, lambda row: (str(row[0]), str(row[1])), is_kept=is_kept)

    def clear(self) -> None:
        """Forget all texts."""
        for numbered in (self.texts, self.origins, self.grounds):
            numbered.clear()


def _make_origin(row: Sequence[object]) -> _Origin:
    kind, component, evidence, reference = (str(value) for value in row)
    return Kind(kind), component, evidence, reference or None
