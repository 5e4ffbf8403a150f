"""Recognize names in texts with a trained network in ONNX Runtime, on one thread. Nothing is downloaded or reported."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.recognizer.folder import SHIPPED, ModelFolder, open_folder
from index.recognizer.labels import KINDS, LABELS, OUTSIDE
from index.recognizer.pieces import Pieces, read_vocabulary
from index.recognizer.sessions import open_session
from index.recognizer.windows import INPUTS, Window, best_labels, make_windows
from index.recognizer.words import Words, read_words

__all__ = ["Found", "Reading", "Recognizer", "load_recognizer"]

# Score of an impossible label: its probability is zero.
_NEVER: Final = -1e4


@dataclass(frozen=True, slots=True)
class Found:
    """A name at characters `[start, end)` of a text.

    `chance` is the lowest probability of its words, between 0 and 1.
    """

    start: int
    end: int
    kind: str
    chance: float


class Reading:
    """Result for one text: its names, in order and disjoint, and the probability of each kind for each word."""

    def __init__(self, words: Words) -> None:
        self.names: list[Found] = []
        self._words = words
        self._chances = np.zeros((len(words), len(KINDS)), dtype=np.float32)

    def add(self, window: Window, scores: NDArray[np.float32]) -> None:
        """Add the scores [words, labels] of the words of a window."""
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        # The two labels of a kind, for a first word and a further one, are adjacent.
        by_kind: NDArray[np.float32] = chances[:, 1:].reshape(-1, len(KINDS), 2).sum(axis=2)
        self._chances[window.start : window.stop] = by_kind
        labels = best_labels(scores, self._words.breaks[window.start : window.stop])
        self.names.extend(_names(self._words, window, labels, by_kind))

    def chances(self, start: int, end: int) -> dict[str, float]:
        """Return the mean probability of each kind for the words in characters `[start, end)`."""
        first = bisect_right(self._words.ends, start)
        last = bisect_left(self._words.starts, end)
        if first >= last:
            return dict.fromkeys(KINDS, 0.0)
        return dict(zip(KINDS, self._chances[first:last].mean(axis=0).tolist(), strict=True))


class Recognizer:
    """A network with its vocabulary. `fingerprint` differs for networks that may find different names."""

    def __init__(self, folder: ModelFolder, *, device: str = "cpu") -> None:
        self.folder = folder
        self.fingerprint = folder.fingerprint
        self._pieces = Pieces(read_vocabulary(folder.vocabulary))
        self._session = open_session(folder.network, device=device)

    def read(self, text: str) -> Reading:
        """Recognize the names of a text. The result depends on the text alone.

        Windows run one by one: with 8 bits the scale of all numbers follows from the largest, so texts in one batch
        would change each other's names, and a batch is no faster on one core.
        """
        words = read_words(text)
        reading = Reading(words)
        for window in make_windows(words, self._pieces):
            reading.add(window, self._score(window))
        return reading

    def _score(self, window: Window) -> NDArray[np.float32]:
        """Return the scores [words, labels] of all words of a window; unlabelled words are outside of names."""
        scores = np.full((window.stop - window.start, len(LABELS)), _NEVER, dtype=np.float32)
        scores[:, OUTSIDE] = 0
        if window.asked:
            inputs = {name: np.array(getattr(window, name), dtype=np.int64) for name in INPUTS}
            outputs: list[Any] = self._session.run(None, inputs)
            scores[window.asked] = outputs[0]
        return scores


def load_recognizer(path: Path = SHIPPED, *, device: str = "cpu") -> Recognizer:
    """Load the recognizer in a folder, by default the one that ships with the program.

    `device` is "cpu", "cuda" or "auto". Raises `ModelError` when it is missing, altered or cannot be run there.
    """
    return Recognizer(open_folder(path), device=device)


def _names(words: Words, window: Window, labels: NDArray[np.intp], chances: NDArray[np.float32]) -> Iterator[Found]:
    """Return the names that the labels of a window spell; `chances` are [words, kinds]."""
    spans: list[tuple[int, int, int]] = []
    for number in labels.nonzero()[0].tolist():
        label = int(labels[number])
        if label % 2:
            spans.append((number, number + 1, label))
        else:
            first, _, begun = spans[-1]
            spans[-1] = (first, number + 1, begun)
    for first, stop, label in spans:
        kind = label // 2
        yield Found(
            words.starts[window.start + first],
            words.ends[window.start + stop - 1],
            KINDS[kind],
            float(chances[first:stop, kind].min()),
        )
