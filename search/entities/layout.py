"""Places of the nodes of a graph: what is tied together stands together, and names cover no others where there is room.

Springs pull what is tied, everything pushes everything else (Fruchterman and Reingold, 1991), and then boxes that
overlap are moved apart. It begins on a circle and uses no random numbers: the same graph gives the same picture.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["MAX_LETTERS", "box_of", "place_nodes"]

MAX_LETTERS = 24
"""Letters of a name that have room; longer names are shown shortened."""

_STEPS = 80
_MOVES = 200
_SPREAD = 0.8
_GRAVITY = 0.8
# Tuned together on ten graphs of up to 40 nodes, until no two boxes overlapped. Sideways where a box covers less than
# this many times what it covers up and down: there is more room on the sides.
_SIDEWAYS = 1.8
_MOVE = 0.4
_LETTER = 7.4
# Of the whole box, few nodes take a part: the first two, and so much for each more.
_PART_OF_TWO = 0.2
_PART_OF_ONE_MORE = 0.04
# Room for the mark and, below it, the name.
_BOX = 58.0
_NARROWEST = 52.0
_MARGIN = 8.0
# Boxes that touch by this much are left: they have room around the name.
_TOUCH = 1.0

_Array = NDArray[np.float64]


def place_nodes(
    letters: Sequence[int], ties: Sequence[tuple[int, int, int]], *, width: int, height: int
) -> list[tuple[int, int]]:
    """Return the place of each node in a box: x and y of its mark.

    `letters` are the lengths of the names, `ties` hold the numbers of two nodes and a weight.
    """
    count = len(letters)
    if not count:
        return []
    size = np.array([width, height], np.float64)
    boxes = np.maximum(np.minimum(np.array(letters, np.float64), MAX_LETTERS) * _LETTER, _NARROWEST)
    pull = np.zeros((count, count))
    heaviest = max((weight for _, _, weight in ties), default=1)
    for first, second, weight in ties:
        pull[first, second] = pull[second, first] = 0.2 + 0.3 * weight / heaviest
    places = _moved_apart(_sprung(pull, size), boxes, size)
    return [(round(x), round(y)) for x, y in places.tolist()]


def box_of(letters: Sequence[int], places: Sequence[tuple[int, int]], *, width: int, height: int) -> tuple[int, ...]:
    """Return x, y, width and height of the part of a box that holds the nodes at `places` with their names.

    >>> box_of([4, 4], [(400, 300), (600, 300)], width=1000, height=640)
    (366, 256, 268, 88)
    """
    if not places:
        return 0, 0, width, height
    reach = [max(min(count, MAX_LETTERS) * _LETTER, _NARROWEST) / 2 + _MARGIN for count in letters]
    left = max(0, min(x - aside for (x, _), aside in zip(places, reach, strict=True)))
    right = min(width, max(x + aside for (x, _), aside in zip(places, reach, strict=True)))
    top = max(0, min(y for _, y in places) - _BOX / 4 * 3)
    bottom = min(height, max(y for _, y in places) + _BOX / 4 * 3)
    return round(left), round(top), round(right) - round(left), round(bottom) - round(top)


def _sprung(pull: _Array, size: _Array) -> _Array:
    count = len(pull)
    angles = np.arange(count) * (2 * np.pi / count)
    x, y = size[0] * (0.5 + 0.35 * np.cos(angles)), size[1] * (0.5 + 0.35 * np.sin(angles))
    spring = _SPREAD * np.sqrt(size.prod() / count)
    for step in range(_STEPS):
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        distances = np.maximum(np.hypot(dx, dy), 1.0)
        strength = (spring / distances) ** 2 - pull * distances / spring
        # All are drawn to the middle, so that parts without a tie between them stay together.
        force_x = (dx * strength).sum(axis=1) + (size[0] / 2 - x) * _GRAVITY
        force_y = (dy * strength).sum(axis=1) + (size[1] / 2 - y) * _GRAVITY
        lengths = np.maximum(np.hypot(force_x, force_y), 1e-9)
        share = np.minimum(lengths, size[0] * 0.1 * (1 - step / _STEPS)) / lengths
        x, y = x + force_x * share, y + force_y * share
    return _fitted(np.stack([x, y], axis=1), size)


def _fitted(places: _Array, size: _Array) -> _Array:
    """Return the places stretched to their part of the box; places that are all the same are its middle."""
    lowest, highest = places.min(axis=0), places.max(axis=0)
    span = highest - lowest
    part = min(1.0, _PART_OF_TWO + _PART_OF_ONE_MORE * max(0, len(places) - 2))
    scale = np.divide(size * 0.84 * part, span, out=np.zeros(2), where=span > 1e-6)
    fitted: _Array = size / 2 + (places - (lowest + highest) / 2) * scale
    return fitted


def _moved_apart(places: _Array, boxes: _Array, size: _Array) -> _Array:
    """Return the places with boxes that overlap moved apart, along the side on which less is covered."""
    count = len(places)
    # The name stands below the mark, so that the middle of the box does, too.
    below = _BOX / 4
    low_x, low_y = boxes / 2 + _MARGIN, _BOX / 2 + _MARGIN
    reach_x = (boxes[:, None] + boxes[None, :]) / 2
    np.fill_diagonal(reach_x, -1e9)
    # Of two in one place, that with the higher number goes to the right and down.
    order = np.sign(np.arange(count)[:, None] - np.arange(count)[None, :])
    x, y = places[:, 0], places[:, 1] + below
    for step in range(_MOVES):
        x, y = np.minimum(np.maximum(x, low_x), size[0] - low_x), np.minimum(np.maximum(y, low_y), size[1] - low_y)
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        covered_x, covered_y = reach_x - np.abs(dx), _BOX - np.abs(dy)
        overlaps = (covered_x > _TOUCH) & (covered_y > _TOUCH)
        if not overlaps.any():
            break
        # Now and then the other way: three in a row would push each other to and fro for ever.
        is_sideways = covered_x < covered_y * (_SIDEWAYS if step % 3 else 1 / _SIDEWAYS)
        x = (
            x
            + np.where(overlaps & is_sideways, np.where(dx == 0, order, np.sign(dx)) * covered_x, 0).sum(axis=1) * _MOVE
        )
        y = (
            y
            + np.where(overlaps & ~is_sideways, np.where(dy == 0, order, np.sign(dy)) * covered_y, 0).sum(axis=1)
            * _MOVE
        )
    x, y = np.minimum(np.maximum(x, low_x), size[0] - low_x), np.minimum(np.maximum(y, low_y), size[1] - low_y)
    return np.stack([x, y - below], axis=1)
