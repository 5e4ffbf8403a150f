from collections import Counter

import pytest

from index.identity.records import Suggestion
from index.model import Kind
from tests.unit.index.identity.archives import ORGANIZATIONS, PEOPLE, SYSTEMS, name, names, resolve


def test_a_surname_with_two_bearers_is_suggested_to_be_each_of_them() -> None:
    suggestions = resolve(names(PEOPLE, "Demir", "Ismail Demir", "Ahmet Demir")).suggestions
    assert suggestions == (
        Suggestion(PEOPLE, "demir", "ahmet-demir", "surname", "surname of “Ahmet Demir”, one of 2 in the archive", 40),
        Suggestion(
            PEOPLE, "demir", "ismail-demir", "surname", "surname of “Ismail Demir”, one of 2 in the archive", 40
        ),
    )


def test_a_surname_that_anybody_may_bear_is_not_suggested() -> None:
    given = ["Ismail", "Ahmet", "Hulusi", "Mevlut", "Zehra"]
    assert resolve(names(PEOPLE, "Demir", *(f"{name} Demir" for name in given))).suggestions == ()


def test_what_a_rule_linked_is_not_suggested() -> None:
    assert resolve(names(PEOPLE, "Demir", "Ismail Demir")).suggestions == ()


@pytest.mark.parametrize(
    ("kind", "left", "right", "rule"),
    [
        (PEOPLE, "I. Demir", "Ismail Demir", "initial"),
        (PEOPLE, "Hulusi Akor", "Hulusi Akar", "slip"),
        (PEOPLE, "Hulisi Demirtas", "Hulusi Demirtas", "slip"),
        (PEOPLE, "Ted Akar", "Edward Akar", "slip"),
        (PEOPLE, "Shoigu Sergei", "Sergei Shoigu", "word order"),
        (PEOPLE, "Rotenberg Arkady", "Arkady Romanovich Rotenberg", "word order"),
        (PEOPLE, "Andres Obrador", "Andres Obrador Lopez", "surnames"),
        (ORGANIZATIONS, "Lokheed Martin", "Lockheed Martin", "slip"),
        (ORGANIZATIONS, "Rosoboroneksport", "Rosoboronesport", "slip"),
        (ORGANIZATIONS, "Institute Kurchatov", "Kurchatov Institute", "word order"),
    ],
)
def test_what_is_likely_one_is_suggested(kind: Kind, left: str, right: str, rule: str) -> None:
    resolution = resolve([name(kind, left, 1), name(kind, right, 9)])
    assert [(found.entity, found.rule) for found in resolution.suggestions] == [
        (resolution.assignments[name(kind, left).kind, name(kind, left).key].entity_id, rule)
    ]


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        (PEOPLE, "Ismail Demir", "Ahmet Demir"),
        (PEOPLE, "George W. Bush", "George H. W. Bush"),
        (PEOPLE, "Kim Jong-un", "Kim Jong-il"),
        (ORGANIZATIONS, "Deutsche Bank AG", "Deutsche Bank GmbH"),
        (SYSTEMS, "S-300", "S-400"),
        (SYSTEMS, "S-300 Triumf", "S-400 Triumf"),
    ],
)
def test_what_is_two_is_not_suggested(kind: Kind, left: str, right: str) -> None:
    assert resolve(names(kind, left, right)).suggestions == ()


def test_the_evidence_says_what_differs_and_how_rare_it_is() -> None:
    suggestion = resolve([name(PEOPLE, "Hulusi Akor", 1), name(PEOPLE, "Hulusi Akar", 10)]).suggestions[0]
    assert suggestion.evidence == "like “Hulusi Akar”: “akar” and “akor” differ in one letter, and far rarer"


def test_an_entity_is_in_five_suggestions_at_most() -> None:
    likes = [f"Hulusi Demirta{letter}" for letter in "bcdfghkl"]
    suggestions = resolve(names(PEOPLE, "Hulusi Demirtas", *likes)).suggestions
    counts = Counter(entity for found in suggestions for entity in (found.entity, found.into))
    assert max(counts.values()) == 5


def test_two_entities_that_packs_know_are_not_suggested() -> None:
    archive = [name(SYSTEMS, "S-400"), name(SYSTEMS, "S-300")]
    assert resolve(archive).suggestions == ()
