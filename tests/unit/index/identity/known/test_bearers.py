"""Terms of office, offices and dates decide between people of one name."""

import pytest

from index.identity.across_archive import resolve_names
from index.identity.records import Name
from index.model import Kind
from tests.unit.index.identity.known.archive import PACKS, first_keys, links_of

FATHER, SON = "core:ansgar-h-w-roken", "core:ansgar-w-roken"
MINISTER = "core:mevlan-cavustoglu"


@pytest.mark.parametrize(
    ("year", "reference"),
    [
        (1987, FATHER),
        (1991, FATHER),
        (1994, FATHER),
        (2000, SON),
        (2003, SON),
        (2012, SON),
        # As near to the one as to the other.
        (1997, None),
        (1998, None),
        # Long before and long after both, and without a date.
        (1950, None),
        (2040, None),
        (None, None),
    ],
)
def test_the_date_decides_between_father_and_son(year: int | None, reference: str | None) -> None:
    ((key, _),) = links_of("Ansgar Roken said so.", "people: Ansgar Roken", year=year)
    assert key.partition("@")[2].partition("~")[0] in ({reference} if reference else {"", "~"})


@pytest.mark.parametrize(
    ("name", "year", "letter"),
    [
        ("Runa Falk", 1970, "b"),
        ("Runa Falk", 1984, "b"),
        # The younger is sixteen, and may be meant.
        ("Runa Falk", 1985, None),
        ("Runa Falk", 2003, None),
        # Ten years after the death of the elder.
        ("Runa Falk", 2004, "c"),
        ("Runa Falk", 2040, "c"),
        ("Runa Falk", None, None),
        # A surname alone is that of many.
        ("Falk", 2040, None),
        # Nobody knows how old the other is.
        ("Sune Holt", 1955, None),
        ("Sune Holt", 1990, None),
    ],
)
def test_years_of_life_decide_between_people_of_one_name(name: str, year: int | None, letter: str | None) -> None:
    ((key, rule),) = links_of(f"{name} said so.", f"people: {name}", year=year)
    given, _, surname = name.lower().partition(" ")
    expected = f"{name.lower()}@core:{given}-{letter}-{surname}", "years of life"
    assert (key, rule) == (expected if letter else (name.lower(), "name"))


def test_somebody_named_before_all_of_a_name_were_grown_up_is_somebody_else() -> None:
    assert first_keys(links_of("Runa Falk said so.", "people: Runa Falk", year=1940)) == ["runa falk@"]


@pytest.mark.parametrize(
    ("body", "year", "reference"),
    [
        ("President Roken spoke.", 1990, FATHER),
        ("President Roken spoke.", 2004, SON),
        ("Norlandic President Roken spoke.", 2004, SON),
        ("The Norland president Roken spoke.", 2004, SON),
        # Nobody of this name was president then, or the office is another one.
        ("President Roken spoke.", 1997, None),
        ("Vice President Roken spoke.", 1990, None),
        ("Ostland President Roken spoke.", 1990, None),
        ("Acme Motors President Roken spoke.", 1990, None),
        ("He saw the President. Roken spoke.", 1990, None),
        ("President Roken spoke.", None, None),
        ("Roken spoke.", 1990, None),
    ],
)
def test_an_office_decides_who_bears_a_surname(body: str, year: int | None, reference: str | None) -> None:
    ((key, rule),) = links_of(body, "people: Roken", year=year)
    assert (key, rule) == ((f"roken@{reference}", "office") if reference else ("roken", "name"))


def test_a_surname_follows_the_full_name_of_its_article() -> None:
    found = links_of("Ansgar Roken spoke. Roken left.", "people: Ansgar Roken", "people: Roken", year=1987)
    assert found == [(f"ansgar roken@{FATHER}", "term of office")] * 2


def test_somebody_named_long_before_office_is_somebody_else() -> None:
    found = links_of("Dudinski struck at the factory.", "people: Dudinski", year=1981)
    assert first_keys(found) == ["dudinski@"]
    assert links_of("Dudinski came.", "people: Dudinski", year=2012) == [("dudinski", "name")]


@pytest.mark.parametrize(
    ("year", "key"),
    [(1930, "kaj tessin@~"), (1946, "kaj tessin@core:kaj-tessin"), (None, "kaj tessin@core:kaj-tessin")],
)
def test_a_full_name_before_its_bearer_was_grown_up_is_somebody_else(year: int | None, key: str) -> None:
    ((found, _),) = links_of("Kaj Tessin won a race.", "people: Kaj Tessin = core:kaj-tessin", year=year)
    assert found.startswith(key)


def test_a_later_president_is_not_joined_to_who_came_before() -> None:
    ((early, _),) = links_of("Dudinski struck.", "people: Dudinski", year=1981)
    archive = [Name(Kind.PEOPLE, early, "Dudinski"), Name(Kind.PEOPLE, "jerko dudinski", "Jerko Dudinski")]
    assert len(resolve_names(archive, packs=PACKS, decisions=()).entities) == 2


@pytest.mark.parametrize("short", ["Ansgar Roken", "Roken"])
def test_an_archive_with_the_son_alone_does_not_make_a_name_his(short: str) -> None:
    archive = [Name(Kind.PEOPLE, short.lower(), short), Name(Kind.PEOPLE, "ansgar w roken", "Ansgar W. Roken")]
    assert len(resolve_names(archive, packs=PACKS, decisions=()).entities) == 2


@pytest.mark.parametrize(
    ("body", "text", "is_minister"),
    [
        ("Foreign Minister Mevlan Cavustglu spoke.", "Mevlan Cavustglu", True),
        ("Sudlandic Foreign Minister Mevlan Cavsutoglu spoke.", "Mevlan Cavsutoglu", True),
        ("Mevlan Cavustogly, the foreign minister of Sudland, spoke.", "Mevlan Cavustogly", True),
        ("Mevlan Cavustoglou, Sudland’s foreign minister, spoke.", "Mevlan Cavustoglou", True),
        ("Foreign Minister Cavustglu spoke.", "Cavustglu", True),
        # Another office, another country, another given name, two letters, no office, and a company's.
        ("Deputy Foreign Minister Mevlan Cavustglu spoke.", "Mevlan Cavustglu", False),
        ("Norlandic Foreign Minister Mevlan Cavustglu spoke.", "Mevlan Cavustglu", False),
        ("Foreign Minister Hakan Cavustglu spoke.", "Hakan Cavustglu", False),
        ("Foreign Minister Mevlan Cavstglu spoke.", "Mevlan Cavstglu", False),
        ("Mevlan Cavustglu spoke.", "Mevlan Cavustglu", False),
        ("Mevlan Cavustglu, a baker. Foreign Minister Ek came.", "Mevlan Cavustglu", False),
    ],
)
def test_a_slip_beside_the_office_that_a_pack_knows(body: str, text: str, *, is_minister: bool) -> None:
    ((key, rule),) = links_of(body, f"people: {text}", year=2019)
    assert (key, rule) == ((f"{text.lower()}@{MINISTER}", "misspelling") if is_minister else (text.lower(), "name"))


def test_a_slip_out_of_office_is_nobody_known() -> None:
    found = links_of("Foreign Minister Mevlan Cavustglu spoke.", "people: Mevlan Cavustglu", year=2005)
    assert found == [("mevlan cavustglu", "name")]
