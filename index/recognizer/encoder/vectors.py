"""Vectors as signed bytes: all of one scale, so that a product of two is their cosine but for rounding."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.recognizer.encoder.shape import WIDTH

__all__ = ["Vector", "as_bytes", "as_steps", "cosines", "from_bytes"]

Vector = NDArray[np.float32]

# Numbers of a vector of length 1 are written as this many steps. The largest number of 40,000 texts was .27.
_STEPS: Final = 384
_LARGEST: Final = 127


def as_bytes(vector: NDArray[np.floating]) -> bytes:
    """Return a vector of any length but 0, brought to length 1, as 384 signed bytes."""
    exact = np.asarray(vector, dtype=np.float64)
    scaled = np.rint(exact * (_STEPS / np.sqrt((exact * exact).sum())))
    stored: NDArray[np.int8] = np.clip(scaled, -_LARGEST, _LARGEST).astype(np.int8)
    return stored.tobytes()


def from_bytes(stored: Sequence[bytes]) -> NDArray[np.float32]:
    """Return stored vectors as rows of length 1, but for rounding.

    >>> from_bytes([as_bytes(np.ones(384))]).shape
    (1, 384)
    """
    found = np.frombuffer(b"".join(stored), dtype=np.int8).reshape(-1, WIDTH)
    return found.astype(np.float32) / np.float32(_STEPS)


def as_steps(vector: Vector) -> NDArray[np.float32]:
    """Return a vector of `from_bytes` as the whole numbers that it was stored as.

    >>> set(as_steps(from_bytes([as_bytes(np.ones(384))])[0]).tolist())
    {20.0}
    """
    steps: NDArray[np.float32] = np.rint(vector * np.float32(_STEPS))
    return steps


def cosines(vector: Vector, stored: Sequence[bytes]) -> list[float]:
    """Return the cosine of a vector of length 1 with each stored one, rounded so that it is the same everywhere.

    >>> cosines(from_bytes([as_bytes(np.ones(384))])[0], [as_bytes(np.ones(384)), as_bytes(-np.ones(384))])
    [1.0, -1.0]
    """
    found = from_bytes(stored)
    # Lengths differ from 1 by what rounding to bytes changed.
    lengths = np.sqrt((found * found).sum(axis=1)) * np.sqrt((vector * vector).sum())
    return [round(float(value), 4) for value in (found @ vector) / lengths]
