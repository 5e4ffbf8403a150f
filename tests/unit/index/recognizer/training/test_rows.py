import random

from hypothesis import given
from hypothesis import strategies as st

from index.recognizer.labels import LABELS, OUTSIDE
from index.recognizer.pieces import Pieces
from index.recognizer.training.documents import Document, Name
from index.recognizer.training.rows import IGNORED, Row, in_capitals, make_batches, make_rows

PIECES = Pieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "ank", "##ara", "won", "."])


def labels_of(document: Document) -> list[str]:
    return ["-" if label == IGNORED else LABELS[label] for row in make_rows(document, PIECES) for label in row.labels]


def test_only_the_first_piece_of_a_word_has_a_label() -> None:
    assert labels_of(Document("tried", "Ankara won", (Name(0, 6, "GPE"),))) == ["B-GPE", "-", "O"]


def test_further_words_of_a_name_are_told_from_the_first() -> None:
    assert labels_of(Document("tried", "won won won", (Name(0, 7, "ORG"),))) == ["B-ORG", "I-ORG", "O"]


def test_doubtful_words_have_no_label() -> None:
    assert labels_of(Document("tried", "won won won", (Name(4, 7, None),))) == ["O", "-", "O"]


def test_words_far_from_names_are_not_kept() -> None:
    document = Document("tried", "Ankara won won won won won", (Name(0, 6, "GPE"),))
    (row,) = make_rows(document, PIECES)
    assert row.kept == [True] * 4 + [False] * 3


def test_a_word_that_a_name_ends_in_belongs_to_it() -> None:
    assert labels_of(Document("tried", "wonder won", (Name(0, 3, "ORG"),))) == ["B-ORG", "O"]


def test_in_capitals_only_cases_of_words_with_letters_change() -> None:
    kept = [True, True, True, False, False, True]
    row = Row([2, 4, 6, 7, 4, 3], [12, 7, 0, 5, 4, 12], kept, [IGNORED, 1, 0, 0, 0, IGNORED])
    changed = in_capitals(row)
    assert changed.cases == [12, 8, 2, 5, 4, 12]
    assert all(changed.kept)
    assert (changed.pieces, changed.labels) == (row.pieces, row.labels)


def test_a_text_without_words_has_no_rows() -> None:
    assert list(make_rows(Document("tried", " \n ", ()), PIECES)) == []


@given(st.lists(st.integers(0, 60), max_size=30))
def test_rows_hold_every_word_and_are_never_too_long(lengths: list[int]) -> None:
    text = "".join("won " * length + "." for length in lengths)
    rows = list(make_rows(Document("tried", text, ()), PIECES))
    assert sum(map(len, rows)) == sum(lengths) + len(lengths)
    assert max(map(len, rows), default=0) <= 200


@given(st.lists(st.integers(1, 150), max_size=30), st.randoms(use_true_random=False))
def test_batches_keep_to_the_budget_and_lose_no_word(lengths: list[int], dice: random.Random) -> None:
    documents = [Document("tried", "won " * length, ()) for length in lengths]
    batches = list(make_batches(documents, PIECES, budget=300, dice=dice))
    words = sum(label == OUTSIDE for batch in batches for row in batch for label in row.labels)
    assert words == sum(lengths)
    assert max((len(batch) * max(map(len, batch)) for batch in batches), default=0) <= 300
