"""Counts of spellings over the archive, and the names that resolution must look at again because articles changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select, tuple_, update

from index.catalog.schema import company, names, spellings, stale_names
from index.catalog.writing.statements import chunks, execute_many, insert_missing

__all__ = ["SpellingCounts", "count_spellings", "forget_companions", "mark_explained"]


@dataclass(slots=True)
class SpellingCounts:
    """Numbers to add to the counts of one spelling."""

    uses: int = 0
    documents: int = 0
    mentions: int = 0

    def add(self, articles: int, mentions: int) -> None:
        """Add one article (1) or take one off (-1), with so many mentions in its story."""
        self.uses += articles
        self.documents += articles * (mentions > 0)
        self.mentions += articles * mentions


def count_spellings(connection: Connection, counts: Mapping[int, SpellingCounts]) -> None:
    """Add counts to those of spellings, by their numbers."""
    if not counts:
        return
    statement = update(spellings).where(spellings.c.id == bindparam("_id"))
    values = {name: spellings.c[name] + bindparam(f"_{name}") for name in ("uses", "documents", "mentions")}
    rows = [
        {"_id": spelling, "_uses": count.uses, "_documents": count.documents, "_mentions": count.mentions}
        for spelling, count in counts.items()
    ]
    execute_many(connection, statement.values(values), rows)


def mark_explained(connection: Connection, short_names: Iterable[tuple[str, str]]) -> None:
    """Have names resolved again that articles explain in another way than before."""
    for chunk in chunks(sorted(short_names)):
        numbers = connection.scalars(select(names.c.id).where(tuple_(names.c.kind, names.c.key).in_(chunk)))
        insert_missing(connection, stale_names, [{"name": number} for number in numbers])


def forget_companions(connection: Connection, changed: Iterable[int]) -> None:
    """Forget the companions of names, by number."""
    for some in chunks(changed):
        connection.execute(delete(company).where(company.c.name.in_(some)))
