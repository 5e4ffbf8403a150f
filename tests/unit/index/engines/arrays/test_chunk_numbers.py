"""Terms by the numbers of their chunks are the terms of the text."""

import numpy as np
import pytest

from index.analyzer import MAX_TERM_LENGTH, index_terms
from index.engines.arrays.chunk_numbers import ChunkNumbers
from index.engines.arrays.collecting import Numbers

_TEXTS = (
    ("", "en"),
    (" \n ", None),
    ("Two F-16Cs, two F-16Cs, and the S-400.", "en"),
    ("L'OTAN achète des avions; l'OTAN achète.", "fr"),
    ("L'OTAN achète", "en"),
    ("日本の首相は 日本の首相", "ja"),
    ("see https://example.org/a/b-c?d=e " + "x" * (MAX_TERM_LENGTH + 5), "en"),
    ("- – ; ...", "en"),
)


def test_the_terms_of_a_text_are_those_of_its_chunks() -> None:
    stems: Numbers[str] = Numbers()
    exact: Numbers[str] = Numbers()
    chunks = ChunkNumbers(stems, exact)
    texts = [chunks.of_text(text, language) for text, language in _TEXTS]
    stem_names, exact_names = list(stems), list(exact)
    for numbers, (text, language) in zip(texts, _TEXTS, strict=True):
        counts, found_stems, found_exact = chunks.expanded(np.array(numbers, np.int64))
        terms = [stem_names[number] for number in found_stems], [exact_names[number] for number in found_exact]
        assert terms == index_terms(text, language)
        assert counts.sum() == chunks.term_count(numbers) == len(terms[0])


@pytest.mark.parametrize("length", [MAX_TERM_LENGTH, MAX_TERM_LENGTH + 1])
def test_only_short_chunks_are_remembered(length: int) -> None:
    chunks = ChunkNumbers(Numbers(), Numbers())
    first, second = chunks.of_text(f"{'x' * length} {'x' * length}", "en")
    assert (first == second) == (length <= MAX_TERM_LENGTH)


def test_the_text_of_a_chunk_is_its_stems_with_blanks_between() -> None:
    stems: Numbers[str] = Numbers()
    chunks = ChunkNumbers(stems, Numbers())
    numbers = [chunks.of_text(text, language) for text, language in _TEXTS]
    texts = chunks.texts(list(stems))
    joined = [" ".join(" ".join(texts[chunk] for chunk in found).split()) for found in numbers]
    assert joined == [" ".join(index_terms(text, language)[0]) for text, language in _TEXTS]
