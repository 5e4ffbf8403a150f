"""Decisions about entities that changed since their authors looked: which changes count, and what is said of them."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TypeAlias

import pytest

from index.catalog.store import Catalog
from index.errors import DecisionError
from index.identity.decisions import Expected, expect_versions
from index.identity.records import AnyDecision, KeepApart, Merge, Reject, Rename, Retype, Split
from index.model import Kind
from tests.unit.index.identity.decisions.people import make, store, take_back

Step: TypeAlias = AnyDecision | Callable[[Catalog], object]

LOOKED_AT = "ismail-demir"
MERGE = Merge("hulusi-akar", LOOKED_AT)
SPLIT = Split(LOOKED_AT, "Demir")
RENAME = Rename(LOOKED_AT, "I. Demir")
UNDO_1 = partial(take_back, number=1)


def articles(*names: str, number: str = "e") -> Callable[[Catalog], object]:
    return partial(store, articles=[(number, names)])


def remove_b(catalog: Catalog) -> None:
    """Remove the only article that names Demir alone."""
    catalog.remove(["b"])
    store(catalog, [])


def take(catalog: Catalog, steps: Sequence[Step]) -> None:
    for step in steps:
        if callable(step):
            step(catalog)
        else:
            make(catalog, step)


def seen(catalog: Catalog, entity_id: str = LOOKED_AT) -> str:
    return str(catalog.reader().versions([entity_id])[entity_id])


@pytest.mark.parametrize(
    ("before", "between"),
    [
        ([], []),
        ([MERGE, SPLIT, RENAME], []),
        ([], [Rename("selim-kaya", "S. Kaya"), Merge("hulusi-akar", "selim-kaya"), Reject("vladimir-putin")]),
        ([], [KeepApart(LOOKED_AT, "selim-kaya")]),
        ([], [MERGE, UNDO_1]),
        ([], [SPLIT, UNDO_1]),
        ([], [RENAME, Rename(LOOKED_AT, "Ismail Demir")]),
        ([Rename("selim-kaya", "S. Kaya")], [UNDO_1]),
        ([], [articles("Ismail Demir", "Selim Kaya", "Binali Yildirim")]),
    ],
)
def test_an_entity_that_is_as_it_was_seen_is_decided_about(
    catalog: Catalog, before: list[Step], between: list[Step]
) -> None:
    take(catalog, before)
    version = seen(catalog)
    take(catalog, between)
    assert make(catalog, Rename(LOOKED_AT, "New"), **expect_versions([version])).decisions


DAY = r"on \d{4}-\d\d-\d\d"


@pytest.mark.parametrize(
    ("before", "between", "said"),
    [
        ([], [MERGE], f"“Hulusi Akar” was merged into it by decision 1 {DAY}"),
        (
            [],
            [Merge("hulusi-akar", "selim-kaya"), Merge("selim-kaya", LOOKED_AT)],
            f"“Hulusi Akar” was merged into it by decision 1 {DAY}; "
            f"“Selim Kaya” was merged into it by decision 2 {DAY}",
        ),
        (
            [],
            [Merge(LOOKED_AT, "hulusi-akar"), Split("hulusi-akar", "Ismail Demir")],
            f"it was merged into “Hulusi Akar” by decision 1 {DAY}",
        ),
        ([], [SPLIT], f"the name “Demir” was taken out by decision 1 {DAY}"),
        ([SPLIT], [SPLIT], f"the name “Demir” was taken out by decision 2 {DAY}"),
        ([], [Split(LOOKED_AT, "Demir", "d")], f"the name “Demir” was taken out, in article d, by decision 1 {DAY}"),
        ([], [RENAME], f"it was renamed from “Ismail Demir” to “I. Demir” by decision 1 {DAY}"),
        ([], [Retype(LOOKED_AT, Kind.PLACES)], f"it was moved to places by decision 1 {DAY}"),
        (
            [],
            [MERGE, RENAME, KeepApart(LOOKED_AT, "selim-kaya")],
            f"“Hulusi Akar” was merged into it by decision 1 {DAY}; "
            f"it was renamed from “Ismail Demir” to “I. Demir” by decision 2 {DAY}",
        ),
        ([MERGE], [UNDO_1], f"decision 1, which merged “Hulusi Akar” into “Ismail Demir”, was undone {DAY}"),
        ([SPLIT], [UNDO_1], f"decision 1, which took the name “Demir” out of “Ismail Demir”, was undone {DAY}"),
        ([RENAME], [UNDO_1], f"decision 1, which renamed “Ismail Demir” to “I. Demir”, was undone {DAY}"),
        (
            [Split(LOOKED_AT, "Demir", "d")],
            [UNDO_1],
            f"decision 1, which took “Demir” in article d out of “Ismail Demir”, was undone {DAY}",
        ),
        ([MERGE], [UNDO_1, RENAME], f"decision 1, which .*, was undone {DAY}; it was renamed .* by decision 2 {DAY}"),
        ([MERGE], [RENAME], f"it was renamed from “Ismail Demir” to “I. Demir” by decision 2 {DAY}"),
        ([MERGE, UNDO_1], [RENAME], f"it was renamed from “Ismail Demir” to “I. Demir” by decision 2 {DAY}"),
        ([], [MERGE, UNDO_1, RENAME], f"it was renamed from “Ismail Demir” to “I. Demir” by decision 2 {DAY}"),
        ([], [articles("Ismael Demir")], "articles that came or went since gave it other names"),
        ([], [articles("Ismail Demır")], "articles that came or went since gave it other names"),
        ([], [articles("Ahmet Demir")], "articles that came or went since gave it other names"),
        ([], [articles("Ismael Demir"), MERGE], f"“Hulusi Akar” was merged into it by decision 1 {DAY}"),
        ([], [remove_b], "articles that came or went since gave it other names"),
        ([articles("Ismail Demir")], [remove_b], "articles that came or went since gave it other names"),
        (
            [articles("Ahmet Demir")],
            [Reject("ahmet-demir")],
            "articles that came or went since, or decisions about others, gave it other names",
        ),
    ],
)
def test_what_happened_to_an_entity_since_it_was_seen_is_said(
    catalog: Catalog, before: list[Step], between: list[Step], said: str
) -> None:
    take(catalog, before)
    version = seen(catalog)
    take(catalog, between)
    made = catalog.decisions()
    with pytest.raises(
        DecisionError, match=f"\\({LOOKED_AT}\\) changed since you looked: {said}\\. Look at it as it is"
    ):
        make(catalog, Rename(LOOKED_AT, "New"), **expect_versions([version]))
    assert catalog.decisions() == made
    assert make(catalog, Rename(LOOKED_AT, "New"), **expect_versions([seen(catalog)])).decisions


@pytest.mark.parametrize(
    ("decision", "looked_at", "between", "said"),
    [
        (Merge("vladimir-putin", LOOKED_AT), ["vladimir-putin", LOOKED_AT], MERGE, "Ismail Demir .*“Hulusi Akar” was"),
        (Merge(LOOKED_AT, "vladimir-putin"), [LOOKED_AT], MERGE, "Ismail Demir .*“Hulusi Akar” was merged into it"),
        (KeepApart("selim-kaya", LOOKED_AT), [LOOKED_AT], SPLIT, "the name “Demir” was taken out by decision 1"),
        (Retype(LOOKED_AT, Kind.PLACES), [LOOKED_AT], RENAME, "it was renamed"),
        (Reject(LOOKED_AT), [LOOKED_AT], MERGE, "“Hulusi Akar” was merged into it"),
        (Split(LOOKED_AT, "Demir"), [LOOKED_AT], MERGE, "“Hulusi Akar” was merged into it"),
        (Rename("hulusi-akar", "X"), ["hulusi-akar"], MERGE, "hulusi-akar was merged by decision 1"),
        (Rename(LOOKED_AT, "X"), ["hulusi-akar"], MERGE, "hulusi-akar was merged by decision 1"),
        (Rename(LOOKED_AT, "X"), ["vladimir-putin"], MERGE, "The decision is not about vladimir-putin"),
    ],
)
def test_every_decision_may_say_what_was_seen_of_each_entity(
    catalog: Catalog, decision: AnyDecision, looked_at: list[str], between: AnyDecision, said: str
) -> None:
    versions = [seen(catalog, entity_id) for entity_id in looked_at]
    make(catalog, between)
    with pytest.raises(DecisionError, match=said):
        make(catalog, decision, **expect_versions(versions))
    assert len(catalog.decisions()) == 1


def test_what_another_person_decided_alike_is_no_contradiction(catalog: Catalog) -> None:
    version = seen(catalog)
    make(catalog, RENAME)
    assert make(catalog, RENAME, **expect_versions([version])).is_already_so


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (Expected(name="Ismail Demir"), f"renamed from “Ismail Demir” to “I. Demir” by decision 1 {DAY}"),
        (Expected(name="Demir"), f"renamed from “Demir” to “I. Demir” by decision 1 {DAY}"),
        (Expected(kind=Kind.PLACES), "moved from places to people. Look"),
        (Expected("Demir", Kind.PLACES), f"renamed .* by decision 1 {DAY}; it was moved from places to people. Look"),
    ],
)
def test_a_name_and_kind_may_be_expected_alone(catalog: Catalog, expected: Expected, said: str) -> None:
    make(catalog, RENAME)
    with pytest.raises(DecisionError, match=said):
        make(catalog, Reject(LOOKED_AT), **{LOOKED_AT: expected})


def test_a_rename_is_said_once(catalog: Catalog) -> None:
    expected = Expected("Ismail Demir", Kind.PEOPLE, seen(catalog))
    make(catalog, RENAME)
    with pytest.raises(DecisionError) as raised:
        make(catalog, Reject(LOOKED_AT), **{LOOKED_AT: expected})
    assert str(raised.value).count("renamed") == 1


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("ismail-demir.0123456789ab.1.0", "no version of this archive"),
        ("ismail-demir.0123456789ab.0.1", "no version of this archive"),
        ("ismail-demir.0123456789ab.0.0", "articles that came or went since gave it other names"),
        ("nobody.0123456789ab.0.0", "No entity has the id 'nobody'"),
        *(
            (text, "is no version of an entity. Look at the entity again")
            for text in (
                "",
                "ismail-demir",
                "ismail-demir.0123.0.0",
                "ismail-demir.0123456789ab.0.-1",
                "ismail-demir.0123456789ab.0.٣",
                ".0123456789ab.0.0",
                f"ismail-demir.0123456789ab.0.{'9' * 5000}",
            )
        ),
    ],
)
def test_what_is_no_version_here_is_said(catalog: Catalog, version: str, said: str) -> None:
    with pytest.raises(DecisionError, match=said):
        make(catalog, RENAME, **expect_versions([version]))


def test_a_version_of_another_entity_is_refused(catalog: Catalog) -> None:
    with pytest.raises(DecisionError, match="is a version of hulusi-akar, not of ismail-demir"):
        make(catalog, RENAME, **{LOOKED_AT: Expected(version=seen(catalog, "hulusi-akar"))})
