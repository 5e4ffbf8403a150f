from collections import Counter
from dataclasses import replace

import pytest

from index.identity.across_archive import resolve_names
from index.identity.records import Suggestion
from index.model import Kind
from tests.unit.index.identity.archives import ORGANIZATIONS, PACKS, PEOPLE, PLACES, SYSTEMS, name, names, resolve


def test_a_surname_with_two_bearers_is_suggested_to_be_each_of_them_in_a_single_article() -> None:
    suggestions = resolve(names(PEOPLE, "Demir", "Ismail Demir", "Ahmet Demir")).suggestions
    assert suggestions == (
        Suggestion(PEOPLE, "demir", "ahmet-demir", "surname", "surname of “Ahmet Demir”, one of 2 in the archive", 40),
        Suggestion(
            PEOPLE, "demir", "ismail-demir", "surname", "surname of “Ismail Demir”, one of 2 in the archive", 40
        ),
    )


def test_a_surname_of_two_in_several_articles_means_now_one_and_now_the_other() -> None:
    archive = [name(PEOPLE, "Demir", 2), *names(PEOPLE, "Ismail Demir", "Ahmet Demir")]
    assert resolve(archive).suggestions == ()


def test_a_surname_that_anybody_may_bear_is_not_suggested() -> None:
    given = ["Ismail", "Ahmet", "Hulusi", "Mevlut", "Zehra"]
    assert resolve(names(PEOPLE, "Demir", *(f"{name} Demir" for name in given))).suggestions == ()


def test_initials_of_two_are_not_suggested() -> None:
    archive = names(ORGANIZATIONS, "AGS", "Advanced Gear Sciences", "Ankara Gram System")
    assert resolve(archive).suggestions == ()


def test_a_surname_is_suggested_when_its_bearers_may_be_one() -> None:
    suggestions = resolve(names(PEOPLE, "Mikheev", "Aleksandr Mikheev", "Aleksand Mikheev")).suggestions
    said = "surname of “Aleksand Mikheev”, and of names like that"
    assert Suggestion(PEOPLE, "mikheev", "aleksand-mikheev", "surname", said, 40) in suggestions


@pytest.mark.parametrize(
    ("one", "other", "is_suggested"),
    [
        # What speaks for one bearer is twice what speaks for the other, or less.
        (("Aselsan", "Roketsan", "Kale"), ("Aselsan",), True),
        (("Aselsan", "Roketsan", "Kale"), ("Aselsan", "Roketsan"), False),
        (("Aselsan", "Roketsan"), ("Aselsan", "Roketsan"), False),
        # A single companion is chance.
        (("Aselsan",), (), False),
        (("Aselsan",), ("Roketsan",), False),
    ],
)
def test_a_surname_is_suggested_for_the_bearer_whose_company_it_keeps(
    one: tuple[str, ...], other: tuple[str, ...], is_suggested: bool
) -> None:
    firms = names(ORGANIZATIONS, "Aselsan", "Roketsan", "Kale")
    ids = {item.text: (item.kind, item.key) for item in firms}
    people = {item.text: (item.kind, item.key) for item in names(PEOPLE, "Demir", "Ismail Demir", "Ahmet Demir")}
    # Each firm is frequent, so that nothing is sure enough to be linked.
    archive = [
        name(PEOPLE, "Demir", 2),
        *names(PEOPLE, *list(people)[1:]),
        *(replace(item, mentions=900) for item in firms),
    ]
    beside = {
        people["Demir"]: dict.fromkeys(ids.values(), 1),
        people["Ismail Demir"]: dict.fromkeys((ids[text] for text in one), 1),
        people["Ahmet Demir"]: dict.fromkeys((ids[text] for text in other), 1),
    }
    resolution = resolve_names(archive, packs=PACKS, decisions=(), companions=lambda _: beside)
    assert [found.into for found in resolution.suggestions] == (["ismail-demir"] if is_suggested else [])


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
        (ORGANIZATIONS, "U.S. Arms", "U.S. Army"),
        (ORGANIZATIONS, "Georgia", "Georgian"),
        (ORGANIZATIONS, "Republicbank", "Republicans"),
        (ORGANIZATIONS, "America Bank", "Bank of America"),
        (PEOPLE, "Stephen Rose", "Steven J. Ross"),
        (PEOPLE, "Hulusi Wood", "Hulusi Woods"),
        (PEOPLE, "Hulusi Handel", "Hulusi Mandel"),
        (PLACES, "Eurodollar", "Eurodollars"),
        (ORGANIZATIONS, "Appeals Court", "Court of Appeals"),
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
