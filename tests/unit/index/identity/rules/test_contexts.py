from collections.abc import Collection, Mapping

import pytest

from index.identity.across_archive import resolve_names
from index.identity.records import Name, NameId, Resolution
from tests.unit.index.identity.archives import ORGANIZATIONS, PACKS, PEOPLE, PLACES, name, names

SHORT, ISMAIL, AHMET = names(PEOPLE, "Demir", "Ismail Demir", "Ahmet Demir")
COMPANY = names(ORGANIZATIONS, "Baykar", "Aselsan", "Roketsan", "Galatasaray", "Anadolu")
BAYKAR, ASELSAN, ROKETSAN, GALATASARAY, ANADOLU = COMPANY
ARCHIVE = [SHORT, ISMAIL, AHMET, *COMPANY]


def beside(*pairs: tuple[Name, Name]) -> Mapping[NameId, Mapping[NameId, int]]:
    """Return names that occur beside each other, one article for each pair."""
    found: dict[NameId, dict[NameId, int]] = {}
    for left, right in pairs:
        one, other = (left.kind, left.key), (right.kind, right.key)
        found.setdefault(one, {})[other] = 1
        found.setdefault(other, {})[one] = 1
    return found


def resolve(archive: list[Name], company: Mapping[NameId, Mapping[NameId, int]]) -> Resolution:
    def companions(asked: Collection[NameId]) -> Mapping[NameId, Mapping[NameId, int]]:
        return {name_id: company[name_id] for name_id in asked if name_id in company}

    return resolve_names(archive, packs=PACKS, decisions=(), companions=companions)


def test_a_surname_with_two_bearers_means_the_one_whose_company_it_keeps() -> None:
    company = beside((SHORT, BAYKAR), (SHORT, ASELSAN), (ISMAIL, BAYKAR), (ISMAIL, ASELSAN), (AHMET, GALATASARAY))
    assignment = resolve(ARCHIVE, company).assignments[PEOPLE, "demir"]
    assert (assignment.entity_id, assignment.rule) == ("ismail-demir", "context")
    assert assignment.evidence == (
        "surname of “Ismail Demir”, one of 2 in the archive; like that one named beside “Aselsan” and “Baykar”"
    )


@pytest.mark.parametrize(
    "company",
    [
        beside(),
        beside((SHORT, BAYKAR), (ISMAIL, BAYKAR)),
        beside((SHORT, BAYKAR), (SHORT, ASELSAN), (ISMAIL, ROKETSAN), (AHMET, GALATASARAY)),
        beside(
            (SHORT, BAYKAR),
            (SHORT, ASELSAN),
            (SHORT, ANADOLU),
            (ISMAIL, BAYKAR),
            (ISMAIL, ASELSAN),
            (AHMET, ANADOLU),
        ),
        beside((SHORT, ISMAIL), (SHORT, AHMET)),
    ],
    ids=["nobody is known", "one companion", "other companions", "companions of both", "the candidates themselves"],
)
def test_a_surname_stays_alone_when_its_company_does_not_decide(
    company: Mapping[NameId, Mapping[NameId, int]],
) -> None:
    assert resolve(ARCHIVE, company).assignments[PEOPLE, "demir"].entity_id == "demir"


def test_companions_that_everybody_is_named_beside_do_not_decide() -> None:
    everywhere = [name(ORGANIZATIONS, "Baykar", 90000), name(ORGANIZATIONS, "Aselsan", 90000)]
    company = beside((SHORT, BAYKAR), (SHORT, ASELSAN), (ISMAIL, BAYKAR), (ISMAIL, ASELSAN))
    assert resolve([SHORT, ISMAIL, AHMET, *everywhere], company).assignments[PEOPLE, "demir"].entity_id == "demir"


def test_a_suggestion_says_who_is_named_beside_both() -> None:
    frequent = [name(ORGANIZATIONS, "Baykar", 900), name(ORGANIZATIONS, "Aselsan", 900)]
    company = beside((SHORT, BAYKAR), (SHORT, ASELSAN), (ISMAIL, BAYKAR), (ISMAIL, ASELSAN))
    suggestions = resolve([SHORT, ISMAIL, AHMET, *frequent], company).suggestions
    said = "surname of “Ismail Demir”, one of 2 in the archive; like that one named beside “Aselsan” and “Baykar”"
    assert [(found.into, found.evidence) for found in suggestions] == [("ismail-demir", said)]


def test_a_place_that_two_pack_entries_are_called_is_decided_by_its_company() -> None:
    plain = name(PLACES, "Georgia", 2)
    country, state = name(PLACES, "Georgia", 3, "core:georgia"), name(PLACES, "Georgia", 3, "core:georgia-us-state")
    cities = names(PLACES, "Tbilisi", "Batumi", "Atlanta")
    company = beside(
        (plain, cities[0]), (plain, cities[1]), (country, cities[0]), (country, cities[1]), (state, cities[2])
    )
    assigned = resolve([plain, country, state, *cities], company).assignments
    assert assigned[PLACES, "georgia"].entity_id == assigned[PLACES, "georgia@core:georgia"].entity_id
