"""Vectors nearest to one: in the file beside an engine, mapped to memory, or among those that the catalog gives."""

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.recognizer.encoder.shape import WIDTH
from index.recognizer.encoder.vectors import Vector, as_steps

__all__ = ["nearest_rows", "nearest_vectors"]

# Rows that are widened to 32 bits at once: they stay in the cache of a core.
_ROWS_AT_ONCE: Final = 4096


def nearest_rows(path: Path, rows: int, vector: Vector, *, limit: int) -> list[int]:
    """Return the numbers of the vectors nearest to one among the first `rows` of a file, nearest first."""
    matrix = np.memmap(path, dtype=np.int8, mode="r", shape=(rows, WIDTH))
    steps = as_steps(vector)
    products = np.empty(rows, dtype=np.float32)
    for start in range(0, rows, _ROWS_AT_ONCE):
        part = matrix[start : start + _ROWS_AT_ONCE]
        products[start : start + len(part)] = _products(part, steps)
    return [int(index) + 1 for index in _largest(products, limit)]


def nearest_vectors(stored: Iterable[tuple[int, bytes]], vector: Vector, *, limit: int) -> list[int]:
    """Return the numbers of the nearest of vectors that are given with their numbers, for an archive without a file."""
    steps = as_steps(vector)
    numbers: list[int] = []
    products: list[NDArray[np.float32]] = []
    batch: list[bytes] = []
    for number, one in stored:
        numbers.append(number)
        batch.append(one)
        if len(batch) == _ROWS_AT_ONCE:
            products.append(_products(_rows_of(batch), steps))
            batch.clear()
    if batch:
        products.append(_products(_rows_of(batch), steps))
    if not products:
        return []
    return [numbers[index] for index in _largest(np.concatenate(products), limit)]


def _rows_of(stored: list[bytes]) -> NDArray[np.int8]:
    return np.frombuffer(b"".join(stored), dtype=np.int8).reshape(-1, WIDTH)


def _products(rows: NDArray[np.int8], steps: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the product of each row with one vector.

    Of whole numbers, with sums below 2 ** 24: exact in 32 bits, so the same on every machine. `einsum` stays in this
    thread, where a product of matrices wakes others for some thousand rows, which costs ten times more than it saves.
    """
    products: NDArray[np.float32] = np.einsum("ij,j->i", rows.astype(np.float32), steps)
    return products


def _largest(products: NDArray[np.float32], limit: int) -> NDArray[np.intp]:
    """Return the places of the largest products, largest first, ties by place."""
    kept = np.argpartition(-products, limit)[:limit] if limit < len(products) else np.arange(len(products))
    order: NDArray[np.intp] = kept[np.lexsort((kept, -products[kept]))]
    return order
