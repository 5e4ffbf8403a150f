"""The encoder of meaning finds English leads by queries in other words, and does not know other languages."""

from pathlib import Path

import pytest

from index.recognizer.encoder.lead import is_known_language
from index.recognizer.encoder.query_vectors import encode_text

_ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("meaning.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
][1:]


def _found_first(language: str) -> int:
    """Count the queries of a language whose lead is the nearest of that language."""
    leads = [encode_text(lead) for _, code, lead, _ in _ROWS if code == language]
    queries = [encode_text(query) for _, code, _, query in _ROWS if code == language]
    nearest = [max(range(len(leads)), key=lambda number: float(query @ leads[number])) for query in queries]
    return sum(number == place for place, number in enumerate(nearest))


def test_english_leads_are_found_by_other_words() -> None:
    assert _found_first("en") == 10


@pytest.mark.parametrize("language", ["de", "fr", "es", "tr"])
def test_a_language_that_gets_no_vectors_is_one_that_the_encoder_does_not_know(language: str) -> None:
    # When an encoder knows it, this fails: then its articles should get vectors.
    assert not is_known_language(language)
    assert _found_first(language) < 8
