import pytest

from index.errors import DecisionError
from index.identity.decisions.prepare import describe, prepare
from index.identity.records import Decision, DecisionAction, Name, Resolution
from index.model import Alias
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
MERGE, SPLIT, RENAME, RETYPE, REJECT, APART, UNDO = DecisionAction


def decide(*decisions: Decision, archive: list[Name] = ARCHIVE) -> tuple[Decision, ...]:
    """Each decision prepared against what the ones before it led to, numbered from 1."""
    made: tuple[Decision, ...] = ()
    for number, decision in enumerate(decisions, start=1):
        prepared = prepare(decision, resolution=resolve(archive, *made), decisions=made)
        made = (*made, Decision(prepared.action, prepared.arguments, number))
    return made


def decided(*decisions: Decision, archive: list[Name] = ARCHIVE) -> Resolution:
    return resolve(archive, *decide(*decisions, archive=archive))


def merge(entity: str, into: str) -> Decision:
    return Decision(MERGE, {"entity": entity, "into": into})


def split(entity: str, text: str) -> Decision:
    return Decision(SPLIT, {"entity": entity, "name": text})


def rename(entity: str, text: str) -> Decision:
    return Decision(RENAME, {"entity": entity, "name": text})


def retype(entity: str, kind: str) -> Decision:
    return Decision(RETYPE, {"entity": entity, "kind": kind})


def reject(entity: str) -> Decision:
    return Decision(REJECT, {"entity": entity})


def apart(entity: str, other: str) -> Decision:
    return Decision(APART, {"entity": entity, "other": other})


def undo(number: int) -> Decision:
    return Decision(UNDO, {"decision": str(number)})


def test_merging_gives_the_names_of_one_entity_to_the_other() -> None:
    resolution = decided(merge("turkish-defense-agency", "ssb"))
    assert entity_id(resolution, "Turkish Defense Agency", ORGANIZATIONS) == "ssb"
    assert resolution.redirects["turkish-defense-agency"] == "ssb"
    assert resolution.assignments[ORGANIZATIONS, "turkish defense agency"].rule == "decision"


def test_an_entity_may_be_merged_into_one_of_another_kind() -> None:
    resolution = decided(merge("hulusi-akar", "ankara"))
    assert resolution.assignments[PEOPLE, "hulusi akar"].entity_id == "ankara"


def test_merging_twice_leads_old_ids_to_the_last() -> None:
    resolution = decided(merge("turkish-defense-agency", "ssb"), merge("ssb", "baykar"))
    assert entity_id(resolution, "Turkish Defense Agency", ORGANIZATIONS) == "baykar"
    assert resolution.redirects["turkish-defense-agency"] == resolution.redirects["ssb"] == "baykar"


def test_splitting_takes_a_name_out_into_an_entity_of_its_own() -> None:
    resolution = decided(split("ismail-demir", "Demir"))
    assert entity_id(resolution, "Demir", PEOPLE) == "demir"
    assert entity_id(resolution, "Ismail Demir", PEOPLE) == "ismail-demir"
    assert resolution.assignments[PEOPLE, "demir"].evidence == "taken out of another entity by a person"


def test_splitting_the_canonical_name_leaves_the_rest_together() -> None:
    resolution = decided(split("ismail-demir", "Ismail Demir"))
    assert entity_id(resolution, "Demir", PEOPLE) != entity_id(resolution, "Ismail Demir", PEOPLE)


def test_splitting_after_merging_takes_apart_what_was_merged() -> None:
    resolution = decided(merge("baykar", "ssb"), split("ssb", "Baykar"))
    assert entity_id(resolution, "Baykar", ORGANIZATIONS) == "baykar"


def test_a_name_split_off_a_pack_entity_is_no_pack_entity() -> None:
    archive = [name(PLACES, "US", 5, "core:united-states"), name(PLACES, "America", 2)]
    resolution = decided(split("united-states", "America"), archive=archive)
    assert {entity.id: entity.reference for entity in resolution.entities} == {
        "america": None,
        "united-states": "core:united-states",
    }


def test_renaming_changes_the_name_and_keeps_the_id() -> None:
    resolution = decided(rename("ssb", "Savunma Sanayii Başkanlığı"))
    entity = next(entity for entity in resolution.entities if entity.id == "ssb")
    assert entity.name == "Savunma Sanayii Başkanlığı"
    assert entity.aliases[-1] == Alias("Savunma Sanayii Başkanlığı", 0)


def test_retyping_moves_an_entity_and_lets_it_meet_its_like() -> None:
    resolution = decided(retype("s-400s", "systems"))
    assert resolution.assignments[PEOPLE, "s 400s"].entity_id == "s-400"
    assert {entity.kind for entity in resolution.entities if entity.id == "s-400"} == {SYSTEMS}


def test_rejecting_hides_an_entity() -> None:
    resolution = decided(reject("ankara"))
    assert (PLACES, "ankara") not in resolution.assignments
    assert "ankara" not in {entity.id for entity in resolution.entities}


