"""The end of a writing session, the same for every engine: commit what was written, or give it up; then let go."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self

__all__ = ["WritingSession"]


class WritingSession(ABC):
    """The part of an `index.engines.base.IndexWriter` that follows from its `prepare`, `publish` and `_end`."""

    @abstractmethod
    def prepare(self) -> str:
        """See the protocol."""

    @abstractmethod
    def publish(self) -> None:
        """See the protocol."""

    @abstractmethod
    def _end(self) -> None:
        """Give up what was not committed, and release the lock."""

    def commit(self) -> str:
        """See the protocol."""
        generation = self.prepare()
        self.publish()
        return generation

    def __enter__(self) -> Self:
        """See the protocol."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """See the protocol."""
        try:
            if kind is None:
                self.commit()
        finally:
            self._end()
