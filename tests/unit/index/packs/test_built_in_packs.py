"""Invariants of the built-in packs."""

from collections import Counter

import pytest

from index.model import Kind
from index.packs.loader import PackEntry, Packs, load_packs, split_cell

PACKS = load_packs(("core", "defence"))
COUNTRIES = {entry.name for entry in PACKS.entries if entry.attributes.get("category") == "country"}


def forms(entry: PackEntry) -> set[str]:
    return {entry.name, *entry.aliases} - set(split_cell(entry.attributes.get("ambiguous", "")))


@pytest.fixture(scope="module")
def packs() -> Packs:
    return PACKS


@pytest.mark.parametrize(
    ("kind", "least"), [(Kind.PLACES, 2400), (Kind.ORGANIZATIONS, 3000), (Kind.PEOPLE, 1100), (Kind.SYSTEMS, 700)]
)
def test_there_are_many_entries_of_each_kind(kind: Kind, least: int) -> None:
    assert sum(entry.kind is kind for entry in PACKS.entries) >= least


@pytest.mark.parametrize(
    ("category", "least"),
    [("city", 1400), ("capital", 220), ("country", 260), ("party", 900), ("armed group", 150), ("central bank", 110),
     ("firm", 590), ("force", 250), ("radar", 30), ("electronic warfare", 15), ("submarine", 35)],
)  # fmt: skip
def test_there_are_many_entries_of_each_category(category: str, least: int) -> None:
    assert sum(entry.attributes.get("category") == category for entry in PACKS.entries) >= least


def test_heads_of_state_have_terms_of_office() -> None:
    heads = [entry for entry in PACKS.entries if entry.attributes.get("role") in {"President", "Prime Minister"}]
    assert [entry.name for entry in heads if not entry.attributes.get("term")] == []


def test_no_two_entries_of_one_kind_share_a_form_but_places() -> None:
    counts = Counter(
        (entry.kind, form) for entry in PACKS.entries if entry.kind is not Kind.PLACES for form in forms(entry)
    )
    assert [form for form, count in counts.items() if count > 1] == []


def test_every_context_that_an_entry_asks_for_is_described() -> None:
    asked = {name for entry in PACKS.entries for name in split_cell(entry.attributes.get("context", ""))}
    assert asked <= {row["context"] for row in PACKS.rows("contexts")}


def test_every_ambiguous_entry_asks_for_a_context() -> None:
    ambiguous = [entry for entry in PACKS.entries if entry.attributes.get("ambiguous")]
    assert [entry.reference for entry in ambiguous if not entry.attributes.get("context")] == []


def test_every_country_that_a_row_names_is_a_country_of_the_pack() -> None:
    named = {entry.attributes["country"] for entry in PACKS.entries if entry.attributes.get("country")}
    named |= {row["country"] for row in PACKS.rows("demonyms")}
    assert named - COUNTRIES - {"Crimea"} == set()


def test_no_cell_has_blanks_around_it_or_markup() -> None:
    cells = [cell for entry in PACKS.entries for cell in (entry.name, *entry.aliases, *entry.attributes.values())]
    assert [cell for cell in cells if cell != cell.strip() or "<" in cell or "&amp;" in cell or "\ufffd" in cell] == []


@pytest.mark.parametrize("word", ["Of", "Mobile", "Reading", "Nice", "Split", "Most", "Police", "March"])
def test_a_town_spelled_like_a_word_is_not_a_sure_place(word: str) -> None:
    sure = {form for entry in PACKS.entries if entry.kind is Kind.PLACES for form in forms(entry)}
    towns = {town for row in PACKS.rows("towns") for town in split_cell(row["towns"])}
    assert word not in sure | towns
