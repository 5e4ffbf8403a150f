"""Resolving what changed: after any history, the same as resolving everything, and as ready for the next change."""

import random
import tempfile
from pathlib import Path
from string import ascii_lowercase
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from index.catalog.identity.tables import IdentityTables, group_text
from index.catalog.records import ExtractedArticle
from index.catalog.schema import entities, heads, names, pairs, redirects, suggestions
from index.catalog.store import Catalog, open_catalog
from index.errors import DecisionError
from index.identity.across_archive import resolve_all
from index.identity.decisions.prepare import prepare
from index.identity.incremental.view import Knowledge
from index.identity.linking import link_article, mention_splits_in_force, relink, with_mention_splits
from index.identity.records import AnyDecision, KeepApart, Merge, Reject, Rename, Retype, Split
from index.identity.resolving import resolve
from index.identity.stored import Update
from index.model import ENTITY_KINDS, Kind, Mention, Span
from tests.support.examples import examples
from tests.unit.index.catalog.archive import make_article
from tests.unit.index.identity.archives import PACKS

KNOWLEDGE = Knowledge(lambda: PACKS, "test")
# Names that are spellings, short forms, misspellings and namesakes of each other.
NAMES: dict[Kind, tuple[str, ...]] = {
    Kind.PEOPLE: (
        *(
            "Ismail Demir",
            "İsmail Demir",
            "Hasan Demir",
            "Demir",
            "Ismail",
            "DEMIR",
            "I. Demir",
            "Ahmet Demir",
            "al Demir",
        ),
        *(
            "Alexander Mikheev",
            "Aleksandr Mikheyev",
            "Alexander Mikhev",
            "Alexander Mikeev",
            "Mikheev",
            "Viktor Mikheev",
        ),
        *("Recep Tayyip Erdogan", "Tayyip Erdogan", "Recep Erdogan", "Erdogan", "Emine Erdogan", "Recep T. Erdogan"),
        *("Vladimir Putin", "Vladimir Vladimirovich Putin", "Vladimir Spiridonovich Putin", "Putin", "Vladimir"),
        *("John Kennedy Jr", "John F. Kennedy", "Jon Kennedy", "Kennedy", "Kennedy John", "Johnathan Kennedy"),
    ),
    Kind.ORGANIZATIONS: (
        *("Presidency of Defense Industries", "Presidency of Defence Industry", "SSB", "PDI", "Ankara Colts", "Colts"),
        *("Rosoboronexport", "Rosoboroneksport", "Rosoboronexport AG", "Rosoboronexport GmbH", "FBI", "Rosobornexport"),
        *(
            "Federal Bureau of Investigation",
            "First Bureau of Industry",
            "Moscow Colts",
            "Demir Holding",
            "Demir Holdings",
        ),
    ),
    Kind.PLACES: (
        *("Ankara", "Moscow", "Biloxi", "Biloxi, Miss.", "Biloxi, Mississippi", "Biloxi, Georgia", "US", "America"),
        *("Ayla Brunt", "Ayla Brunt Center", "Ayla Brunt Stadium", "Georgia", "Demir", "Turkey"),
    ),
    Kind.SYSTEMS: (
        "S-400",
        "S‑400s",
        "S-400 Triumf",
        "Triumf",
        "Triumph",
        "S-300",
        "Patriot",
        "Patriot PAC-3",
        "Demir",
    ),
}
# Evidence of different weight, by which a name of two kinds is of one.
EVIDENCE = (
    ("recognizer", "recognizer, 99% sure"),
    ("recognizer", "recognizer, 55% sure"),
    ("people", "title 'Minister' before name"),
    ("test", "test"),
)
# Nicknames, parts of firms, and names of several kinds; apart, so that the histories below stay what they were.
MORE_NAMES: dict[Kind, tuple[str, ...]] = {
    Kind.PEOPLE: (
        "Bob Kennedy",
        "Robert Kennedy",
        "Piedmont",
        "Robert F. Kennedy",
        "Georgia",
        "Colts",
        "Rotenberg",
        "Arkady Rotenberg",
        "Rotneberg",
    ),
    Kind.ORGANIZATIONS: (
        "Piedmont",
        "Piedmont Aviation Inc",
        "Piedmont Airlines",
        "Rosoboron Colts",
        "Georgia",
        "Ankara",
    ),
    Kind.PLACES: ("Piedmont", "Piedmont, Georgia", "Kennedy", "Triumf", "Rosoboronexport"),
    Kind.SYSTEMS: ("Colts", "Piedmont"),
}
KINDS = st.sampled_from([*ENTITY_KINDS, Kind.PEOPLE, Kind.PEOPLE])
PACKED = st.sampled_from(PACKS.entries).map(lambda entry: (entry.kind, entry.name, entry.reference))
PLAIN = KINDS.flatmap(
    lambda kind: st.tuples(st.just(kind), st.sampled_from((*NAMES[kind], *MORE_NAMES[kind])), st.none())
)
NAMED = st.one_of(PLAIN, PLAIN, PLAIN, PLAIN, PACKED)


