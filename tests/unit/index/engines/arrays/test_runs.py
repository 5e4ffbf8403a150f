"""Runs are those that NumPy makes one by one."""

import numpy as np
import pytest

from index.engines.arrays.runs import ranges, repeated

_COUNTS = ([], [0], [3], [0, 0], [1, 1, 1], [2, 0, 0, 3, 1], [0, 5, 0], [255] * 3)


@pytest.mark.parametrize("counts", _COUNTS)
@pytest.mark.parametrize("dtype", [np.bool_, np.uint8, np.uint16, np.uint32, np.int32, np.int64])
def test_values_are_repeated(counts: list[int], dtype: type) -> None:
    values = np.random.default_rng(3).integers(0, 200, len(counts)).astype(dtype)
    found = repeated(values, np.array(counts, np.uint8))
    assert found.dtype == dtype
    assert found.tolist() == np.repeat(values, counts).tolist()


@pytest.mark.parametrize("counts", _COUNTS)
@pytest.mark.parametrize("dtype", [np.uint32, np.int64])
def test_ranges_follow_one_another(counts: list[int], dtype: type) -> None:
    starts = np.random.default_rng(4).integers(0, 1 << 31, len(counts)).astype(dtype)
    expected = [int(start) + place for start, count in zip(starts, counts, strict=True) for place in range(count)]
    assert ranges(starts, np.array(counts, dtype)).tolist() == expected
