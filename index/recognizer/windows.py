"""Cut texts into windows for the network, and decode the best labels from its scores.

A window ends at the end of a sentence where it can, and repeats the last words before it as context. Words that are
part of no name are read but not labelled, and the last layer of the network does not process them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.recognizer.asked import asked_words
from index.recognizer.labels import LABELS, OUTSIDE, may_follow
from index.recognizer.pieces import Pieces
from index.recognizer.words import OPENING, SPECIAL_CASE, Words

__all__ = ["INPUTS", "Window", "best_labels", "make_windows"]

# Input of the network.
INPUTS: Final = ("pieces", "cases", "kept", "firsts")
# Measured on the development sets: longer windows and more context find no more, and take longer.
_MAX_PIECES: Final = 190
_CONTEXT_WORDS: Final = 16
_MIN_FILLED: Final = 0.5
_NEVER: Final = -1e4
_NUMBERS = range(len(LABELS))
_MAY_FOLLOW = np.array([[may_follow(label, previous) for label in _NUMBERS] for previous in _NUMBERS])
_FURTHER_COST = np.array([_NEVER if label and label % 2 == 0 else 0.0 for label in _NUMBERS], dtype=np.float32)
_COST = np.where(_MAY_FOLLOW, 0.0, _NEVER).astype(np.float32)


@dataclass(slots=True)
class Window:
    """Pieces to read at once, for words `[start, stop)` of a text.

    `asked` are the numbers, from `start`, of the words that may be part of a name. `kept` are the positions of the
    pieces of all such words, including the context, and of the marks of the window; `firsts` are the positions among
    them of the first pieces of the labelled words.
    """

    pieces: list[int]
    cases: list[int]
    kept: list[int]
    asked: list[int]
    firsts: list[int]
    start: int
    stop: int

    def __len__(self) -> int:
        return len(self.pieces)


def make_windows(words: Words, pieces: Pieces) -> Iterator[Window]:
    """Return the windows of a text, which together hold each word once beside the context; none without words."""
    count = len(words)
    read = [pieces.read(word) for word in words.words]
    asked = asked_words(words, [case for _, case in read])
    start = 0
    while start < count:
        context = max(0, start - _CONTEXT_WORDS)
        filled = 2 + sum(len(numbers) for numbers, _ in read[context:start])
        stop = cut = start
        while stop < count and filled + len(read[stop][0]) <= _MAX_PIECES:
            filled += len(read[stop][0])
            stop += 1
            if stop < count and words.openings[stop] and filled >= _MIN_FILLED * _MAX_PIECES:
                cut = stop
        if stop < count and cut > start:
            stop = cut
        window = Window([pieces.start], [SPECIAL_CASE], [0], [], [], start, stop)
        _fill(window, words, read, asked, context)
        window.kept.append(len(window.pieces))
        window.pieces.append(pieces.stop)
        window.cases.append(SPECIAL_CASE)
        yield window
        start = stop


def _fill(
    window: Window,
    words: Words,
    read: Sequence[tuple[tuple[int, ...], int]],
    asked: Sequence[bool],
    context: int,
) -> None:
    for number in range(context, window.stop):
        numbers, case = read[number]
        if asked[number]:
            if number >= window.start:
                window.asked.append(number - window.start)
                window.firsts.append(len(window.kept))
            window.kept += range(len(window.pieces), len(window.pieces) + len(numbers))
        if words.openings[number]:
            case += OPENING
        window.pieces += numbers
        window.cases += (case,) * len(numbers)


def best_labels(scores: NDArray[np.float32], breaks: Sequence[bool] = ()) -> NDArray[np.intp]:
    """Return the labels of the best-scored valid sequence: every name begins before it continues (Viterbi).

    `scores` is [words, labels]; no name continues to a word for which `breaks` is true. Empty for no words.

    >>> scores = np.zeros((2, len(LABELS)), dtype=np.float32)
    >>> scores[0, LABELS.index("B-ORG")], scores[1, LABELS.index("I-GPE")] = 3, 2
    >>> scores[1, LABELS.index("I-ORG")] = 1
    >>> [LABELS[label] for label in best_labels(scores)]
    ['B-ORG', 'I-ORG']
    """
    if any(breaks):
        scores = scores + np.asarray(breaks, dtype=np.float32)[:, None] * _FURTHER_COST
    labels: NDArray[np.intp] = scores.argmax(axis=1)
    if not len(labels) or (_MAY_FOLLOW[OUTSIDE, labels[0]] and _MAY_FOLLOW[labels[:-1], labels[1:]].all()):
        return labels
    best = scores[0] + _COST[OUTSIDE]
    came_from = np.zeros(scores.shape, dtype=np.intp)
    for number in range(1, len(scores)):
        paths = best[:, None] + _COST
        came_from[number] = paths.argmax(axis=0)
        best = paths.max(axis=0) + scores[number]
    label = int(best.argmax())
    for number in range(len(scores) - 1, -1, -1):
        labels[number] = label
        label = int(came_from[number, label])
    return labels
