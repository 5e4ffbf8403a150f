from collections.abc import Collection

import pytest

from index.errors import DecisionError
from index.identity.decisions.prepare import prepare
from index.identity.records import (
    AnyDecision,
    KeepApart,
    Merge,
    Name,
    Reject,
    Rename,
    Resolution,
    Retype,
    Split,
)
from index.identity.wording import describe
from index.model import Alias, Kind
from tests.unit.index.identity.archives import (
    ORGANIZATIONS,
    PEOPLE,
    PLACES,
    SYSTEMS,
    entity_id,
    name,
    names,
    resolve,
)

ARCHIVE = [
    *names(PEOPLE, "Demir", "Ismail Demir", "Hulusi Akar", "S-400s"),
    *names(ORGANIZATIONS, "SSB", "Turkish Defense Agency", "Baykar"),
    *names(SYSTEMS, "S-400"),
    name(PLACES, "US", 5, "core:united-states"),
    name(PLACES, "Ankara", 3),
]


def decide(*decisions: AnyDecision, archive: list[Name] = ARCHIVE) -> tuple[AnyDecision, ...]:
    """Each decision prepared against what the ones before it led to."""
    made: tuple[AnyDecision, ...] = ()
    for decision in decisions:
        made = (*made, prepare(decision, resolution=resolve(archive, *made)))
    return made


def decided(*decisions: AnyDecision, archive: list[Name] = ARCHIVE, undone: Collection[int] = ()) -> Resolution:
    return resolve(archive, *decide(*decisions, archive=archive), undone=undone)


def test_merging_gives_the_names_of_one_entity_to_the_other() -> None:
    resolution = decided(Merge("turkish-defense-agency", "ssb"))
    assert entity_id(resolution, "Turkish Defense Agency", ORGANIZATIONS) == "ssb"
    assert resolution.redirects["turkish-defense-agency"] == "ssb"
    assert resolution.assignments[ORGANIZATIONS, "turkish defense agency"].rule == "decision"


def test_an_entity_may_be_merged_into_one_of_another_kind() -> None:
    resolution = decided(Merge("hulusi-akar", "ankara"))
    assert resolution.assignments[PEOPLE, "hulusi akar"].entity_id == "ankara"


def test_merging_twice_leads_old_ids_to_the_last() -> None:
    resolution = decided(Merge("turkish-defense-agency", "ssb"), Merge("ssb", "baykar"))
    assert entity_id(resolution, "Turkish Defense Agency", ORGANIZATIONS) == "baykar"
    assert resolution.redirects["turkish-defense-agency"] == resolution.redirects["ssb"] == "baykar"


def test_splitting_takes_a_name_out_into_an_entity_of_its_own() -> None:
    resolution = decided(Split("ismail-demir", "Demir"))
    assert entity_id(resolution, "Demir", PEOPLE) == "demir"
    assert entity_id(resolution, "Ismail Demir", PEOPLE) == "ismail-demir"
    assert resolution.assignments[PEOPLE, "demir"].evidence == "taken out of another entity by a person"


def test_splitting_the_canonical_name_leaves_the_rest_together() -> None:
    resolution = decided(Split("ismail-demir", "Ismail Demir"))
    assert entity_id(resolution, "Demir", PEOPLE) != entity_id(resolution, "Ismail Demir", PEOPLE)


def test_splitting_after_merging_takes_apart_what_was_merged() -> None:
    resolution = decided(Merge("baykar", "ssb"), Split("ssb", "Baykar"))
    assert entity_id(resolution, "Baykar", ORGANIZATIONS) == "baykar"


def test_a_name_split_off_a_pack_entity_is_no_pack_entity() -> None:
    archive = [name(PLACES, "US", 5, "core:united-states"), name(PLACES, "America", 2)]
    resolution = decided(Split("united-states", "America"), archive=archive)
    assert {entity.id: entity.reference for entity in resolution.entities} == {
        "america": None,
        "united-states": "core:united-states",
    }


def test_renaming_changes_the_name_and_keeps_the_id() -> None:
    resolution = decided(Rename("ssb", "Savunma Sanayii Başkanlığı"))
    entity = next(entity for entity in resolution.entities if entity.id == "ssb")
    assert entity.name == "Savunma Sanayii Başkanlığı"
    assert entity.aliases[-1] == Alias("Savunma Sanayii Başkanlığı", 0)


def test_retyping_moves_an_entity_and_lets_it_meet_its_like() -> None:
    resolution = decided(Retype("s-400s", Kind.SYSTEMS))
    assert resolution.assignments[PEOPLE, "s 400s"].entity_id == "s-400"
    assert {entity.kind for entity in resolution.entities if entity.id == "s-400"} == {SYSTEMS}


