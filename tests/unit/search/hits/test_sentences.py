import pytest

from index.model import Span
from search.hits.sentences import read_abbreviations, split_paragraphs, split_sentences

ABBREVIATIONS = read_abbreviations(("core",))


def sentences(text: str) -> list[str]:
    return [text[span.start : span.end] for span in split_sentences(text, abbreviations=ABBREVIATIONS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Gen. Ismail Demir met Sen. J. Risch.", ["Gen. Ismail Demir met Sen. J. Risch."]),
        ("It began in 2019.The talks failed.", ["It began in 2019.", "The talks failed."]),
        ("“It is done.” He left.", ["“It is done.”", "He left."]),
        ("“Why?” he asked.", ["“Why?” he asked."]),
        ("He paid $3.4 billion. It was 2.5 times more.", ["He paid $3.4 billion.", "It was 2.5 times more."]),
        ("Sold by the U.S. The deal failed.", ["Sold by the U.S.", "The deal failed."]),
        ("The U.S. Senate voted.", ["The U.S. Senate voted."]),
        ("See No. 5 there. No. He did not.", ["See No. 5 there.", "No.", "He did not."]),
        ("on combat duty..\nNext", ["on combat duty..", "Next"]),
        ("and so on... but not here. End", ["and so on... but not here.", "End"]),
        ("Read www.example.com/a.B now. Then go.", ["Read www.example.com/a.B now.", "Then go."]),
        ("他来了。她走了！", ["他来了。", "她走了！"]),
        ("A title\n\nA text. More text", ["A title", "A text.", "More text"]),
        ("Is it I. He asked.", ["Is it I.", "He asked."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_lines_are_paragraphs() -> None:
    assert split_paragraphs("One\n\n Two \nThree") == (Span(0, 3), Span(6, 9), Span(11, 16))


WRAPPED = """ANKARA, March 3 - Turkey will take delivery of the second batch of air
defence missiles next year, a minister said on Tuesday, adding that the
talks about the price had ended.

    He spoke at a fair in the capital, where several makers of weapons show
what they have to sell this year and what they may build in the next one.
"""


def test_lines_that_were_wrapped_are_joined_to_paragraphs_and_sentences() -> None:
    assert len(split_paragraphs(WRAPPED)) == 2
    assert len(sentences(WRAPPED)) == 2


def test_an_indented_line_of_wrapped_text_begins_a_paragraph() -> None:
    assert len(split_paragraphs(WRAPPED.replace("\n\n", "\n"))) == 2


def test_a_line_of_nothing_but_blanks_is_no_paragraph_however_long() -> None:
    text = f"One.\n{' ' * 100_000}\nTwo."
    assert split_paragraphs(text) == (Span(0, 4), Span(100_006, 100_010))
