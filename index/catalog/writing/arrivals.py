"""The order in which articles came and changed, and when."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, update

from index.catalog.rows import now
from index.catalog.schema import arrivals
from index.catalog.writing.counters import ARRIVALS, reserve
from index.catalog.writing.statements import chunks, insert_rows

__all__ = ["clear_arrivals", "store_arrivals"]


def store_arrivals(connection: Connection, *, new: Sequence[int], changed: Sequence[int]) -> None:
    """Note that articles, by their numbers, came or changed now: the new ones first, each in the order given.

    One transaction writes at a time, so that what is committed later has higher numbers.
    """
    if not new and not changed:
        return
    first = reserve(connection, ARRIVALS, len(new) + len(changed))
    moment = now()
    rows = [
        {"article": number, "change": change, "added": moment, "changed": moment}
        for change, number in enumerate(new, start=first)
    ]
    insert_rows(connection, arrivals, rows)
    again = [
        {"_article": number, "_change": change, "_changed": moment}
        for change, number in enumerate(changed, start=first + len(new))
    ]
    if again:
        connection.execute(_CHANGE, again)


def clear_arrivals(connection: Connection, numbers: Iterable[int]) -> None:
    """Forget articles that are taken out."""
    for chunk in chunks(numbers):
        connection.execute(delete(arrivals).where(arrivals.c.article.in_(chunk)))


_CHANGE = (
    update(arrivals)
    .where(arrivals.c.article == bindparam("_article"))
    .values(change=bindparam("_change"), changed=bindparam("_changed"))
)