class Added(NamedTuple):
    """An article with mentions comes, perhaps in the place of another."""

    article: str
    named: list[tuple[Kind, str, str | None]]


class Removed(NamedTuple):
    """An article goes."""

    article: str


class Decided(NamedTuple):
    """A decision about entities, by their places among all."""

    wanted: type[AnyDecision]
    first: int
    second: int
    text: str
    kind: Kind


class Undone(NamedTuple):
    """The undoing of a decision, by its place among all."""

    place: int


ARTICLES = st.sampled_from("abcdefghijklmn")
ACTIONS: tuple[type[AnyDecision], ...] = (Merge, Split, Rename, Retype, Reject, KeepApart)
STEPS = st.one_of(
    st.builds(Added, ARTICLES, st.lists(NAMED, min_size=1, max_size=7)),
    st.builds(Added, ARTICLES, st.lists(NAMED, min_size=1, max_size=7)),
    st.builds(Removed, ARTICLES),
    st.builds(
        Decided,
        st.sampled_from(ACTIONS),
        st.integers(0, 99),
        st.integers(0, 99),
        st.sampled_from(NAMES[Kind.PEOPLE]),
        st.sampled_from(ENTITY_KINDS),
    ),
    st.builds(Undone, st.integers(0, 9)),
)


def extracted(step: Added) -> ExtractedArticle:
    body = ". ".join(text for _, text, _ in step.named)
    mentions = []
    start = 0
    for kind, text, reference in step.named:
        component, evidence = EVIDENCE[(len(mentions) + len(body)) % len(EVIDENCE)]
        mentions.append(Mention(Span(start, start + len(text)), text, kind, component, evidence, reference))
        start += len(text) + 2
    article = make_article(step.article, body)
    return ExtractedArticle(article, article.locator, tuple(mentions), *link_article(article, mentions))


def take(catalog: Catalog, step: Added | Removed | Decided | Undone) -> None:
    match step:
        case Added():
            articles = with_mention_splits([extracted(step)], mention_splits_in_force(catalog))
            catalog.store(articles, extraction="v", run=1)
        case Removed():
            catalog.remove([step.article])
        case Decided():
            decide(catalog, step)
        case Undone():
            made = [decision for decision in catalog.decisions() if decision.undone_at is None]
            for decision in made[step.place :][:1]:
                catalog.undo_decision(decision.id)


def decide(catalog: Catalog, step: Decided) -> None:
    resolution = catalog.resolution()
    ids = [entity.id for entity in resolution.entities] or ["none"]
    entity, other = ids[step.first % len(ids)], ids[step.second % len(ids)]
    own = [
        " ".join(key.split("@")[0].split()) for (_, key), to in resolution.assignments.items() if to.entity_id == entity
    ]
    asked: dict[type[AnyDecision], AnyDecision] = {
        Merge: Merge(entity, other),
        Split: Split(entity, own[step.second % len(own)] if own else step.text),
        Rename: Rename(entity, step.text),
        Retype: Retype(entity, step.kind),
        Reject: Reject(entity),
        KeepApart: KeepApart(entity, other),
    }
    try:
        made = prepare(asked[step.wanted], resolution=resolution, written_forms=catalog.written_forms)
    except DecisionError:
        return
    catalog.add_decisions([made])


def everything(catalog: Catalog) -> Update:
    return resolve_all(
        catalog.names(),
        packs=PACKS,
        decisions=catalog.decisions(),
        definitions=catalog.definitions(),
        companions=catalog.companions,
        witnesses=catalog.witnesses,
    )


def stored(catalog: Catalog, connection: Connection) -> dict[str, object]:
    tables = IdentityTables(lambda: catalog._read())
    ids = [(Kind(row.kind), row.key) for row in connection.execute(select(names))]
    resolution = catalog.resolution()
    return {
        "entities": [(entity.id, entity.kind, entity.name, entity.reference) for entity in resolution.entities],
        "aliases": {row.id: row.given for row in connection.execute(select(entities))},
        "assignments": dict(resolution.assignments),
        "suggestions": sorted(row[1:] for row in map(tuple, connection.execute(select(suggestions)))),
        "states": dict(tables.states(ids)),
        "keys": sorted((name_id, *key) for name_id, key in tables.keys(ids)),
        "heads": sorted(map(tuple, connection.execute(select(heads)))),
        "pairs": sorted(map(tuple, connection.execute(select(pairs)))),
    }


