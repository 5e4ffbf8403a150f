"""Vectors as signed bytes, and the file in which they are searched."""

from pathlib import Path

import numpy as np
import pytest

from index.recognizer.encoder.article_encoder import ArticleEncoder
from index.recognizer.encoder.matrix import nearest_rows, nearest_vectors
from index.recognizer.encoder.text_pieces import first_pieces
from index.recognizer.encoder.vector_rows import count_rows, write_rows
from index.recognizer.encoder.vectors import as_bytes, cosines, from_bytes


def _vectors(count: int) -> list[bytes]:
    random = np.random.default_rng(1)
    return [as_bytes(vector) for vector in random.normal(size=(count, 384))]


def test_rounding_to_bytes_hardly_changes_a_cosine() -> None:
    one, other = np.random.default_rng(2).normal(size=(2, 384))
    exact = one @ other / np.linalg.norm(one) / np.linalg.norm(other)
    assert cosines(from_bytes([as_bytes(one)])[0], [as_bytes(other)])[0] == pytest.approx(exact, abs=0.002)


@pytest.mark.parametrize("factor", [1e-3, 1.0, 1e6])
def test_the_length_of_a_vector_does_not_matter(factor: float) -> None:
    vector = np.random.default_rng(3).normal(size=384)
    assert as_bytes(vector * factor) == as_bytes(vector)


def test_one_large_number_is_cut_and_does_not_wrap() -> None:
    vector = np.zeros(384)
    vector[7] = 1.0
    assert np.frombuffer(as_bytes(vector), dtype=np.int8)[7] == 127


def test_a_text_always_gives_the_same_vector() -> None:
    text = "Russia delivered the first parts of the S-400 to Ankara."
    first, second = ArticleEncoder(), ArticleEncoder()
    second.encode("Something else was read before.")
    assert first.encode(text) == second.encode(text) == first.encode(text)


@pytest.mark.parametrize("text", ["", " \n ", "\t"])
def test_a_text_without_words_has_no_vector(text: str) -> None:
    assert ArticleEncoder().encode(text) == b""


@pytest.mark.parametrize("text", ["a" * 1_000_000, "𠀀" * 500, "\x00 ‮", "🙂", "S-400", "a b " * 10_000])
def test_odd_texts_have_a_vector(text: str) -> None:
    assert len(ArticleEncoder().encode(text)) == 384


def test_only_the_first_64_pieces_count() -> None:
    words = "missile " * 62
    assert len(first_pieces(words + "whale " * 100)) == 64
    assert ArticleEncoder().encode(words + "whale") == ArticleEncoder().encode(words + "election")
    assert ArticleEncoder().encode(words[:-8] + "whale") != ArticleEncoder().encode(words[:-8] + "election")


@pytest.mark.parametrize("limit", [1, 3, 500, 1000])
def test_the_file_and_the_stored_vectors_give_the_same(tmp_path: Path, limit: int) -> None:
    stored = list(enumerate(_vectors(500), start=1))
    write_rows(tmp_path / "v", stored)
    vector = from_bytes([stored[41][1]])[0]
    found = nearest_rows(tmp_path / "v", 500, vector, limit=limit)
    assert found == nearest_vectors(iter(stored), vector, limit=limit)
    assert (found[0], len(found)) == (42, min(limit, 500))


def test_equal_vectors_stand_by_number(tmp_path: Path) -> None:
    write_rows(tmp_path / "v", [(number, _vectors(1)[0]) for number in (1, 2, 3, 4)])
    assert nearest_rows(tmp_path / "v", 4, from_bytes(_vectors(1))[0], limit=3) == [1, 2, 3]


def test_rows_beyond_a_state_are_not_searched(tmp_path: Path) -> None:
    stored = list(enumerate(_vectors(10), start=1))
    write_rows(tmp_path / "v", stored)
    assert 10 not in nearest_rows(tmp_path / "v", 9, from_bytes([stored[9][1]])[0], limit=10)


def test_writing_later_rows_leaves_the_first_as_they_are(tmp_path: Path) -> None:
    stored = list(enumerate(_vectors(10), start=1))
    write_rows(tmp_path / "v", stored[:5])
    before = (tmp_path / "v").read_bytes()
    write_rows(tmp_path / "v", stored[7:])
    assert (tmp_path / "v").read_bytes()[: len(before)] == before
    assert count_rows(tmp_path / "v") == 10
    assert count_rows(tmp_path / "none") == 0


@pytest.mark.parametrize(
    ("one", "other", "cosine"),
    [
        ("Patriot withdrawal", "Ankara buys Russian missiles.", 0.176),
        ("A bridge collapsed after heavy rain.", "crossing destroyed by floods", 0.495),
        ("A bridge collapsed after heavy rain.", "Ankara buys Russian missiles.", 0.002),
    ],
)
def test_cosines_are_those_of_this_version(one: str, other: str, cosine: float) -> None:
    # When this fails, the encoder or its pieces changed: raise `MEANING` in index/stages.py.
    first, second = (ArticleEncoder().encode(text) for text in (one, other))
    assert cosines(from_bytes([first])[0], [second])[0] == pytest.approx(cosine, abs=0.01)
