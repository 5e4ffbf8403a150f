import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.recognizer.labels import LABELS, OUTSIDE, may_follow
from index.recognizer.pieces import Pieces
from index.recognizer.windows import best_labels, make_windows
from index.recognizer.words import read_words

PIECES = Pieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "ank", "##ara", "won", "."])
_SCORES = arrays.arrays(
    np.float32,
    st.tuples(st.integers(0, 6), st.just(len(LABELS))),
    elements=st.floats(-9, 9, width=32),
)


@given(st.lists(st.integers(0, 150), max_size=20))
def test_windows_hold_each_word_once_and_are_never_too_long(lengths: list[int]) -> None:
    words = read_words("".join("Ankara " * length + ". " for length in lengths))
    windows = list(make_windows(words, PIECES))
    assert [number for window in windows for number in range(window.start, window.stop)] == list(range(len(words)))
    assert max(map(len, windows), default=0) <= 192
    assert all(len(window.firsts) == len(window.asked) for window in windows)
    assert all(len(window.pieces) == len(window.cases) for window in windows)


def test_a_window_ends_with_a_sentence_and_brings_the_words_before_it() -> None:
    words = read_words("won " * 150 + ". " + "won " * 100)
    first, second = make_windows(words, PIECES)
    assert (first.stop, second.start) == (151, 151)
    assert second.kept[second.firsts[0]] == 1 + 16


def test_a_sentence_longer_than_a_window_is_cut_where_it_must() -> None:
    windows = list(make_windows(read_words("won " * 500), PIECES))
    assert [window.start for window in windows][:2] == [0, 188]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("he was won over by van der Ankara-won and won won", ["van", "der", "Ankara", "-", "won"]),
        ("Ankara for the won won Ankara won. won won", ["Ankara", "for", "the", "won", "won", "Ankara", "won", "."]),
        ("won won 400 won won won won won won Ankara", ["won", "won", "Ankara"]),
        ("The won won. Ankara won won", ["won", ".", "Ankara", "won", "won"]),
        ("won won, Ankara, won won", [",", "Ankara", ","]),
        ("won, Ankara, Ankara", [",", "Ankara", ",", "Ankara"]),
        ("won over. Ankara won won", [".", "Ankara", "won", "won"]),
        ("May won won won", ["May", "won", "won"]),
        ("won \u4e1c\u4eac won won Ankara", ["won", "won", "Ankara"]),
        ("won won ankara won", ["won", "won", "ankara", "won"]),
        ("Ankara", ["Ankara"]),
    ],
    ids=(
        "small letters in a name",
        "a gap",
        "a number",
        "a sentence after an abbreviation",
        "commas",
        "a comma in a name",
        "a sentence",
        "a month",
        "another script",
        "a text in small letters",
        "one word",
    ),
)
def test_words_near_a_capital_are_asked_about_and_all_of_a_text_without(text: str, asked: list[str]) -> None:
    words = read_words(text)
    (window,) = make_windows(words, PIECES)
    assert [words.words[number] for number in window.asked] == asked
    assert [window.pieces[window.kept[first]] for first in window.firsts] == [PIECES.read(word)[0][0] for word in asked]


def test_all_pieces_of_words_asked_about_are_kept_with_those_of_the_context_and_the_marks() -> None:
    words = read_words("Ankara " * 8 + "won " * 140 + ". Ankara " + "won " * 100)
    _, second = make_windows(words, PIECES)
    assert second.asked == [0, 1, 2]
    assert [second.pieces[place] for place in second.kept] == [2, 6, 7, 4, 5, 6, 6, 3]


def test_no_words_make_no_window() -> None:
    assert list(make_windows(read_words(""), PIECES)) == []


@given(_SCORES)
def test_no_name_goes_on_before_it_began(scores: np.ndarray) -> None:
    labels = best_labels(scores).tolist()
    assert len(labels) == len(scores)
    assert all(may_follow(label, previous) for previous, label in zip([OUTSIDE, *labels], labels, strict=False))


@pytest.mark.parametrize(
    ("scored", "best"),
    [
        ([{"I-ORG": 3, "B-ORG": 2}, {"I-ORG": 3}], ["B-ORG", "I-ORG"]),
        ([{"I-ORG": 3, "O": 2}, {"O": 3}], ["O", "O"]),
        ([{"B-GPE": 3}, {"I-ORG": 3, "I-GPE": 2}], ["B-GPE", "I-GPE"]),
        ([{"B-GPE": 3}, {"B-GPE": 3}], ["B-GPE", "B-GPE"]),
    ],
)
def test_the_best_allowed_labels_are_chosen_together(scored: list[dict[str, float]], best: list[str]) -> None:
    scores = np.array([[word.get(label, 0.0) for label in LABELS] for word in scored], dtype=np.float32)
    assert [LABELS[label] for label in best_labels(scores)] == best


def test_no_name_goes_on_to_another_line() -> None:
    scores = np.zeros((2, len(LABELS)), dtype=np.float32)
    scores[0, LABELS.index("B-GPE")] = scores[1, LABELS.index("I-GPE")] = 5
    scores[1, LABELS.index("B-PERSON")] = 3
    assert [LABELS[label] for label in best_labels(scores, [False, True])] == ["B-GPE", "B-PERSON"]
