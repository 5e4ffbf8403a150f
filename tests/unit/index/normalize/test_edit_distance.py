import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalize.edit_distance import edit_distance, edit_distances
from tests.reference import edit_distance as textbook

_WORDS = st.text("abcß東🛩", max_size=8)


@given(_WORDS, st.lists(_WORDS, max_size=10), st.integers(0, 4))
def test_distances_are_those_of_the_textbook_up_to_the_limit(text: str, others: list[str], limit: int) -> None:
    expected = [min(textbook.edit_distance(text, other), limit + 1) for other in others]
    assert edit_distances(text, others, limit=limit).tolist() == expected
    assert [edit_distance(text, other, limit=limit) for other in others] == expected


@pytest.mark.parametrize(
    ("left", "right", "distance"),
    [("", "", 0), ("ab", "ba", 1), ("abc", "ca", 3), ("missil", "misisl", 1), ("", "abc", 3), ("Tank", "tank", 1)],
)
def test_neighbors_swapped_count_once_and_are_not_edited_again(left: str, right: str, distance: int) -> None:
    assert edit_distance(left, right, limit=5) == distance
    assert edit_distance(right, left, limit=5) == distance


def test_a_search_does_not_import_the_library_at_its_start() -> None:
    code = (
        "import sys, search.cli.commands.search, search.answer.service, search.engines.whoosh.searcher\n"
        "print('rapidfuzz' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert result.stdout == "False\n"