def test_what_is_kept_apart_is_suggested_no_more() -> None:
    archive = names(PEOPLE, "Demir", "Ismail Demir", "Ahmet Demir")
    assert [suggestion.into for suggestion in decided(archive=archive).suggestions] == ["ahmet-demir", "ismail-demir"]
    resolution = decided(apart("demir", "ismail-demir"), archive=archive)
    assert [suggestion.into for suggestion in resolution.suggestions] == ["ahmet-demir"]


def test_what_is_kept_apart_stays_apart_when_a_rule_would_join_it() -> None:
    made = decide(apart("demir", "ismail-demir"), archive=names(PEOPLE, "Demir", "Ismail Demir", "Ahmet Demir"))
    later = resolve(names(PEOPLE, "Demir", "Ismail Demir"), *made)
    assert entity_id(later, "Demir", PEOPLE) != entity_id(later, "Ismail Demir", PEOPLE)


def test_a_later_merge_outweighs_keeping_apart() -> None:
    resolution = decided(apart("baykar", "ssb"), merge("baykar", "ssb"))
    assert entity_id(resolution, "Baykar", ORGANIZATIONS) == "ssb"


def test_any_decision_can_be_undone_not_only_the_last() -> None:
    undone = decided(merge("baykar", "ssb"), rename("ssb", "Agency"), undo(1))
    assert undone == decided(rename("ssb", "Agency"))


def test_a_decision_holds_when_names_come_and_ids_change() -> None:
    made = decide(merge("demir", "hulusi-akar"), archive=names(PEOPLE, "Demir", "Hulusi Akar"))
    later = resolve(names(PEOPLE, "Demir", "Ismail Demir", "Hulusi Akar", "Akar"), *made)
    assert {entity.id for entity in later.entities} == {"hulusi-akar"}


def test_a_decision_about_names_that_are_gone_does_nothing() -> None:
    made = decide(merge("baykar", "ssb"), rename("baykar", "X"), split("ismail-demir", "Demir"))
    assert resolve(names(PEOPLE, "Hulusi Akar"), *made) == resolve(names(PEOPLE, "Hulusi Akar"))


def test_a_decision_of_another_archive_is_kept_as_it_is() -> None:
    made = decide(merge("baykar", "ssb"))[0]
    assert prepare(made, resolution=resolve([]), decisions=()) == made


def test_an_id_that_was_merged_away_still_names_its_entity() -> None:
    made = decide(merge("turkish-defense-agency", "ssb"), rename("turkish-defense-agency", "Agency"))
    assert made[1].arguments["entity"] == "ssb"


@pytest.mark.parametrize(
    ("decision", "message"),
    [
        (merge("nobody", "ssb"), "No entity has the id 'nobody'. Look for its name to see its id."),
        (merge("ssb", "ssb"), "cannot be merged into itself. Name two entities."),
        (merge("ssb", " "), "To merge, give into."),
        (
            split("ismail-demir", "Akar"),
            "has no name 'Akar' in the archive. Give one of its names: 'ismail demir', 'demir'; or a shorter form",
        ),
        (split("baykar", "Baykar"), "is the only name of Baykar (baykar). Rename or reject it instead, or take"),
        (rename("baykar", "Baykar"), "is called 'Baykar' already. Give another name."),
        (rename("baykar", "x" * 201), "at most 200 characters; this one has 201. Shorten it."),
        (retype("baykar", "firms"), "Choose one of: people, organizations, places, systems."),
        (retype("baykar", "organizations"), "is one of the organizations already. Choose another kind."),
        (reject(""), "To reject, give entity."),
        (apart("ssb", "ssb"), "ssb and ssb are one entity. Split off a name to part them."),
        (undo(7), "There is no decision 7 to undo. List the decisions to see their numbers."),
    ],
)
def test_a_decision_that_makes_no_sense_says_what_to_do(decision: Decision, message: str) -> None:
    with pytest.raises(DecisionError) as raised:
        decide(decision)
    assert message in str(raised.value)


def test_what_is_undone_cannot_be_undone_again() -> None:
    with pytest.raises(DecisionError, match="Decision 1 is undone already"):
        decide(reject("ankara"), undo(1), undo(1))


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        (merge("baykar", "ssb"), "merged “Baykar” into “Presidency of Defense Industries”"),
        (split("ismail-demir", "Demir"), "took the name “Demir” out of “Ismail Demir”"),
        (rename("baykar", "Baykar Tech"), "renamed “Baykar” to “Baykar Tech”"),
        (retype("baykar", "systems"), "moved “Baykar” to systems"),
        (reject("baykar"), "rejected “Baykar” as not an entity"),
        (apart("baykar", "ssb"), "kept “Baykar” apart from “Presidency of Defense Industries”"),
    ],
)
def test_a_decision_is_described_in_words(decision: Decision, words: str) -> None:
    assert describe(decide(decision)[0]) == words


def test_undoing_is_described_in_words() -> None:
    assert describe(undo(3)) == "undid decision 3"
