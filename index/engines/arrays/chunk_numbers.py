"""Numbers for the chunks of a text: a chunk is analyzed once, however often it stands in the documents of a segment.

A chunk is what stands between blanks. The terms of a text are those of its chunks, one after another.
"""

from array import array
from collections.abc import Sequence

import numpy as np

from index.analyzer import MAX_TERM_LENGTH, analysis_key, chunk_terms
from index.engines.arrays.collecting import Numbers
from index.engines.arrays.runs import ranges
from index.engines.arrays.segment_file import Array

__all__ = ["ChunkNumbers"]


class ChunkNumbers:
    """Gives each new chunk the next number, and keeps the numbers of its stems and of its exact terms."""

    def __init__(self, stems: Numbers[str], exact: Numbers[str]) -> None:
        self._stem_numbers, self._exact_numbers = stems, exact
        self._known: dict[str, _Known] = {}
        # For each chunk how many terms it has, and where they begin in the two arrays behind.
        self._counts, self._starts = array("I"), array("I")
        self._stems, self._exact = array("I"), array("I")

    def of_text(self, text: str, language: str | None) -> "array[int]":
        """Return the numbers of the chunks of a text, in order."""
        key = analysis_key(language)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _Known(self, language)
        return array("I", list(map(known.__getitem__, text.split())))

    def add(self, chunk: str, language: str | None) -> int:
        """Analyze a new chunk and return its number."""
        stems, exact = chunk_terms(chunk, language)
        number = len(self._counts)
        self._counts.append(len(stems))
        self._starts.append(len(self._stems))
        self._stems.extend(map(self._stem_numbers.__getitem__, stems))
        self._exact.extend(map(self._exact_numbers.__getitem__, exact))
        return number

    def term_count(self, chunks: "array[int]") -> int:
        """Return the number of terms that some chunks have."""
        return int(_view(self._counts)[_view(chunks)].sum())

    def expanded(self, chunks: Array) -> tuple[Array, Array, Array]:
        """Return how many terms each of some chunks has, and the stems and the exact terms of all, in order."""
        counts, places = self.places(chunks)
        return counts, *self.terms(places)

    def places(self, chunks: Array) -> tuple[Array, Array]:
        """Return how many terms each of some chunks has, and for all of these, in order, their place in `terms`."""
        counts = _view(self._counts)[chunks].astype(np.int64)
        return counts, ranges(_view(self._starts)[chunks], counts)

    def terms(self, places: Array) -> tuple[Array, Array]:
        """Return the stem and the exact term at each of some places."""
        return _view(self._stems)[places], _view(self._exact)[places]

    def texts(self, stems: Sequence[str]) -> list[str]:
        """Return the stems of each chunk with blanks between; `stems` are all stems, by number."""
        words = [stems[number] for number in self._stems]
        return [
            words[start] if count == 1 else " ".join(words[start : start + count])
            for start, count in zip(self._starts, self._counts, strict=True)
        ]


class _Known(dict[str, int]):
    """The numbers of the chunks met so far, in languages that are analyzed alike. Long ones hardly come again."""

    def __init__(self, all_chunks: ChunkNumbers, language: str | None) -> None:
        super().__init__()
        self._all = all_chunks
        self._language = language

    def __missing__(self, chunk: str) -> int:
        number = self._all.add(chunk, self._language)
        if len(chunk) <= MAX_TERM_LENGTH:
            self[chunk] = number
        return number


def _view(numbers: "array[int]") -> Array:
    """Return an array as NumPy sees it, without a copy; it must be gone before the array grows."""
    return np.frombuffer(numbers, np.uint32) if numbers else np.zeros(0, np.uint32)
