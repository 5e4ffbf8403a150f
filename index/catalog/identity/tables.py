"""Tables that an incremental resolution reads from the catalog."""

# ruff: noqa: D102 - the protocol describes the methods, and implementations do not repeat it.

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Column, Connection, and_, func, or_, select

from index.catalog.history import DECISIONS_IN_ROWS, read_decision
from index.catalog.identity.companions import remembered_companions
from index.catalog.identity.name_numbers import NameNumbers, by_kind
from index.catalog.identity.witnesses import read_witnesses
from index.catalog.rows import make_decision
from index.catalog.schema import (
    appearances,
    assignments,
    decisions,
    definitions,
    entities,
    grounds,
    heads,
    heeded_names,
    mentions,
    name_keys,
    name_states,
    pairs,
    spellings,
    stale_names,
    watches,
)
from index.catalog.writing.statements import chunks
from index.identity.clusters import Choice, Stage, StoredLink
from index.identity.ids import WantedId
from index.identity.name_keys import KeyRole, NameKey
from index.identity.records import Assignment, Definition, MadeDecision, Name, NameId, Witness
from index.identity.stored import HeadRow, NameState, Outcome
from index.identity.suggestions import Pair
from index.model import KIND_OF

__all__ = ["IdentityTables", "choice_text", "group_text", "make_group"]

_BETWEEN = "/"


def group_text(group: NameId) -> str:
    """Return a group as a text.

    >>> group_text((KIND_OF["people"], "ismail demir"))
    'people/ismail demir'
    """
    return f"{group[0].value}{_BETWEEN}{group[1]}"


def make_group(text: str) -> NameId:
    """Return the group of a text; the inverse of `group_text`."""
    kind, _, key = text.partition(_BETWEEN)
    return KIND_OF[kind], key


