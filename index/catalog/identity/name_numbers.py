"""Names by their numbers in the tables, and the reverse: each is read once in a transaction."""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import Connection, select

from index.catalog.schema import names
from index.catalog.writing.statements import chunks
from index.identity.records import NameId
from index.model import KIND_OF, Kind

__all__ = ["NameNumbers", "by_kind"]


class NameNumbers:
    """The numbers of names, as far as they were asked for; equal names are one object."""

    def __init__(self) -> None:
        self._numbers: dict[NameId, int] = {}
        self._names: dict[int, NameId] = {}

    def __getitem__(self, number: int) -> NameId:
        """Return the name with a number that was read before."""
        return self._names[number]

    def read(self, connection: Connection, ids: Collection[NameId]) -> dict[int, NameId]:
        """Return those of the names that there are, by number."""
        return {number: self._names[number] for number in self.numbers(connection, ids)}

    def numbers(self, connection: Connection, ids: Collection[NameId]) -> list[int]:
        """Return the numbers of those of the names that there are, in the order of `ids`."""
        for kind, keys in by_kind(name_id for name_id in ids if name_id not in self._numbers):
            statement = select(names.c.id, names.c.key).where(names.c.kind == kind.value, names.c.key.in_(keys))
            for number, key in connection.execute(statement):
                self._remember(number, (kind, key))
        return [self._numbers[name_id] for name_id in ids if name_id in self._numbers]

    def ids(self, connection: Connection, numbers: Iterable[int]) -> dict[int, NameId]:
        """Return the names with these numbers; a number without a name is left out."""
        wanted = list(numbers)
        for some in chunks(number for number in wanted if number not in self._names):
            statement = select(names.c.id, names.c.kind, names.c.key).where(names.c.id.in_(some))
            for number, kind, key in connection.execute(statement):
                self._remember(number, (KIND_OF[kind], key))
        return {number: self._names[number] for number in wanted if number in self._names}

    def _remember(self, number: int, name_id: NameId) -> None:
        self._numbers[name_id] = number
        self._names[number] = name_id


def by_kind(ids: Iterable[NameId]) -> Iterator[tuple[Kind, list[str]]]:
    """Yield the keys of names by kind, in lists that are not too long for a statement."""
    found: dict[Kind, list[str]] = {}
    for kind, key in ids:
        found.setdefault(kind, []).append(key)
    for kind, keys in found.items():
        for some in chunks(keys):
            yield kind, some
