"""Sorted terms as two arrays: all of them in UTF-8 one after another, and where each begins.

Code point order of strings is the order of their UTF-8 bytes, so that searching needs no decoding.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np

from index.engines.arrays.runs import ranges
from index.engines.arrays.segment_file import Array, SegmentFile, SegmentFileWriter

__all__ = ["Lexicon", "write_lexicon"]


# A query asks for the same few terms many times; so many of them take about a hundred kilobytes.
_MAX_REMEMBERED = 1000
# One term in so many is kept as a landmark, some 40 bytes each: a look-up then reads 7 terms instead of 16.
_STEP = 128
# Landmarks take as long as 20 look-ups, so that they are read only where more are likely to come.
_MANY = 8


class Lexicon:
    """The distinct terms of a field in code point order; a term's number is its place in that order."""

    def __init__(self, text: Array, starts: Array) -> None:
        self._text = text.data
        self._bytes_of_all = text
        self._starts = starts
        self._size = max(len(starts) - 1, 0)
        self._found: dict[str, int | None] = {}
        self._look_ups = 0
        self._landmarks: list[bytes] | None = None

    @classmethod
    def of(cls, file: SegmentFile, field: str) -> "Lexicon":
        """Return the lexicon that `write_lexicon` stored for a field."""
        return cls(file.array(f"{field}.text"), file.array(f"{field}.text_starts"))

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, number: int) -> str:
        return str(self._bytes(number), "utf-8")

    def _bytes(self, number: int) -> bytes:
        return bytes(self._text[int(self._starts[number]) : int(self._starts[number + 1])])

    def find(self, term: str) -> int | None:
        """Return the number of a term, or None."""
        if term in self._found:
            return self._found[term]
        encoded = term.encode("utf-8", "replace")
        number: int | None = self.first_from(encoded)
        if number == self._size or self._bytes(number or 0) != encoded:
            number = None
        if len(self._found) >= _MAX_REMEMBERED:
            self._found.clear()
        self._found[term] = number
        return number

    def first_from(self, term: bytes) -> int:
        """Return the number of the first term that is not before `term`; `len` when all are."""
        low, high = self._near(term)
        while low < high:
            middle = (low + high) // 2
            if self._bytes(middle) < term:
                low = middle + 1
            else:
                high = middle
        return low

    def _near(self, term: bytes) -> tuple[int, int]:
        """Return the smallest and the largest number that `first_from` can return."""
        self._look_ups += 1
        if self._look_ups <= _MANY or self._size <= _STEP:
            return 0, self._size
        if self._landmarks is None:
            starts, ends = self._starts[:-1:_STEP].tolist(), self._starts[1::_STEP].tolist()
            self._landmarks = [bytes(self._text[start:end]) for start, end in zip(starts, ends, strict=True)]
        after = bisect_left(self._landmarks, term)
        return max(0, (after - 1) * _STEP + 1), min(after * _STEP, self._size)

    def with_prefix(self, prefix: str) -> range:
        """Return the numbers of all terms that begin with `prefix`."""
        encoded = prefix.encode("utf-8", "replace")
        # No UTF-8 text holds the byte 0xff, so this is behind every term with the prefix.
        return range(self.first_from(encoded), self.first_from(encoded + b"\xff"))

    def between(self, lower: str, upper: str) -> range:
        """Return the numbers of all terms from `lower` to `upper`, both inside."""
        first = self.first_from(lower.encode("utf-8", "replace"))
        return range(first, max(first, self.first_from(upper.encode("utf-8", "replace") + b"\0")))

    def slice(self, numbers: range) -> list[str]:
        """Return the terms with these consecutive numbers, faster than one by one."""
        if not numbers:
            return []
        starts = self._starts[numbers.start : numbers.stop + 1].tolist()
        base = starts[0]
        data = bytes(self._text[base : starts[-1]])
        return [str(data[start - base : end - base], "utf-8") for start, end in pairwise(starts)]

    def lengths(self, numbers: range) -> Array:
        """Return the length of each of these terms in bytes."""
        return np.diff(self._starts[numbers.start : numbers.stop + 1].astype(np.int64))

    def holds(self, numbers: Array, piece: bytes, offset: int) -> Array:
        """Return a mask of the terms with `piece` at a byte offset from their start, from their end if it is negative.

        May return false positives for terms shorter than the offset.
        """
        ends_or_starts = self._starts[numbers + 1 if offset < 0 else numbers].astype(np.int64) + offset
        last = len(self._bytes_of_all) - 1
        held = np.ones(len(numbers), np.bool_)
        for place, byte in enumerate(piece):
            held &= self._bytes_of_all[np.clip(ends_or_starts + place, 0, last)] == byte
        return held

    def several(self, numbers: Array) -> list[str]:
        """Return the terms with these numbers, in any order, faster than one by one."""
        places, ends = self._places(numbers)
        # No UTF-8 text holds the byte 0xff, so that it can stand behind each term.
        behind = ends + np.arange(len(ends))
        data = np.full(len(places) + len(ends), 0xFF, np.uint8)
        is_text = np.ones(len(data), np.bool_)
        is_text[behind] = False
        data[is_text] = self._bytes_of_all[places]
        return [str(term, "utf-8") for term in data.tobytes().split(b"\xff")[:-1]]

    def is_ascii(self, numbers: Array) -> Array:
        """Return a mask of the terms that have a byte for each character."""
        places, ends = self._places(numbers)
        wide = np.concatenate(([0], np.cumsum(self._bytes_of_all[places] >= 0x80)))
        is_ascii: Array = np.diff(wide[np.concatenate(([0], ends))]) == 0
        return is_ascii

    def _places(self, numbers: Array) -> tuple[Array, Array]:
        """Return the places of the bytes of some terms, one after another, and where among them each term ends."""
        starts = self._starts[numbers].astype(np.int64)
        lengths = self._starts[numbers + 1].astype(np.int64) - starts
        return ranges(starts, lengths), np.cumsum(lengths)

    def __iter__(self) -> Iterator[str]:
        return iter(self.slice(range(self._size)))


def write_lexicon(writer: SegmentFileWriter, field: str, terms: Iterable[str]) -> None:
    """Store terms, which are distinct and in code point order."""
    encoded: Sequence[bytes] = [term.encode("utf-8", "replace") for term in terms]
    starts = np.zeros(len(encoded) + 1, np.uint64)
    np.cumsum(np.fromiter(map(len, encoded), np.uint64, len(encoded)), out=starts[1:])
    writer.add(f"{field}.text", np.frombuffer(b"".join(encoded), np.uint8))
    writer.add(f"{field}.text_starts", starts if int(starts[-1]) >> 32 else starts.astype(np.uint32))
