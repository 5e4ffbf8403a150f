import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalize.alternatives import one_of


@pytest.mark.parametrize(
    ("text", "matched"),
    [
        ("dollars", "dollars"),
        ("dollar", "dollar"),
        ("U.S.$ 5", "U.S.$"),
        ("New  Zealand", "New  Zealand"),
        ("dong", "dong"),
    ],
)
def test_the_longest_word_that_stands_there_is_matched(text: str, matched: str) -> None:
    match = re.match(one_of(["dollar", "dollars", "U.S.$", "New Zealand", "dong"]), text)
    assert match is not None
    assert match[0] == matched


def test_no_words_match_nothing() -> None:
    assert re.search(one_of([]), "anything") is None


@given(st.lists(st.text(alphabet="abc.$|(", min_size=1, max_size=4), min_size=1, max_size=6))
def test_every_word_matches_itself_whole(words: list[str]) -> None:
    pattern = re.compile(one_of(words))
    assert [pattern.fullmatch(word) is not None for word in words] == [True] * len(words)
