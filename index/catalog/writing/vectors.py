"""Vectors of articles: stored, replaced and removed with them, and which articles have none."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Connection, delete, func, select

from index.catalog.records import StoredVector
from index.catalog.schema import articles, texts, vectors
from index.catalog.writing.counters import VECTORS, reserve
from index.catalog.writing.dictionaries import Dictionaries
from index.catalog.writing.statements import chunks, insert_rows

__all__ = ["clear_vectors", "count_vectors", "ids_without_vector", "store_vectors"]


def store_vectors(connection: Connection, dictionaries: Dictionaries, made: Mapping[int, StoredVector]) -> None:
    """Store the vectors of articles by their numbers, in the place of those that they have."""
    if not made:
        return
    clear_vectors(connection, made)
    stages = dictionaries.texts.numbers(connection, list({(item.stage,) for item in made.values()}))
    filled = [article for article, item in made.items() if item.vector]
    first = reserve(connection, VECTORS, len(filled))
    numbers = {article: number for number, article in enumerate(filled, start=first)}
    rows = [
        {
            "article": article,
            "stage": stages[(item.stage,)],
            "number": numbers.get(article),
            "vector": item.vector or None,
        }
        for article, item in made.items()
    ]
    insert_rows(connection, vectors, rows)


def clear_vectors(connection: Connection, numbers: Iterable[int]) -> None:
    """Remove the vectors of articles."""
    for chunk in chunks(numbers):
        connection.execute(delete(vectors).where(vectors.c.article.in_(chunk)))


def count_vectors(connection: Connection) -> Mapping[str, int]:
    """Count articles by the text of the stage that made their vectors; "" for those that none was made of."""
    made = articles.join(vectors, vectors.c.article == articles.c.number, isouter=True)
    joined = made.join(texts, texts.c.id == vectors.c.stage, isouter=True)
    statement = select(texts.c.text, func.count()).select_from(joined).group_by(texts.c.text)
    return {text or "": int(count) for text, count in connection.execute(statement)}


def ids_without_vector(connection: Connection, stage: str, *, after: str, limit: int) -> Sequence[str]:
    """Return the next ids of articles whose vector was not made by a stage, after an id, in code point order."""
    number = select(texts.c.id).where(texts.c.text == stage).scalar_subquery()
    made = select(vectors.c.article).where(vectors.c.article == articles.c.number, vectors.c.stage == number)
    statement = select(articles.c.id).where(articles.c.id > after, ~made.exists()).order_by(articles.c.id).limit(limit)
    return connection.scalars(statement).all()
