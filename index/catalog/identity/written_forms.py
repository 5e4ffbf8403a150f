"""Written forms of the mentions that stand for a name, and the articles with them."""

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, func, select, tuple_

from index.catalog.schema import appearances, articles, forms, mentions, names, texts
from index.catalog.writing.statements import chunks
from index.identity.records import NameId
from index.model import Kind

__all__ = ["articles_with", "read_written_forms"]


def articles_with(connection: Connection, wanted: Collection[NameId], *, article: str | None) -> tuple[str, ...]:
    """Ids of the articles in which a mention stands for one of the names, in order; of one article if it is given."""
    found: set[str] = set()
    for numbers in chunks(_numbers(connection, wanted)):
        statement = (
            select(articles.c.id)
            .distinct()
            .join(appearances, appearances.c.article == articles.c.number)
            .where(appearances.c.name.in_(numbers))
        )
        found.update(connection.scalars(statement if article is None else statement.where(articles.c.id == article)))
    return tuple(sorted(found))


def read_written_forms(
    connection: Connection, wanted: Collection[NameId], *, article: str | None
) -> dict[tuple[NameId, str], int]:
    """Return the number of mentions by name and text; in one article, or for None in all of them."""
    found: dict[tuple[NameId, str], int] = {}
    for numbers in chunks(_numbers(connection, wanted)):
        if article is None:
            statement = (
                select(names.c.kind, names.c.key, texts.c.text, forms.c.uses)
                .join(forms, forms.c.name == names.c.id)
                .join(texts, texts.c.id == forms.c.text)
                .where(names.c.id.in_(numbers), forms.c.uses > 0)
            )
        else:
            statement = (
                select(names.c.kind, names.c.key, texts.c.text, func.count())
                .join(mentions, mentions.c.name == names.c.id)
                .join(articles, articles.c.number == mentions.c.article)
                .join(texts, texts.c.id == mentions.c.text)
                .where(names.c.id.in_(numbers), articles.c.id == article)
                .group_by(names.c.kind, names.c.key, texts.c.text)
            )
        for kind, key, text, count in connection.execute(statement):
            found[(Kind(kind), key), text] = count
    return found


def _numbers(connection: Connection, wanted: Collection[NameId]) -> Iterator[int]:
    for chunk in chunks(sorted(wanted)):
        yield from connection.scalars(select(names.c.id).where(tuple_(names.c.kind, names.c.key).in_(chunk)))