def test_rejecting_hides_an_entity() -> None:
    resolution = decided(Reject("ankara"))
    assert (PLACES, "ankara") not in resolution.assignments
    assert "ankara" not in {entity.id for entity in resolution.entities}


def test_what_is_kept_apart_is_suggested_no_more() -> None:
    archive = names(PEOPLE, "Demir", "Ismail Demir", "Ahmet Demir")
    assert [suggestion.into for suggestion in decided(archive=archive).suggestions] == ["ahmet-demir", "ismail-demir"]
    resolution = decided(KeepApart("demir", "ismail-demir"), archive=archive)
    assert [suggestion.into for suggestion in resolution.suggestions] == ["ahmet-demir"]


def test_what_is_kept_apart_stays_apart_when_a_rule_would_join_it() -> None:
    made = decide(KeepApart("demir", "ismail-demir"), archive=names(PEOPLE, "Demir", "Ismail Demir", "Ahmet Demir"))
    later = resolve(names(PEOPLE, "Demir", "Ismail Demir"), *made)
    assert entity_id(later, "Demir", PEOPLE) != entity_id(later, "Ismail Demir", PEOPLE)


def test_a_later_merge_outweighs_keeping_apart() -> None:
    resolution = decided(KeepApart("baykar", "ssb"), Merge("baykar", "ssb"))
    assert entity_id(resolution, "Baykar", ORGANIZATIONS) == "ssb"


def test_any_decision_can_be_undone_not_only_the_last() -> None:
    undone = decided(Merge("baykar", "ssb"), Rename("ssb", "Agency"), undone=[1])
    assert undone == decided(Rename("ssb", "Agency"))


def test_a_decision_holds_when_names_come_and_ids_change() -> None:
    made = decide(Merge("demir", "hulusi-akar"), archive=names(PEOPLE, "Demir", "Hulusi Akar"))
    later = resolve(names(PEOPLE, "Demir", "Ismail Demir", "Hulusi Akar", "Akar"), *made)
    assert {entity.id for entity in later.entities} == {"hulusi-akar"}


def test_a_decision_about_names_that_are_gone_does_nothing() -> None:
    made = decide(Merge("baykar", "ssb"), Rename("baykar", "X"), Split("ismail-demir", "Demir"))
    assert resolve(names(PEOPLE, "Hulusi Akar"), *made) == resolve(names(PEOPLE, "Hulusi Akar"))


def test_an_id_that_was_merged_away_still_names_its_entity() -> None:
    made = decide(Merge("turkish-defense-agency", "ssb"), Rename("turkish-defense-agency", "Agency"))
    assert made[1].entity == "ssb"


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        (Merge("nobody", "ssb"), "No entity has the id 'nobody'. Look for its name to see its id."),
        (Merge("ssb", "ssb"), "cannot be merged into itself. Name two entities."),
        (Merge("ssb", " "), "To merge, give into."),
        (
            Split("ismail-demir", "Akar"),
            "has no name 'Akar' in the archive. Give one of its names: 'ismail demir', 'demir'; or a shorter form",
        ),
        (Split("baykar", "Baykar"), "is the only name of Baykar (baykar). Rename or reject it instead, or take"),
        (Rename("baykar", "Baykar"), "is called 'Baykar' already. Give another name."),
        (Rename("baykar", "x" * 201), "at most 200 characters; this one has 201. Shorten it."),
        (
            Retype("baykar", Kind.DATES),
            "'dates' is not a kind of entity. Choose one of: people, organizations,",
        ),
        (Split("baykar", " ", article=" "), "To split, give name."),
        (Retype("baykar", Kind.ORGANIZATIONS), "is one of the organizations already. Choose another kind."),
        (Reject(""), "To reject, give entity."),
        (KeepApart("ssb", "ssb"), "ssb and ssb are one entity. Split off a name to part them."),
    ],
)
def test_a_decision_that_makes_no_sense_says_what_to_do(decision: AnyDecision, message: str) -> None:
    with pytest.raises(DecisionError) as raised:
        decide(decision)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (Merge("baykar", "ssb"), "merged “Baykar” into “Presidency of Defense Industries”"),
        (Split("ismail-demir", "Demir"), "took the name “Demir” out of “Ismail Demir”"),
        (Rename("baykar", "Baykar Tech"), "renamed “Baykar” to “Baykar Tech”"),
        (Retype("baykar", Kind.SYSTEMS), "moved “Baykar” to systems"),
        (Reject("baykar"), "rejected “Baykar” as not an entity"),
        (KeepApart("baykar", "ssb"), "kept “Baykar” apart from “Presidency of Defense Industries”"),
    ],
)
def test_a_decision_is_described_in_words(decision: AnyDecision, words: str) -> None:
    assert describe(decide(decision)[0]) == words
