from collections.abc import Callable

import pytest

from index.extract.candidates import CANDIDATES_KEY, TOKENS_KEY, Candidate
from index.extract.language import ArticleLanguage
from index.extract.rules.people.inverted_names import InvertedNamesComponent
from index.extract.rules.vocabulary import Vocabulary
from index.extract.tokens import read_tokens
from index.identity.naming.keys import key_of
from index.model import Kind, Mention
from index.normalize.name_words import NameWords
from index.packs.loader import Packs

Names = Callable[[str, Kind], list[str]]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        # A given name stands second, alone in its line or between marks
        ("Brunt, Michael", ["Brunt, Michael"]),
        ("Brunt, Michael: 12, 44", ["Brunt, Michael"]),
        ("Brunt, Michael, 12", ["Brunt, Michael"]),
        ("Brunt, Michael A.\nvan der Quell, Maria", ["Brunt, Michael A.", "van der Quell, Maria"]),
        ("Brunt, M. (Oslo)", ["Brunt, M."]),
        ("By Brunt, Michael\n\nIt rained.", ["Brunt, Michael"]),
        ("Guests: Brunt, Michael; Quell, Maria.", ["Brunt, Michael", "Quell, Maria"]),
        # The pack knows her
        ("Merkel, Angela: chancellor", ["Merkel, Angela"]),
        ("They met Harrow, Merkel, Angela, and others.", ["Merkel, Angela"]),
        # The article has the other order
        ("Quellon, Dorna\n\nThe minister Dorna Quellon slept.", ["Quellon, Dorna", "Dorna Quellon"]),
        # Given names in two parts, behind a surname that packs know
        ("Ban, Ki-moon: 12, 44", ["Ban, Ki-moon"]),
        ("Guests: Kim, Dor-nem; Quell, Maria.", ["Kim, Dor-nem", "Quell, Maria"]),
        ("Brontek, Re-opening", []),
        ("Kim, Dor -nem", []),
        # A verb of saying is no part of a known name
        ("Said Merkel, Angela: no.", ["Merkel, Angela"]),
        # Places, given names, another sentence
        ("Paris, Texas", []),
        ("Oslo, Michael Brunt said, is cold.", ["Michael Brunt"]),
        ("Maria, Michael", []),
        ("In Brunt, Michael said it rained.", []),
    ],
)
def test_a_surname_stands_before_a_given_name(text: str, people: list[str], names: Names) -> None:
    assert names(text, Kind.PEOPLE) == people


def test_a_known_person_keeps_the_reference_in_either_order(find: Callable[[str], list[Mention]]) -> None:
    found = [mention.reference for mention in find("Merkel, Angela; she") if mention.kind is Kind.PEOPLE]
    assert found == ["core:angela-merkel"]


@pytest.mark.parametrize(
    ("texts", "key"),
    [(("Brunt, Ayla", "Ayla Brunt"), "ayla brunt"), (("Kim, Dor-nem", "Kim Dor-nem"), "kim dor nem")],
)
def test_both_orders_have_one_key(texts: tuple[str, str], key: str) -> None:
    assert {key_of(text, Kind.PEOPLE, reference=None, words=NameWords()) for text in texts} == {key}


@pytest.mark.parametrize(
    ("text", "spans", "left"),
    [
        ("Brunt, Ayla\nIt rained.", [(0, 5), (7, 11)], []),
        ("Brunt, Ayla Quell\nIt rained.", [(0, 5), (7, 17)], ["Brunt", "Ayla Quell"]),
        ("With Brunt, Ayla slept.", [(5, 10), (12, 16)], ["Brunt", "Ayla"]),
    ],
)
def test_a_line_of_two_unknown_words_is_not_two_people(
    text: str, spans: list[tuple[int, int]], left: list[str]
) -> None:
    doc = ArticleLanguage(Packs()).make_doc(text)
    doc.user_data[TOKENS_KEY] = read_tokens(text)
    doc.user_data[CANDIDATES_KEY] = [Candidate(*span, Kind.PEOPLE, "recognizer", "tried") for span in spans]
    kept = InvertedNamesComponent(Vocabulary(), "inverted_names")(doc).user_data[CANDIDATES_KEY]
    assert [text[each.start : each.end] for each in kept] == left