class IdentityTables:
    """An `IdentityStore` over the tables of a catalog, for one transaction of it."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        """`read` gives the connection of the transaction that is open."""
        self._read = read
        self._names = NameNumbers()
        self._groups: dict[str, NameId] = {}

    def touched_names(self) -> frozenset[NameId]:
        """Return the names that came, went or changed their counts since the last resolution."""
        with self._read() as connection:
            return frozenset(self._names.ids(connection, connection.scalars(select(stale_names.c.name))).values())

    def count_touched(self) -> int:
        """Return the number of these names."""
        with self._read() as connection:
            return connection.scalar(select(func.count()).select_from(stale_names)) or 0

    def count_names(self) -> int:
        """Return the number of names that the last resolution saw."""
        with self._read() as connection:
            return connection.scalar(select(func.count()).select_from(name_states)) or 0

    def unheeded_decisions(self) -> tuple[MadeDecision, ...]:
        """Return the decisions that were made or undone since the last resolution, by number."""
        heeded = select(heeded_names.c.decision)
        is_new = and_(decisions.c.undone_at.is_(None), decisions.c.id.not_in(heeded))
        is_undone = and_(decisions.c.undone_at.is_not(None), decisions.c.id.in_(heeded))
        statement = DECISIONS_IN_ROWS.where(or_(is_new, is_undone)).order_by(decisions.c.id)
        with self._read() as connection:
            return tuple(map(make_decision, connection.execute(statement)))

    def decision(self, number: int) -> MadeDecision | None:
        """Return a decision by its number."""
        with self._read() as connection:
            return read_decision(connection, number)

    def decisions_with_entity(self, entity: str) -> tuple[MadeDecision, ...]:
        """Return the decisions in force that were made about an entity with this id, latest first."""
        about = decisions.c.arguments.contains(f'"entity": {json.dumps(entity, ensure_ascii=False)}', autoescape=True)
        in_force = DECISIONS_IN_ROWS.where(about, decisions.c.undone_at.is_(None))
        with self._read() as connection:
            return tuple(map(make_decision, connection.execute(in_force.order_by(decisions.c.id.desc()))))

    def names_of(self, ids: Collection[NameId]) -> Iterable[Name]:
        with self._read() as connection:
            for numbers in chunks(self._names.numbers(connection, ids)):
                statement = (
                    select(
                        spellings.c.name,
                        *(spellings.c[name] for name in ("text", "reference", "documents", "mentions")),
                    )
                    .where(spellings.c.name.in_(numbers), spellings.c.uses > 0)
                    .order_by(spellings.c.name, spellings.c.text, spellings.c.reference)
                )
                for number, text, reference, documents, count in connection.execute(statement).all():
                    kind, key = self._names[number]
                    yield Name(kind, key, text, reference or None, documents, count)

    def states(self, ids: Collection[NameId]) -> Mapping[NameId, NameState]:
        found: dict[NameId, NameState] = {}
        with self._read() as connection:
            for numbers in chunks(self._names.numbers(connection, ids)):
                statement = (
                    select(name_states, grounds.c.rule, grounds.c.evidence)
                    .join(grounds, grounds.c.id == name_states.c.ground, isouter=True)
                    .where(name_states.c.name.in_(numbers))
                )
                for row in connection.execute(statement).all():
                    name_id = self._names[row.name]
                    link = None
                    if row.target is not None:
                        link = StoredLink(self._group(row.target), row.rule, row.evidence, Stage(row.stage))
                    group = name_id if row.grouped is None else self._group(row.grouped)
                    state = NameState(
                        group,
                        row.text,
                        row.mentions,
                        row.is_acronym,
                        row.reference,
                        Outcome(link, None, None, row.entry),
                    )
                    found[name_id] = state if row.choice is None else _with_choice(state, row.choice)
        return found

    def grouped_as(self, groups: Collection[NameId]) -> Collection[NameId]:
        return self._names_where(name_states.c.grouped, groups)

    def followers(self, groups: Collection[NameId]) -> Collection[NameId]:
        return self._names_where(name_states.c.target, groups)

    def keys(self, ids: Collection[NameId]) -> Iterable[tuple[NameId, NameKey]]:
        with self._read() as connection:
            for numbers in chunks(self._names.numbers(connection, ids)):
                statement = select(name_keys).where(name_keys.c.name.in_(numbers))
                for number, role, name in connection.execute(statement).all():
                    yield self._names[name], NameKey(KeyRole(role), number)

    def count_with_keys(self, numbers: Collection[int], role: KeyRole) -> Mapping[int, int]:
        found: dict[int, int] = {}
        with self._read() as connection:
            for some in chunks(numbers):
                statement = (
                    select(name_keys.c.number, func.count())
                    .where(name_keys.c.number.in_(some), name_keys.c.role == role.value)
                    .group_by(name_keys.c.number)
                )
                found.update((number, count) for number, count in connection.execute(statement))
        return found

    def names_with_keys(self, numbers: Collection[int], role: KeyRole) -> Iterable[tuple[int, NameId]]:
        found: list[tuple[int, int]] = []
        with self._read() as connection:
            for some in chunks(numbers):
                statement = select(name_keys.c.number, name_keys.c.name).where(
                    name_keys.c.number.in_(some), name_keys.c.role == role.value
                )
                found += [(number, name) for number, name in connection.execute(statement)]
            ids = self._names.ids(connection, {name for _, name in found})
        return [(number, ids[name]) for number, name in found]

    def watchers(self, groups: Collection[NameId], *, also_of_companions: bool) -> Collection[NameId]:
        found: set[int] = set()
        kinds = [False, True] if also_of_companions else [False]
        with self._read() as connection:
            for some in chunks(map(group_text, groups)):
                statement = select(watches.c.name).where(watches.c.head.in_(some), watches.c.is_companion.in_(kinds))
                found.update(connection.scalars(statement))
            return self._names.ids(connection, found).values()

    def names_beside(self, ids: Collection[NameId]) -> Collection[NameId]:
        found: set[int] = set()
        with self._read() as connection:
            for numbers in chunks(self._names.numbers(connection, ids)):
                statement = (
                    select(mentions.c.name)
                    .distinct()
                    .join(appearances, appearances.c.article == mentions.c.article)
                    .where(appearances.c.name.in_(numbers), mentions.c.name.is_not(None))
                )
                found.update(connection.scalars(statement))
            return self._names.ids(connection, found).values()

    def definitions_of(self, ids: Collection[NameId]) -> Sequence[Definition]:
        columns = (definitions.c.kind, definitions.c.short_key, definitions.c.long_key)
        found: set[Definition] = set()
        with self._read() as connection:
            for kind, some in by_kind(ids):
                for column in (definitions.c.short_key, definitions.c.long_key):
                    statement = (
                        select(*columns, func.count())
                        .where(definitions.c.kind == kind.value, column.in_(some))
                        .group_by(*columns)
                    )
                    for _, short_key, long_key, count in connection.execute(statement).all():
                        found.add(Definition(kind, short_key, long_key, count))
        return sorted(found)

    def companions(self, wanted: Collection[NameId]) -> Mapping[NameId, Mapping[NameId, int]]:
        with self._read() as connection:
            return remembered_companions(connection, wanted, self._names)

    def witnesses(self, wanted: Collection[NameId]) -> Mapping[NameId, Mapping[Witness, int]]:
        with self._read() as connection:
            return read_witnesses(connection, wanted, self._names)

    def decisions_about(self, ids: Collection[NameId]) -> Sequence[MadeDecision]:
        found: dict[int, MadeDecision] = {}
        with self._read() as connection:
            for some in chunks(map(group_text, ids)):
                about = select(heeded_names.c.decision).where(heeded_names.c.name.in_(some))
                statement = DECISIONS_IN_ROWS.where(decisions.c.id.in_(about), decisions.c.undone_at.is_(None))
                found.update((row.id, make_decision(row)) for row in connection.execute(statement))
        return [found[number] for number in sorted(found)]

    def assigned(self, ids: Collection[NameId]) -> Mapping[NameId, Assignment]:
        found: dict[NameId, Assignment] = {}
        with self._read() as connection:
            for numbers in chunks(self._names.numbers(connection, ids)):
                statement = (
                    select(assignments.c.name, assignments.c.entity, grounds.c.rule, grounds.c.evidence)
                    .join(grounds, grounds.c.id == assignments.c.ground)
                    .where(assignments.c.name.in_(numbers))
                )
                for name, entity, rule, evidence in connection.execute(statement).all():
                    found[self._names[name]] = Assignment(entity, rule, evidence)
        return found

    def names_of_entities(self, ids: Collection[str]) -> Mapping[str, Sequence[NameId]]:
        rows: list[tuple[str, int]] = []
        with self._read() as connection:
            for some in chunks(ids):
                statement = select(assignments.c.entity, assignments.c.name).where(assignments.c.entity.in_(some))
                rows += [(entity, name) for entity, name in connection.execute(statement)]
            numbered = self._names.ids(connection, {name for _, name in rows})
        found: dict[str, list[NameId]] = {}
        for entity, name in rows:
            found.setdefault(entity, []).append(numbered[name])
        return found

    def existing_entities(self, ids: Collection[str]) -> Collection[str]:
        found: set[str] = set()
        with self._read() as connection:
            for some in chunks(ids):
                found.update(connection.scalars(select(entities.c.id).where(entities.c.id.in_(some))))
        return found

    def heads_of(self, entities: Collection[str]) -> Sequence[HeadRow]:
        return self._heads(heads.c.entity, entities)

    def heads_wanting(self, texts: Collection[str]) -> Sequence[HeadRow]:
        return self._heads(heads.c.wanted, texts)

    def pairs_with(self, groups: Collection[NameId]) -> Sequence[Pair]:
        found: dict[Pair, None] = {}
        with self._read() as connection:
            for some in chunks(map(group_text, groups)):
                for column in (pairs.c.left_group, pairs.c.right_group):
                    for left, right, is_choice, rule, evidence, score in connection.execute(
                        select(pairs).where(column.in_(some))
                    ):
                        found[Pair(self._group(left), self._group(right), rule, evidence, score, is_choice)] = None
        return list(found)

    def _names_where(self, column: Column[str], groups: Collection[NameId]) -> Collection[NameId]:
        found: set[int] = set()
        with self._read() as connection:
            for some in chunks(map(group_text, groups)):
                found.update(connection.scalars(select(name_states.c.name).where(column.in_(some))))
            return self._names.ids(connection, found).values()

    def _heads(self, column: Column[str], texts: Collection[str]) -> list[HeadRow]:
        found = []
        with self._read() as connection:
            for some in chunks(texts):
                for row in connection.execute(select(heads).where(column.in_(some))):
                    wanted = WantedId(self._group(row.head), row.wanted, row.rank)
                    found.append(HeadRow(wanted, row.id, row.entity, row.members))
        return found

    def _group(self, text: str) -> NameId:
        """Return the group of a text, each time the same object."""
        if text not in self._groups:
            self._groups[text] = make_group(text)
        return self._groups[text]


def choice_text(state: NameState) -> str | None:
    """Return what a state knows about an open choice, as it is stored; None when there is none."""
    choice, fitting = state.outcome.choice, state.outcome.fitting
    if choice is None:
        return None
    row = {
        "heads": list(map(group_text, choice.heads)),
        "rule": choice.rule,
        "phrase": choice.phrase,
        "fitting": None if fitting is None else group_text(fitting),
        "watched": sorted(map(group_text, state.watched)),
        "companions": sorted(map(group_text, state.companions)),
    }
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _with_choice(state: NameState, text: str) -> NameState:
    row = json.loads(text)
    choice = Choice(tuple(map(make_group, row["heads"])), row["rule"], row["phrase"])
    fitting = None if row["fitting"] is None else make_group(row["fitting"])
    return state._replace(
        outcome=state.outcome._replace(choice=choice, fitting=fitting),
        watched=frozenset(map(make_group, row["watched"])),
        companions=frozenset(map(make_group, row["companions"])),
    )
