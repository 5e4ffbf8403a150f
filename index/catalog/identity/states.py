"""Storing what resolution leaves behind for the next one."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlalchemy import Connection, delete, or_, select

from index.catalog.identity.name_numbers import NameNumbers
from index.catalog.identity.tables import choice_text, group_text
from index.catalog.schema import decisions, heads, heeded_names, name_keys, name_states, names, pairs, watches
from index.catalog.writing.dictionaries import Dictionaries
from index.catalog.writing.statements import Row, chunks, insert_missing, insert_rows
from index.identity.name_keys import NameKey
from index.identity.records import NameId
from index.identity.stored import NameState, Update
from index.model import KIND_OF

__all__ = ["forget_undone", "heed", "write_states"]

_ROWS_AT_ONCE = 5000
_NAME_TABLES = (watches, name_keys, name_states)


def heed(connection: Connection, mentioned: Mapping[int, Collection[NameId]]) -> None:
    """Remember the names in decisions, by number."""
    rows = [
        {"name": group_text(name_id), "decision": number}
        for number, ids in mentioned.items()
        for name_id in sorted(ids)
    ]
    insert_missing(connection, heeded_names, rows)


def forget_undone(connection: Connection) -> None:
    """Forget the names in decisions that were undone."""
    undone = select(decisions.c.id).where(decisions.c.undone_at.is_not(None))
    connection.execute(delete(heeded_names).where(heeded_names.c.decision.in_(undone)))


def write_states(connection: Connection, dictionaries: Dictionaries, update: Update) -> None:
    """Store what the next resolution must know of names, heads and pairs."""
    if update.is_complete:
        for table in (*_NAME_TABLES, heads, pairs):
            connection.execute(delete(table))
        numbers = {name_id: number for number, name_id in _all_names(connection)}
    else:
        names_and_keys = NameNumbers().read(connection, {*update.states, *update.keys})
        numbers = {name_id: number for number, name_id in names_and_keys.items()}
        _delete_states(connection, [numbers[name_id] for name_id in update.states if name_id in numbers])
        _delete_keys(connection, [numbers[name_id] for name_id in update.keys if name_id in numbers])
        _delete_heads(connection, update.old_entities)
        _delete_pairs(connection, update.choosing, update.compared)
    states = ((numbers[name_id], name_id, state) for name_id, state in update.states.items() if name_id in numbers)
    _write_states(connection, dictionaries, states)
    keys = ((numbers[name_id], found) for name_id, found in update.keys.items() if name_id in numbers)
    for rows in chunks(_key_rows(keys), _ROWS_AT_ONCE):
        insert_rows(connection, name_keys, rows)
    for rows in chunks(_head_rows(update), _ROWS_AT_ONCE):
        insert_rows(connection, heads, rows)
    for rows in chunks(_pair_rows(update), _ROWS_AT_ONCE):
        insert_rows(connection, pairs, rows)


def _all_names(connection: Connection) -> Iterator[tuple[int, NameId]]:
    for number, kind, key in connection.execute(select(names.c.id, names.c.kind, names.c.key)):
        yield number, (KIND_OF[kind], key)


def _write_states(
    connection: Connection, dictionaries: Dictionaries, states: Iterable[tuple[int, NameId, NameState | None]]
) -> None:
    for some in chunks(states, _ROWS_AT_ONCE):
        found = [(number, name_id, state) for number, name_id, state in some if state is not None]
        links = [state.outcome.link for _, _, state in found]
        grounds = dictionaries.grounds.numbers(
            connection, [(link.rule, link.evidence) for link in links if link is not None]
        )
        rows: list[Row] = []
        watched: list[Row] = []
        for (number, name_id, state), link in zip(found, links, strict=True):
            rows.append(
                {
                    "name": number,
                    "grouped": None if state.group == name_id else group_text(state.group),
                    "text": state.text,
                    "mentions": state.mentions,
                    "is_acronym": state.is_acronym,
                    "reference": state.reference,
                    "entry": state.outcome.entry,
                    "target": None if link is None else group_text(link.target),
                    "stage": None if link is None else link.stage.value,
                    "ground": None if link is None else grounds[(link.rule, link.evidence)],
                    "choice": choice_text(state),
                }
            )
            for is_companion, groups in ((False, state.watched), (True, state.companions)):
                watched += [
                    {"head": group_text(group), "is_companion": is_companion, "name": number}
                    for group in sorted(groups)
                ]
        insert_rows(connection, name_states, rows)
        insert_rows(connection, watches, watched)


def _key_rows(keys: Iterable[tuple[int, Collection[NameKey]]]) -> Iterator[Row]:
    for name, found in keys:
        for key in found:
            yield {"number": key.number, "role": key.role.value, "name": name}


def _head_rows(update: Update) -> Iterator[Row]:
    for row in update.heads:
        yield {
            "head": group_text(row.wanted.head),
            "wanted": row.wanted.text,
            "rank": row.wanted.rank,
            "id": row.id,
            "entity": row.entity,
            "members": row.members,
        }


def _pair_rows(update: Update) -> Iterator[Row]:
    for pair in update.pairs:
        yield {
            "left_group": group_text(pair.left),
            "right_group": group_text(pair.right),
            "is_choice": pair.is_choice,
            "rule": pair.rule,
            "evidence": pair.evidence,
            "score": pair.score,
        }


def _delete_states(connection: Connection, numbers: Iterable[int]) -> None:
    for some in chunks(numbers):
        for table in (watches, name_states):
            connection.execute(delete(table).where(table.c.name.in_(some)))


def _delete_keys(connection: Connection, numbers: Iterable[int]) -> None:
    for some in chunks(numbers):
        connection.execute(delete(name_keys).where(name_keys.c.name.in_(some)))


def _delete_heads(connection: Connection, entities: Iterable[str]) -> None:
    for some in chunks(entities):
        connection.execute(delete(heads).where(heads.c.entity.in_(some)))


def _delete_pairs(connection: Connection, choosing: Iterable[NameId], compared: Iterable[NameId]) -> None:
    for some in chunks(map(group_text, choosing)):
        connection.execute(delete(pairs).where(pairs.c.left_group.in_(some), pairs.c.is_choice))
    for some in chunks(map(group_text, compared)):
        with_them = or_(pairs.c.left_group.in_(some), pairs.c.right_group.in_(some))
        connection.execute(delete(pairs).where(with_them, ~pairs.c.is_choice))