def expected(update: Update) -> dict[str, object]:
    import json

    return {
        "entities": [(entity.id, entity.kind, entity.name, entity.reference) for entity in update.entities],
        "aliases": {
            entity.id: json.dumps([alias.text for alias in entity.aliases], ensure_ascii=False, separators=(",", ":"))
            for entity in update.entities
        },
        "assignments": dict(update.assignments),
        "suggestions": sorted(
            (item.kind.value, item.entity, item.into, item.rule, item.evidence, item.score)
            for item in update.suggestions
        ),
        "states": dict(update.states),
        "keys": sorted((name_id, *key) for name_id, found in update.keys.items() for key in found),
        "heads": sorted(
            (group_text(row.wanted.head), row.wanted.text, row.wanted.rank, row.id, row.entity, row.members)
            for row in update.heads
        ),
        "pairs": sorted(
            (group_text(pair.left), group_text(pair.right), pair.is_choice, pair.rule, pair.evidence, pair.score)
            for pair in update.pairs
        ),
    }


def check(catalog: Catalog) -> None:
    update = everything(catalog)
    with catalog._read() as connection:
        found, wanted = stored(catalog, connection), expected(update)
        for part in wanted:
            assert found[part] == wanted[part], part
        led = {row.old: row.current for row in connection.execute(select(redirects))}
    ids = {entity.id for entity in update.entities}
    assert led.items() >= update.redirects.items()
    assert set(led.values()) <= ids
    assert not ids & led.keys()


@settings(
    max_examples=examples(40), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(
    st.lists(st.lists(NAMED, min_size=2, max_size=7), min_size=3, max_size=12),
    st.lists(STEPS, min_size=1, max_size=8),
    st.integers(1, 3),
)
def test_what_changed_is_resolved_as_if_everything_were(
    first: list[list[tuple[Kind, str, str | None]]], later: list[Added | Removed | Decided | Undone], at_once: int
) -> None:
    history = [[Added(article, named) for article, named in zip("abcdefghijklmn", first, strict=False)]]
    history += [later[start : start + at_once] for start in range(0, len(later), at_once)]
    with tempfile.TemporaryDirectory() as folder, open_catalog(Path(folder)) as catalog:
        for steps in history:
            for step in steps:
                take(catalog, step)
            with catalog.transaction():
                relink(catalog, lambda: PACKS)
                resolve(catalog, KNOWLEDGE, largest_share=1000)
            check(catalog)


def random_named(dice: random.Random) -> tuple[Kind, str, str | None]:
    if dice.random() < 0.15:
        entry = dice.choice(PACKS.entries)
        return entry.kind, entry.name, entry.reference
    kind = dice.choice([*ENTITY_KINDS, Kind.PEOPLE, Kind.PEOPLE])
    return kind, dice.choice(NAMES[kind]), None


def random_step(dice: random.Random) -> Added | Removed | Decided | Undone:
    drawn = dice.random()
    if drawn < 0.4:
        return Added(dice.choice(ascii_lowercase), [random_named(dice) for _ in range(dice.randint(1, 8))])
    if drawn < 0.55:
        return Removed(dice.choice(ascii_lowercase))
    if drawn < 0.85:
        numbers = dice.choice(ACTIONS), dice.randint(0, 99), dice.randint(0, 99)
        return Decided(*numbers, dice.choice(NAMES[Kind.PEOPLE]), dice.choice(ENTITY_KINDS))
    return Undone(dice.randint(0, 9))


# Each of these histories found a mistake once.
@pytest.mark.parametrize("seed", [48, 56, 66, 103, 312, 352, 1005])
def test_larger_archives_are_resolved_as_if_everything_were(tmp_path: Path, seed: int) -> None:
    dice = random.Random(seed)
    articles = ascii_lowercase[:20][: dice.randint(3, 20)]
    history: list[list[Added | Removed | Decided | Undone]] = [
        [Added(article, [random_named(dice) for _ in range(dice.randint(2, 7))]) for article in articles]
    ]
    history += [[random_step(dice) for _ in range(dice.randint(1, 3))] for _ in range(dice.randint(1, 8))]
    with open_catalog(tmp_path) as catalog:
        for steps in history:
            for step in steps:
                take(catalog, step)
            with catalog.transaction():
                relink(catalog, lambda: PACKS)
                resolve(catalog, KNOWLEDGE, largest_share=1000)
            check(catalog)
