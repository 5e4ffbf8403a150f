import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.expansion import edit_distances
from tests.reference_engine import edit_distance

_TERMS = st.text("abcß東", max_size=7)


@given(_TERMS, st.lists(_TERMS, max_size=10))
def test_distances_are_those_of_the_textbook(term: str, others: list[str]) -> None:
    assert edit_distances(term, others).tolist() == [edit_distance(term, other) for other in others]


@pytest.mark.parametrize(
    ("left", "right", "distance"), [("ab", "ba", 1), ("abc", "ca", 3), ("missil", "misisl", 1), ("", "abc", 3)]
)
def test_neighbours_swapped_count_once(left: str, right: str, distance: int) -> None:
    assert edit_distances(left, [right]).tolist() == [distance]
