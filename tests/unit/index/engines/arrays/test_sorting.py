"""Sorted places are those of NumPy's stable sort, whichever way they are found."""

import numpy as np
import pytest

from index.engines.arrays.sorting import stable_order


@pytest.mark.parametrize("largest", [1, 60_000, (1 << 31) - 1, (1 << 62) - 1])
@pytest.mark.parametrize("size", [0, 1, 2, 5_000])
def test_places_come_by_both_keys_and_then_in_order(largest: int, size: int) -> None:
    chance = np.random.default_rng(size)
    keys = chance.integers(0, largest, size, endpoint=True)
    keys[: size // 2] = keys[size - size // 2 :]
    then = chance.integers(0, 5, size)
    assert stable_order(keys).tolist() == np.argsort(keys, kind="stable").tolist()
    assert stable_order(keys, then).tolist() == np.lexsort((then, keys)).tolist()
