"""Phrases by merged and by looked-up positions are those found one by one."""

import numpy as np
import pytest

from search.engines.arrays.positions import POSITION_BITS, ordered_places


@pytest.mark.parametrize(("few", "many"), [(0, 0), (0, 50), (40, 60), (3, 600), (600, 3), (1, 1)])
def test_a_phrase_begins_where_its_words_follow_each_other(few: int, many: int) -> None:
    chance = np.random.default_rng(few + many)

    def keys(count: int) -> np.ndarray:
        return np.unique(chance.integers(0, 6, count) << POSITION_BITS | chance.integers(0, 40, count))

    words = {7: keys(few), 8: keys(many), 9: keys(many)}
    expected = [int(key) for key in words[7] if key + 1 in words[8].tolist() and key + 2 in words[9].tolist()]
    assert ordered_places([7, 8, 9], words).tolist() == expected
