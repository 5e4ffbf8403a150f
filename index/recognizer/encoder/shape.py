"""Sizes of the encoder, and the names of its arrays in the file of weights."""

from typing import Final

__all__ = ["EPSILON", "HEADS", "LAYERS", "MAX_PIECES", "WIDTH", "dense_names", "norm_names"]

WIDTH: Final = 384
LAYERS: Final = 6
HEADS: Final = 12
EPSILON: Final = 1e-12
# Pieces of a text that are read, the two marks included; the file holds no position beyond.
MAX_PIECES: Final = 64


def dense_names(layer: int) -> tuple[str, ...]:
    """Return the names of the dense steps of a layer, in the order they run.

    Each has arrays `.weight` (8 bits, [inputs, outputs]), `.scale` and `.bias` (32 bits, [outputs]).

    >>> dense_names(0)[3]
    'layers.0.join'
    """
    return tuple(f"layers.{layer}.{step}" for step in ("query", "key", "value", "join", "widen", "narrow"))


def norm_names(layer: int) -> tuple[str, str]:
    """Return the names of the two normalizations of a layer; each has arrays `.weight` and `.bias`.

    >>> norm_names(5)[0]
    'layers.5.join_norm'
    """
    return f"layers.{layer}.join_norm", f"layers.{layer}.narrow_norm"
