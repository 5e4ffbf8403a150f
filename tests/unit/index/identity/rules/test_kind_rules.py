"""One name in several kinds: the kind with far better evidence is that of all, and people decide."""

from collections.abc import Mapping

import pytest

from index.identity.across_archive import resolve_names
from index.identity.decisions.prepare import prepare
from index.identity.records import AnyDecision, Companions, Name, NameId, Resolution, Retype, Split, Witness
from index.model import Kind
from tests.unit.index.identity.archives import ORGANIZATIONS, PACKS, PEOPLE, PLACES, SYSTEMS, made_of, name

Found = Mapping[str, int]


def recognizer(share: int) -> str:
    return f"recognizer: recognizer, {share}% sure"


LEGAL_FORM = "organizations: 'Inc' ends the name"
TITLE = "people: title 'Minister' before name"
SAID = "people: 'said' after name"
DATELINE = "datelines: begins a dateline"
SAME_AGAIN = "surnames: 'Alcan' in the same article"
OF_LONGER = "surnames: 'Bill Saxon' in the same article"


def archive(text: str, found: Mapping[Kind, Found]) -> list[Name]:
    return [name(kind, text, sum(counts.values())) for kind, counts in found.items()]


def resolve(
    text: str,
    found: Mapping[Kind, Found],
    *decisions: AnyDecision,
    more: tuple[Name, ...] = (),
    companions: Companions | None = None,
) -> Resolution:
    names = archive(text, found)
    heard = {
        (item.kind, item.key): {Witness(*said.split(": ", 1)): count for said, count in found[item.kind].items()}
        for item in names
    }
    return resolve_names(
        [*names, *more],
        packs=PACKS,
        decisions=made_of(decisions),
        companions=companions,
        witnesses=lambda wanted: {name_id: heard.get(name_id, {}) for name_id in wanted},
    )


def kinds_of(resolution: Resolution, text: str, *kinds: Kind) -> list[Kind]:
    """The kind of the entity that a name of each kind means."""
    kind_of = {entity.id: entity.kind for entity in resolution.entities}
    ids = [resolution.assignments[name(kind, text).kind, name(kind, text).key].entity_id for kind in kinds]
    return [kind_of[entity_id] for entity_id in ids]


@pytest.mark.parametrize(
    ("text", "found", "winner"),
    [
        ("US", {PLACES: {"gazetteer: pack": 40}, ORGANIZATIONS: {recognizer(58): 1}}, PLACES),
        ("Vladimir Putin", {PEOPLE: {"gazetteer: pack": 9}, ORGANIZATIONS: {recognizer(91): 1}}, PEOPLE),
        ("Calny", {ORGANIZATIONS: {LEGAL_FORM: 2}, PLACES: {recognizer(69): 1}}, ORGANIZATIONS),
        ("Alcan", {ORGANIZATIONS: {recognizer(98): 4}, PEOPLE: {recognizer(62): 1, SAME_AGAIN: 6}}, ORGANIZATIONS),
        ("Statistics Alcan", {ORGANIZATIONS: {recognizer(98): 4}, PEOPLE: {SAID: 1, SAME_AGAIN: 1}}, ORGANIZATIONS),
        ("Elkhart", {PLACES: {DATELINE: 2}, ORGANIZATIONS: {recognizer(88): 1}}, PLACES),
        ("Hulusi Akar", {PEOPLE: {TITLE: 3}, PLACES: {recognizer(70): 2}}, PEOPLE),
        ("Tor-Zed", {SYSTEMS: {"designators: designator near 'missile'": 2}, PEOPLE: {recognizer(70): 1}}, SYSTEMS),
        ("Rexnord", {ORGANIZATIONS: {LEGAL_FORM: 3}, PEOPLE: {recognizer(80): 1}}, ORGANIZATIONS),
    ],
)
def test_far_better_evidence_decides_the_kind(text: str, found: Mapping[Kind, Found], winner: Kind) -> None:
    resolution = resolve(text, found)
    assert kinds_of(resolution, text, *found) == [winner] * len(found)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        # Both sides are strong, or as strong.
        ("Ford", {ORGANIZATIONS: {LEGAL_FORM: 40}, PEOPLE: {TITLE: 1}}),
        ("US", {PLACES: {"gazetteer: pack": 40}, ORGANIZATIONS: {LEGAL_FORM: 1}}),
        ("Heck", {ORGANIZATIONS: {recognizer(88): 4}, PEOPLE: {recognizer(88): 5}}),
        # Weak evidence is none, however often the other is met.
        ("Kaines", {ORGANIZATIONS: {recognizer(75): 1}, PLACES: {recognizer(55): 1}}),
        # Somebody who is named like a town, and a firm that is named like somebody.
        ("Carson", {PLACES: {DATELINE: 3}, PEOPLE: {recognizer(93): 1}}),
        ("Hughes", {PEOPLE: {recognizer(98): 27}, ORGANIZATIONS: {recognizer(91): 1, recognizer(80): 1}}),
        # The surname of somebody whom the article names in full.
        ("Saxon", {ORGANIZATIONS: {LEGAL_FORM: 1}, PEOPLE: {OF_LONGER: 4}}),
    ],
)
def test_evidence_of_both_sides_leaves_two(text: str, found: Mapping[Kind, Found]) -> None:
    assert kinds_of(resolve(text, found), text, *found) == list(found)


