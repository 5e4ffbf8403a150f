import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalize.sentence_ends import ends_sentence, is_initial, sentence_ends

ABBREVIATIONS = frozenset({"Gen", "No", "Sept"})


def sentences(text: str) -> list[str]:
    starts = [0, *(following for _, following in sentence_ends(text, abbreviations=ABBREVIATIONS))]
    ends = [end for end, _ in sentence_ends(text, abbreviations=ABBREVIATIONS)]
    return [text[start:end] for start, end in zip(starts, ends, strict=False)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It came. It went", ["It came.", "It went"]),
        ("“Why?” he asked. “Because.” He left.", ["“Why?” he asked.", "“Because.”", "He left."]),
        ("Gen. J. Smith left.", ["Gen. J. Smith left."]),
        ("Neither am I. He left.", ["Neither am I.", "He left."]),
        ("It is No. 5. He said No. He left.", ["It is No. 5.", "He said No.", "He left."]),
        ("in the U.S. The talks; the U.S. Senate", ["in the U.S.", "The talks; the U.S. Senate"]),
        ("He buys Viamax Inc. Redwood holds it.", ["He buys Viamax Inc.", "Redwood holds it."]),
        ("Harbor Ltd. Directors of Quill Co. met.", ["Harbor Ltd.", "Directors of Quill Co. met."]),
        ("Corvid Corp. Chairman Lund of Dorn Co. Ltd. left.", ["Corvid Corp. Chairman Lund of Dorn Co. Ltd. left."]),
        ("left in 2019.The talks", ["left in 2019.", "The talks"]),
        ("see www.Example.com and 2.5 more", ["see www.Example.com and 2.5 more"]),
        ("彼は来た。彼は去った。", ["彼は来た。", "彼は去った。"]),
        ("", []),
    ],
)
def test_sentences_end_at_stops_that_belong_to_no_word(text: str, found: list[str]) -> None:
    assert sentences(text) == found


def test_ends_are_those_of_the_part_that_was_asked_for() -> None:
    text = "One. Two. Three."
    assert list(sentence_ends(text, 5, 12)) == [(9, 10), (12, 12)]


@given(text=st.text(alphabet='Aa .!?…"”)»\n5。I', max_size=60))
def test_sentences_are_disjoint_and_leave_out_only_blanks(text: str) -> None:
    borders = [0, *(border for pair in sentence_ends(text) for border in pair)]
    assert borders == sorted(borders)
    assert all(not text[end:start].strip() for end, start in sentence_ends(text))
    assert not text[borders[-1] :].strip()


@pytest.mark.parametrize(
    ("line", "is_end"),
    [("It came.", True), ("“It came!”)", True), ("and…", True), ("Talks in Ankara", False), ("said:", False),
     ("", False), ("”", False)],
)  # fmt: skip
def test_lines_end_sentences_by_their_last_mark(line: str, is_end: bool) -> None:
    assert ends_sentence(line) is is_end


@pytest.mark.parametrize(
    ("word", "is_one"), [("J", True), ("İ", True), ("j", False), ("5", False), ("JR", False), ("", False)]
)
def test_an_initial_is_one_capital_letter(word: str, is_one: bool) -> None:
    assert is_initial(word) is is_one
