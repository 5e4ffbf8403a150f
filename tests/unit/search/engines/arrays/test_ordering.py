import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.engines.arrays.ordering import best_of_all, sort_keys, top
from search.engines.base import Sort


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=30), st.none() | st.integers(0, 35))
def test_the_best_are_the_first_of_all_sorted(entries: list[tuple[bool, int]], limit: int | None) -> None:
    mask = np.array([is_in for is_in, _ in entries], np.bool_)
    keys = np.array([key for _, key in entries], np.float64)
    expected = sorted((number for number, (is_in, _) in enumerate(entries) if is_in), key=lambda n: (-keys[n], n))
    assert top(mask, keys, limit).tolist() == expected[:limit]


def test_undated_documents_have_the_smallest_key_both_ways() -> None:
    published = np.array([0, 5, 3_000_000], np.int32)
    assert np.argmin(sort_keys(Sort.NEWEST, None, published)) == 0
    assert np.argmin(sort_keys(Sort.OLDEST, None, published)) == 0
    assert sort_keys(Sort.RELEVANCE, None, published).tolist() == [0, 0, 0]


_SEGMENTS = st.lists(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=12), max_size=4)


@given(_SEGMENTS, st.integers(1, 20))
def test_the_best_of_several_segments_are_the_first_of_all_sorted(
    segments: list[list[tuple[bool, int]]], limit: int
) -> None:
    ids = (f"{number:02}" for number in range(50))
    # Ids ascend within a segment and interleave between segments.
    by_place: list[list[str]] = [[] for _ in segments]
    for turn in range(12):
        for place, entries in enumerate(segments):
            by_place[place] += [next(ids)] if turn < len(entries) else []
    arrays = [
        (np.array([is_in for is_in, _ in entries], np.bool_), np.array([key for _, key in entries], np.float64))
        for entries in segments
    ]
    found = best_of_all(arrays, lambda place, number: by_place[place][number], limit)
    everything = sorted(
        (-key, by_place[place][number])
        for place, entries in enumerate(segments)
        for number, (is_in, key) in enumerate(entries)
        if is_in
    )
    chosen = {by_place[place][number] for place, numbers in enumerate(found) for number in numbers.tolist()}
    assert chosen == {name for _, name in everything[:limit]}
