"""Forms of address tell people of one surname apart."""

import pytest

from tests.unit.index.identity.known.archive import first_keys, links_of

PRESIDENT = "dudinski@core:jerko-dudinski"
BARE = "people: Dudinski = core:jerko-dudinski"
IN_FULL = "people: Jerko Dudinski = core:jerko-dudinski"


@pytest.mark.parametrize("address", ["Mrs.", "Mrs", "Ms.", "Miss", "Madame", "Lady", "Frau"])
def test_a_woman_is_not_the_president_of_her_name(address: str) -> None:
    found = links_of(f"President Jerko Dudinski spoke. {address} Dudinski opened a school.", IN_FULL, BARE, year=2019)
    assert first_keys(found) == ["jerko dudinski@core:jerko-dudinski", "dudinski@"]
    assert found[1][1] == "form of address"


def test_she_is_the_only_other_of_that_name() -> None:
    body = "President Jerko Dudinski spoke. Mrs. Dudinski opened a school. His wife Agna Dudinski came."
    assert links_of(body, IN_FULL, BARE, "people: Agna Dudinski", year=2019)[1] == ("agna dudinski", "form of address")


def test_a_form_of_address_may_be_part_of_the_mention() -> None:
    found = links_of("Jerko Dudinski spoke. Mrs. Dudinski left.", IN_FULL, "people: Mrs. Dudinski", year=2019)
    assert found[1][1] == "form of address"


def test_the_wives_of_one_president_are_one_in_all_articles() -> None:
    one = links_of("Mrs. Dudinski opened a school.", BARE, year=2019)
    other = links_of("President Jerko Dudinski spoke, and Mrs. Dudinski left.", IN_FULL, BARE, year=2020)
    assert one[0] == other[1]


@pytest.mark.parametrize("body", ["Mr. Dudinski spoke.", "President Dudinski spoke.", "Dudinski, Mrs. Ek said, spoke."])
def test_he_stays_himself(body: str) -> None:
    assert links_of(body, BARE, year=2019) == [(PRESIDENT, "pack")]


def test_a_woman_in_office_is_addressed_as_a_woman() -> None:
    bare = "people: Tarvanen = core:ilse-tarvanen"
    assert links_of("Mrs. Tarvanen spoke.", bare, year=1985) == [("tarvanen@core:ilse-tarvanen", "pack")]
    assert first_keys(links_of("Mr. Tarvanen played golf.", bare, year=1985)) == ["tarvanen@"]


def test_an_article_tells_the_sex_of_somebody_unknown() -> None:
    body = "Mr. Per Ek spoke. Mrs. Ek left. Ek sat down."
    found = links_of(body, "people: Per Ek", "people: Ek", "people: Ek", year=1985)
    assert first_keys(found) == ["per ek", "ek@", "per ek"]


def test_somebody_whose_sex_nothing_tells_is_the_bearer_of_the_surname() -> None:
    found = links_of("Robin Ek spoke. Mrs. Ek left.", "people: Robin Ek", "people: Ek", year=1985)
    assert [key for key, _ in found] == ["robin ek", "robin ek"]


def test_the_president_is_not_the_wife_whom_the_article_names_in_full() -> None:
    body = "President Roken spoke. Nana Roken smiled. President Roken left. Mrs. Roken stayed."
    found = links_of(body, "people: Roken", "people: Nana Roken", "people: Roken", "people: Roken", year=1990)
    assert [key for key, _ in found] == [
        "roken@core:ansgar-h-w-roken",
        "nana roken",
        "roken@core:ansgar-h-w-roken",
        "nana roken",
    ]


def test_a_new_president_of_an_old_name_is_himself() -> None:
    found = links_of(
        "President Nana Roken spoke. President Roken left.", "people: Nana Roken", "people: Roken", year=1990
    )
    assert [key for key, _ in found] == ["nana roken", "nana roken"]
