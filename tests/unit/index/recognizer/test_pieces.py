from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.recognizer.pieces import Pieces, read_vocabulary

VOCABULARY = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "ank", "##ara", "##a", "a", "erdogan", "e", "##rd")


@pytest.fixture
def pieces() -> Pieces:
    return Pieces(VOCABULARY)


@pytest.mark.parametrize(
    ("word", "spelled"),
    [
        ("Ankara", ["ank", "##ara"]),
        ("ANKA", ["ank", "##a"]),
        ("Erdoğan", ["erdogan"]),
        ("erda", ["e", "##rd", "##a"]),
        ("ankx", ["[UNK]"]),
        ("a" * 101, ["[UNK]"]),
        ("aaaaaaaaaa", ["a", *["##a"] * 5]),
    ],
)
def test_a_word_is_spelled_by_the_longest_pieces(word: str, spelled: list[str], pieces: Pieces) -> None:
    numbers, _ = pieces.read(word)
    assert [VOCABULARY[number] for number in numbers] == spelled


@given(st.text(min_size=1))
def test_every_word_has_pieces_and_is_read_the_same_again(word: str) -> None:
    pieces = Pieces(VOCABULARY)
    numbers, case = pieces.read(word)
    assert (0 < len(numbers) <= 6, case in range(6)) == (True, True)
    assert pieces.read(word) == (numbers, case)


def test_the_number_of_a_piece_is_that_of_its_line(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    assert tuple(read_vocabulary(tmp_path / "vocabulary.txt")) == VOCABULARY
