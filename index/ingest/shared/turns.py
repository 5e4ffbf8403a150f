"""Batches of sources that come by and by."""

from collections.abc import Iterator
from typing import Self

from index.readers.base import Source

__all__ = ["Turns"]


class Turns:
    """An iterator that stops when there is nothing for now, and goes on when it is asked again later.

    >>> turns = Turns(iter([(Source("a"),), None, (Source("b"),)]))
    >>> [source.locator for (source,) in turns], [source.locator for (source,) in turns], turns.is_over
    (['a'], ['b'], True)
    """

    def __init__(self, turns: Iterator[tuple[Source, ...] | None]) -> None:
        """`turns` yields None for "nothing for now", and ends when nothing more is to come."""
        self._turns = turns
        self._ready: tuple[Source, ...] | None = None
        self.is_over = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> tuple[Source, ...]:
        if not self.look():
            raise StopIteration
        ready, self._ready = self._ready, None
        assert ready is not None, "there is one"
        return ready

    def look(self) -> bool:
        """Return whether a batch is there, which stays."""
        if self._ready is None and not self.is_over:
            try:
                self._ready = next(self._turns)
            except StopIteration:
                self.is_over = True
        return self._ready is not None
