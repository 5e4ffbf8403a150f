"""Numbers for texts that repeat: each is stored once and referred to by its number.

Numbers are reserved in blocks, which saves one query per new row, and remembered while they are sure to be right.
"""

from collections.abc import Iterable, Mapping
from itertools import islice

from sqlalchemy import Connection, Table, select, tuple_

from index.catalog.schema import grounds, names, origins, spellings, texts
from index.catalog.writing.counters import CHANGED_TEXTS, DELETED_NAMES, read_counters, reserve
from index.catalog.writing.statements import chunks, insert_rows

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
        # The last number given, by this catalog or another, when the table was last looked at.
        self._last: int | None = None
        self._holds_all = False

    @property
    def counter(self) -> str:
        """Name of the counter that gives the numbers."""
        return self._table.name

    def look(self, last: int) -> None:
        """Note the last number that the counter gave, at the beginning of a transaction."""
        if last == 0:
            self._holds_all = True
        elif last != self._last:
            # Another process added rows: what is not in memory may be in the table.
            self._holds_all = False
        self._last = last

    def numbers(self, connection: Connection, keys: Iterable[Key]) -> Mapping[Key, int]:
        """Return the number of every key, adding the keys that are not in the table yet."""
        wanted = dict.fromkeys(keys)
        found = {key: number for key in wanted if (number := self._cache.get(key)) is not None}
        missing = [key for key in wanted if key not in found]
        if missing:
            looked_up = {} if self._holds_all else self._look_up(connection, missing)
            new = [key for key in missing if key not in looked_up]
            self._add(connection, new, looked_up)
            found.update(looked_up)
            self._remember(looked_up)
        return found

    def forget(self) -> None:
        """Forget what is in memory, after a transaction was rolled back or rows were deleted."""
        self._cache.clear()
        self._last = None
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
        first = reserve(connection, self.counter, len(keys))
        rows = []
        for number, key in enumerate(keys, start=first):
            rows.append({"id": number, **dict(zip(self._columns, key, strict=True)), **self._defaults})
            found[key] = number
        insert_rows(connection, self._table, rows)
        self._last = first + len(keys) - 1

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

        self._deleted_names = 0
        self._changed_texts = 0

    @property
    def _all(self) -> tuple[Dictionary, ...]:
        return (self.texts, self.origins, self.grounds, self.names, self.spellings)

    def look_at(self, connection: Connection) -> None:
        """Find out, at the beginning of a transaction, what others wrote since the last one."""
        last = read_counters(connection)
        deleted_names = last.get(DELETED_NAMES, 0)
        if deleted_names != self._deleted_names:
            self.names.forget()
            self.spellings.forget()
            self._deleted_names = deleted_names
        changed_texts = last.get(CHANGED_TEXTS, 0)
        if changed_texts != self._changed_texts:
            self.texts.forget()
            self._changed_texts = changed_texts
        for dictionary in self._all:
            dictionary.look(last.get(dictionary.counter, 0))

    def forget(self) -> None:
        """Forget everything in memory."""
        for dictionary in self._all:
            dictionary.forget()
