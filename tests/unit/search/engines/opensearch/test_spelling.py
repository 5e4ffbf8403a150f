import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.engines.opensearch.spelling import beginning_with, within
from tests.reference.edit_distance import edit_distance
from tests.support.examples import examples

# Few letters, so that words are near each other; a point must stand for itself.
_WORDS = st.text("abc.é", max_size=7)


@settings(max_examples=examples(2_000))
@given(word=_WORDS, other=_WORDS, distance=st.integers(0, 2))
def test_a_pattern_matches_the_words_within_a_distance(word: str, other: str, distance: int) -> None:
    assert bool(re.fullmatch(within(word, distance), other)) == (edit_distance(word, other) <= distance)


@pytest.mark.parametrize("distance", [1, 2])
def test_patterns_of_long_words_stay_short(distance: int) -> None:
    assert len(within("antidisestablishmentarianism", distance)) < 10_000


@pytest.mark.parametrize(("prefix", "word"), [("s4", "s400"), ("a.c", "a.c/d"), ("", "any"), ('é"@', 'é"@~#&<')])
def test_a_prefix_stands_for_itself(prefix: str, word: str) -> None:
    assert re.fullmatch(beginning_with(prefix), word)
    assert not re.fullmatch(beginning_with("a.c"), "abc/d")
