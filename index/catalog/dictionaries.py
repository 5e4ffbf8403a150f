"""Numbers for texts that repeat: each is stored once and referred to by its number.

There is one writer, so numbers are given here and not by the database; that spares a question for each new row.
"""

from collections.abc import Iterable, Mapping
from itertools import islice

from sqlalchemy import Connection, Table, func, select, tuple_

from index.catalog.schema import grounds, names, origins, spellings, texts
from index.catalog.statements import chunks, insert_rows

__all__ = ["Dictionaries", "Dictionary", "Key"]

Key = tuple[str | int, ...]

# At some 150 bytes an entry, the five dictionaries stay under 100 MB.
_CACHE_SIZE = 100_000


class Dictionary:
    """The rows of one table by their key columns. Numbers that were used lately are kept in memory."""

    def __init__(
        self,
        table: Table,
        columns: tuple[str, ...],
        *,
        defaults: Mapping[str, int] | None = None,
        size: int = _CACHE_SIZE,
    ) -> None:
        """`defaults` are the other columns of a new row."""
        self._table = table
        self._columns = columns
        self._defaults = dict(defaults or {})
        self._size = size
        self._cache: dict[Key, int] = {}
        self._next: int | None = None
        self._holds_all = False

    def numbers(self, connection: Connection, keys: Iterable[Key]) -> Mapping[Key, int]:
        """The number of every key, adding those that are not in the table yet."""
        wanted = dict.fromkeys(keys)
        found = {key: number for key in wanted if (number := self._cache.get(key)) is not None}
        missing = [key for key in wanted if key not in found]
        if missing:
            if self._next is None:
                last = connection.scalar(select(func.max(self._table.c.id)))
                self._next = (last or 0) + 1
                self._holds_all = last is None
            looked_up = {} if self._holds_all else self._look_up(connection, missing)
            new = [key for key in missing if key not in looked_up]
            self._add(connection, new, looked_up)
            found.update(looked_up)
            self._remember(looked_up)
        return found

    def forget(self) -> None:
        """Forget what is in memory, after a transaction was rolled back or rows were deleted."""
        self._cache.clear()
        self._next = None
        self._holds_all = False

    def _look_up(self, connection: Connection, keys: list[Key]) -> dict[Key, int]:
        columns = [self._table.c[name] for name in self._columns]
        found: dict[Key, int] = {}
        for chunk in chunks(keys, 300):
            condition = columns[0].in_([key[0] for key in chunk]) if len(columns) == 1 else tuple_(*columns).in_(chunk)
            for number, *key in connection.execute(select(self._table.c.id, *columns).where(condition)):
                found[tuple(key)] = number
        return found

    def _add(self, connection: Connection, keys: list[Key], found: dict[Key, int]) -> None:
        if not keys:
            return
        assert self._next is not None, "the caller read the last number"
        rows = []
        for number, key in enumerate(keys, start=self._next):
            rows.append({"id": number, **dict(zip(self._columns, key, strict=True)), **self._defaults})
            found[key] = number
        insert_rows(connection, self._table, rows)
        self._next += len(keys)

    def _remember(self, found: Mapping[Key, int]) -> None:
        self._cache.update(found)
        surplus = len(self._cache) - self._size
        if surplus > 0:
            self._holds_all = False
            for key in list(islice(self._cache, surplus)):
                del self._cache[key]


class Dictionaries:
    """All dictionaries of a catalog."""

    def __init__(self) -> None:
        self.texts = Dictionary(texts, ("text",))
        self.origins = Dictionary(origins, ("kind", "component", "evidence", "reference"))
        self.grounds = Dictionary(grounds, ("rule", "evidence"))
        self.names = Dictionary(names, ("kind", "key"))
        self.spellings = Dictionary(
            spellings, ("name", "text", "reference"), defaults={"uses": 0, "documents": 0, "mentions": 0}
        )

    def forget(self) -> None:
        """Forget everything in memory."""
        for dictionary in (self.texts, self.origins, self.grounds, self.names, self.spellings):
            dictionary.forget()
