"""Keeping the pairs of entities that may be one, each with a number that a person can name it by."""

from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import Connection, delete, or_, select, tuple_, update

from index.catalog.schema import suggestions
from index.catalog.writing.counters import SUGGESTIONS, reserve
from index.catalog.writing.statements import chunks, insert_rows
from index.identity.records import Suggestion

__all__ = ["forget_suggestions", "store_suggestions"]

_Pair = tuple[str, str]


def forget_suggestions(connection: Connection, gone: Iterable[str]) -> None:
    """Forget the suggestions about entities that are no more."""
    for chunk in chunks(gone):
        about_them = or_(suggestions.c.entity.in_(chunk), suggestions.c.into_entity.in_(chunk))
        connection.execute(delete(suggestions).where(about_them))


def store_suggestions(
    connection: Connection, found: Iterable[Suggestion], *, about: Collection[str] | None = None
) -> None:
    """Store suggestions in the place of all others, or of those about some entities; a known pair keeps its number."""
    wanted = {(item.entity, item.into): item for item in found}
    statement = select(suggestions.c.entity, suggestions.c.into_entity, *(suggestions.c[name] for name in _SAID))
    known: dict[_Pair, tuple[str | int, ...]] = {}
    for some in [None] if about is None else chunks(sorted(about)):
        is_about = or_(suggestions.c.entity.in_(some or ()), suggestions.c.into_entity.in_(some or ()))
        rows = connection.execute(statement if some is None else statement.where(is_about))
        known.update(((row[0], row[1]), tuple(row[2:])) for row in rows)
    pair = tuple_(suggestions.c.entity, suggestions.c.into_entity)
    for chunk in chunks(sorted(known.keys() - wanted.keys())):
        connection.execute(delete(suggestions).where(pair.in_(chunk)))
    for key in sorted(known.keys() & wanted.keys()):
        said = _said(wanted[key])
        if tuple(said.values()) != known[key]:
            connection.execute(update(suggestions).where(pair == key).values(said))
    # In the order of the resolution, so that of those that come together the likeliest has the lowest number.
    _add(connection, [item for key, item in wanted.items() if key not in known])


_SAID = ("kind", "rule", "evidence", "score")


def _said(item: Suggestion) -> Mapping[str, str | int]:
    return {"kind": item.kind.value, "rule": item.rule, "evidence": item.evidence, "score": item.score}


def _add(connection: Connection, new: list[Suggestion]) -> None:
    if not new:
        return
    first = reserve(connection, SUGGESTIONS, len(new))
    rows = [
        {"number": number, "entity": item.entity, "into_entity": item.into, **_said(item)}
        for number, item in enumerate(new, start=first)
    ]
    insert_rows(connection, suggestions, rows)
