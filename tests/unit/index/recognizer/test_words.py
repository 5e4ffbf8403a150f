import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.recognizer.words import case_of, read_words


@given(st.text())
def test_each_word_stands_where_it_says_and_none_is_blank(text: str) -> None:
    read = read_words(text)
    assert [text[start:end] for start, end in zip(read.starts, read.ends, strict=True)] == read.words
    assert not any(map(str.isspace, read.words))
    assert read.ends[:-1] <= read.starts[1:]


@given(st.text())
def test_nothing_but_blanks_is_left_out(text: str) -> None:
    assert "".join(read_words(text).words) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        ("It ended. He left", ["It", "He"]),
        ("It ended.He left", ["It", "He"]),
        ("A headline\nIt began", ["A", "It"]),
        ("• Tents\n- Food", ["•", "Tents", "-", "Food"]),
        ("“Go!” he said", ["“", "Go", "”", "he"]),
        ("He met Mo (left)", ["He"]),
        ("", []),
    ],
)
def test_words_open_a_sentence_after_its_end_a_line_break_or_a_bullet(text: str, openings: list[str]) -> None:
    read = read_words(text)
    assert [word for word, opens in zip(read.words, read.openings, strict=True) if opens] == openings


@pytest.mark.parametrize(("word", "case"), [("İstanbul", 1), ("ÖSYM", 2), ("iPhone", 3), ("42", 4), ("42nd", 0)])
def test_case_is_that_of_any_script(word: str, case: int) -> None:
    assert case_of(word) == case


def test_the_first_word_of_a_line_is_marked() -> None:
    read = read_words("By Tovah Brunt\n\nOSLO, May 3")
    assert [word for word, breaks in zip(read.words, read.breaks, strict=True) if breaks] == ["By", "OSLO"]
