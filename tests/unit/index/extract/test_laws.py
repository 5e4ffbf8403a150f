import pytest

from index.extract.laws import LawAcronyms
from index.extract.vocabulary import Vocabulary

LAWS = LawAcronyms(Vocabulary(law_words=frozenset({"Act", "Treaty"}), law_acronyms=frozenset({"CAATSA"})))


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
    assert LAWS.in_text(text) == {"CAATSA"} | found


def test_without_packs_there_is_none() -> None:
    assert not LawAcronyms(Vocabulary()).in_text("The Stored Oil Act (SOA) was passed.")