def test_the_reason_says_who_says_so_and_how_often() -> None:
    found = {ORGANIZATIONS: {LEGAL_FORM: 2, recognizer(90): 1}, PLACES: {recognizer(69): 1}}
    assignment = resolve("Calny", found).assignments[PLACES, "calny"]
    assert (assignment.rule, assignment.evidence) == (
        "kind",
        "an organization in 3 mentions ('Inc' ends the name); a place only in 1 mention (recognizer, 69% sure)",
    )


def test_less_is_enough_when_an_article_has_both() -> None:
    found = {ORGANIZATIONS: {recognizer(90): 2, recognizer(71): 2}, PLACES: {recognizer(85): 2}}
    both: dict[NameId, dict[NameId, int]] = {(PLACES, "cedel"): {(ORGANIZATIONS, "cedel"): 1}}
    assert kinds_of(resolve("Cedel", found), "Cedel", *found) == [ORGANIZATIONS, PLACES]
    together = resolve("Cedel", found, companions=lambda _: both)
    assert kinds_of(together, "Cedel", *found) == [ORGANIZATIONS, ORGANIZATIONS]
    assert together.assignments[PLACES, "cedel"].evidence.endswith("; both in one article")


def test_a_surname_of_two_is_no_town() -> None:
    bearers = (name(PEOPLE, "Joe Dover"), name(PEOPLE, "Ann Dover"))
    found = {PLACES: {DATELINE: 9}, PEOPLE: {recognizer(52): 1}}
    assert kinds_of(resolve("Dover", found, more=bearers), "Dover", *found) == [PLACES, PEOPLE]


def test_the_kind_that_a_person_decided_is_that_of_all() -> None:
    found = {ORGANIZATIONS: {recognizer(60): 1}, PLACES: {DATELINE: 3}}
    as_place = resolve("Sterling", found)
    entity = as_place.assignments[PLACES, "sterling"].entity_id
    retyped = prepare(Retype(entity, PEOPLE), resolution=as_place)
    assert kinds_of(resolve("Sterling", found, retyped), "Sterling", *found) == [PEOPLE, PEOPLE]


@pytest.mark.parametrize(("evidence", "kind"), [(recognizer(85), PEOPLE), (LEGAL_FORM, ORGANIZATIONS)])
def test_weak_evidence_for_another_kind_follows_a_decision(evidence: str, kind: Kind) -> None:
    found = {ORGANIZATIONS: {evidence: 2}, PLACES: {DATELINE: 1}}
    two = resolve("Sterling", found)
    place = two.assignments[PLACES, "sterling"].entity_id
    retyped = prepare(Retype(place, PEOPLE), resolution=two)
    assert kinds_of(resolve("Sterling", found, retyped), "Sterling", *found) == [kind, PEOPLE]


def test_a_split_takes_the_other_kind_out_again() -> None:
    found = {ORGANIZATIONS: {LEGAL_FORM: 5}, PLACES: {recognizer(60): 1}}
    one = resolve("Calny", found)
    split = prepare(Split(one.assignments[PLACES, "calny"].entity_id, "Calny"), resolution=one)
    assert kinds_of(resolve("Calny", found, split), "Calny", *found) == [ORGANIZATIONS, PLACES]


@pytest.mark.parametrize(
    ("share", "mentions", "winner"),
    [
        (78, 4, ORGANIZATIONS),
        (85, 4, ORGANIZATIONS),
        # Read firmly, it may be the founder; and one mention of the firm is little.
        (95, 40, PEOPLE),
        (85, 1, PEOPLE),
    ],
)
def test_a_firm_with_its_legal_form_tells_what_its_bare_name_is(share: int, mentions: int, winner: Kind) -> None:
    firm, person = name(ORGANIZATIONS, "Brontek ASA", mentions), name(PEOPLE, "Brontek")
    heard = {
        (firm.kind, firm.key): {Witness("organizations", "'ASA' ends the name"): mentions},
        (person.kind, person.key): {Witness("recognizer", f"recognizer, {share}% sure"): 1},
    }
    found = resolve_names(
        [firm, person],
        packs=PACKS,
        decisions=(),
        witnesses=lambda wanted: {name_id: heard.get(name_id, {}) for name_id in wanted},
    )
    assert kinds_of(found, "Brontek", PEOPLE) == [winner]
    assert kinds_of(found, "Brontek ASA", ORGANIZATIONS) == [ORGANIZATIONS]
