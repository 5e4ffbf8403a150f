"""Names that only their company links: nicknames, parts of firms, slips in surnames, acronyms with "The"."""

import pytest

from index.identity.across_archive import resolve_names
from index.identity.records import Name, NameId
from index.identity.similarity.short_forms import is_part_of_system
from index.model import Kind
from tests.unit.index.identity.archives import ORGANIZATIONS, PACKS, PEOPLE, PLACES, SYSTEMS, is_one, name, names

NEAR = (*names(PLACES, "Tarrow", "Elkfoss"),)


def joined(kind: Kind, short: str, *longer: str, together: bool) -> str:
    """What a name is linked to, or itself; the first of the longer names stands beside the same two names, or not."""
    archive = [*names(kind, short, *longer), *NEAR]
    ids: list[NameId] = [(item.kind, item.key) for item in archive]
    beside: dict[NameId, dict[NameId, int]] = {ids[0]: dict.fromkeys(ids[-2:], 1)}
    if together:
        beside[ids[1]] = dict.fromkeys(ids[-2:], 1)
    resolution = resolve_names(archive, packs=PACKS, decisions=(), companions=lambda _: beside)
    own, first = (resolution.assignments[name_id] for name_id in ids[:2])
    return own.rule if own.entity_id == first.entity_id else "apart"


@pytest.mark.parametrize(
    ("kind", "short", "longer"),
    [
        (PEOPLE, "Mo Kestrand", "Maurice Kestrand"),
        (PEOPLE, "Kestrnadov", "Olga Kestrandov"),
        (ORGANIZATIONS, "Kestrand", "Kestrand Aviation Inc"),
        (ORGANIZATIONS, "Kestrand", "Kestrand Kites"),
        (ORGANIZATIONS, "Kites", "Kestrand Kites"),
        (ORGANIZATIONS, "THR", "Hollow Reporter"),
    ],
)
def test_company_links_what_a_rule_alone_does_not(kind: Kind, short: str, longer: str) -> None:
    assert joined(kind, short, longer, together=True) == "context"
    assert joined(kind, short, longer, together=False) == "apart"


@pytest.mark.parametrize(
    ("kind", "short", "longer"),
    [
        # Parts of a firm have more words than the firm.
        (ORGANIZATIONS, "Kestrand", "Kestrand Finance Ltd"),
        (ORGANIZATIONS, "Kestrand", "Kestrand Georgia"),
        (ORGANIZATIONS, "Kestrand", "Kestrand Aviation Repair Works"),
        (ORGANIZATIONS, "Bank", "Bank Kestrand"),
        # Another given name, and a slip in a short surname.
        (PEOPLE, "Bob Kestrand", "William Kestrand"),
        (PEOPLE, "Wodo", "Olga Wood"),
    ],
)
def test_company_alone_is_not_enough(kind: Kind, short: str, longer: str) -> None:
    assert joined(kind, short, longer, together=True) == "apart"


def test_a_branch_among_the_longer_names_leaves_the_firm_alone() -> None:
    assert joined(ORGANIZATIONS, "Kestrand", "Kestrand Kites", "Kestrand Credit", together=True) == "apart"


def test_bearers_that_were_found_to_be_one_share_their_surname() -> None:
    archive = [*names(PEOPLE, "Kestrand", "Maurice Kestrand", "Mo Kestrand"), *NEAR]
    ids: list[NameId] = [(item.kind, item.key) for item in archive]
    beside = {name_id: dict.fromkeys(ids[-2:], 1) for name_id in ids[1:3]}
    assigned = resolve_names(archive, packs=PACKS, decisions=(), companions=lambda _: beside).assignments
    assert assigned[ids[0]].entity_id == "maurice-kestrand"
    assert assigned[ids[0]].evidence == "surname of “Maurice Kestrand”, as all others in the archive are the same"


def test_a_year_before_a_team_is_no_other_team() -> None:
    archive: list[Name] = [*names(ORGANIZATIONS, "Colts", "Ankara Colts", "2008 Colts"), name(PLACES, "Ankara")]
    assigned = resolve_names(archive, packs=PACKS, decisions=()).assignments
    assert assigned[ORGANIZATIONS, "colts"].entity_id == "ankara-colts"


@pytest.mark.parametrize(("short", "full"), [("Kestrand", "Kestrand class"), ("Kestrand", "Kestrand-class carrier")])
def test_a_ship_is_not_its_class(short: str, full: str) -> None:
    assert not is_one(SYSTEMS, short, full)
    assert not is_part_of_system(("kestrand",), tuple(full.lower().replace("-", " ").split()))
