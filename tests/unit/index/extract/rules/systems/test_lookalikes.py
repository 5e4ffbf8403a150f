import pytest

from index.extract.rules.systems.lookalikes import ThingsComponent
from index.extract.rules.vocabulary import Vocabulary

THINGS = ThingsComponent(
    Vocabulary(
        law_words=frozenset({"Act", "Treaty"}),
        law_acronyms=frozenset({"CAATSA"}),
        before_thing=frozenset({"Hurricane", "USS"}),
    )
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Stored Oil Act (SOA) was passed.", {"SOA"}),
        ("The Stored Oil Act of 1938 (SOA) was passed.", {"SOA"}),
        ("The Stored Oil (SO) Act was passed.", {"SO"}),
        ("The Stored Oil Act (UN) was passed.", set()),
        ("The Stored Oil Actors (SOA) came.", set()),
        ("The North Oil Treaty Organization (NOTO) met.", set()),
        ("The Stored Oil Agency (SOA) met.", set()),
    ],
)
def test_an_acronym_in_brackets_beside_the_word_for_a_law_is_one(text: str, found: set[str]) -> None:
    assert THINGS.read(text).laws == {"CAATSA"} | found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hurricane Dorian killed two.", {"Dorian"}),
        ("Two hurricanes, Dorian and Humberto, passed.", set()),
        ("The USS Gerald\nR. Ford left on Monday.", {"Gerald\nR. Ford"}),
        ("The USSR Ministry left.", set()),
    ],
)
def test_what_follows_the_word_for_a_storm_or_a_ship_is_its_name(text: str, found: set[str]) -> None:
    assert THINGS.read(text).namesakes == found


def test_without_packs_there_is_none() -> None:
    things = ThingsComponent(Vocabulary()).read("Hurricane Dorian met the Stored Oil Act (SOA).")
    assert not things.laws
    assert not things.namesakes
