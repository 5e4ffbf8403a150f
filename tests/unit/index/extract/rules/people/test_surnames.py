from collections.abc import Callable

import pytest

from index.extract.candidates import CANDIDATES_KEY, Candidate
from index.extract.language import ArticleLanguage
from index.extract.overlaps import settle
from index.extract.rules.people.surnames import SurnamesComponent
from index.extract.rules.vocabulary import Vocabulary
from index.model import Kind, Mention
from index.packs.loader import Packs

Names = Callable[[str, Kind], list[str]]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ismail Demir, head of the firm, spoke. Demir left.", ["Ismail Demir", "Demir"]),
        ("Demir Speaks Again About Peace\n\nIsmail Demir, head of it, spoke.", ["Demir", "Ismail Demir"]),
        ("President Zhang Weiming spoke. Zhang left.", ["Zhang Weiming", "Zhang"]),
        ("President Lee Myung-bak spoke. Lee left.", ["Lee Myung-bak", "Lee"]),
        ("Lloyd Austin spoke in Paris. Austin left.", ["Lloyd Austin", "Austin"]),
        (
            "Minister Tovah van der Brunt spoke. Van der Brunt is old; van der Brunt left.",
            ["Tovah van der Brunt", "van der Brunt"],
        ),
        ("John Smith said so. Smith University agreed.", ["John Smith"]),
        ("John Smith said so. The Duke of Smith agreed.", ["John Smith"]),
        ("John Smith said so. A friend of Smith agreed.", ["John Smith", "Smith"]),
        ("President Tovah BRUNT spoke. Later Brunt left.", ["Tovah BRUNT", "Brunt"]),
    ],
)
def test_a_full_name_gives_its_short_form_everywhere(text: str, people: list[str], names: Names) -> None:
    assert names(text, Kind.PEOPLE) == people


def test_the_short_form_has_the_reference_of_the_full_name(find: Callable[[str], list[Mention]]) -> None:
    mentions = find("Hulusi Akar spoke. Akar left.")
    assert [mention.reference for mention in mentions] == ["core:hulusi-akar", "core:hulusi-akar"]


@pytest.mark.parametrize(("chance", "again"), [(0.95, ["Tovah Brunt", "Brunt"]), (0.8, ["Brunt"])])
def test_a_weak_reading_gives_its_surname_but_not_its_whole_name(chance: float, again: list[str]) -> None:
    text = "Tovah Brunt left. Tovah Brunt and Brunt"
    doc = ArticleLanguage(Packs()).make_doc(text)
    doc.user_data[CANDIDATES_KEY] = [Candidate(0, 11, Kind.PEOPLE, "recognizer", "read", chance=chance)]
    found = SurnamesComponent(Vocabulary(), "surnames")(doc).user_data[CANDIDATES_KEY][1:]
    assert [text[each.start : each.end] for each in settle(found) if each.start > 17] == again


def test_a_weak_reading_is_believed_when_the_surname_stands_alone_too() -> None:
    text = "Tovah Brunt left. Tovah Brunt and Brunt"
    doc = ArticleLanguage(Packs()).make_doc(text)
    people = [(0, 11, 0.8), (34, 39, 0.95)]
    doc.user_data[CANDIDATES_KEY] = [
        Candidate(start, end, Kind.PEOPLE, "recognizer", "read", chance=chance) for start, end, chance in people
    ]
    found = SurnamesComponent(Vocabulary(), "surnames")(doc).user_data[CANDIDATES_KEY][2:]
    assert [text[each.start : each.end] for each in settle(found) if each.start > 17] == ["Tovah Brunt"]
