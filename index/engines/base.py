"""The write side of an engine."""

from collections.abc import Iterable
from types import TracebackType
from typing import Protocol, Self

from index.model import Document

__all__ = ["IndexWriter"]


class IndexWriter(Protocol):
    """One writing session on an index. Nothing is visible to readers before `commit`.

    Only one writer exists at a time for an index; opening a second raises `IndexLockedError` naming the process
    and host that hold the lock, after waiting as long as the opener was told to. A writer that is left without
    `commit`, by exception, kill or power loss, leaves the last commit readable and its leftovers are removed by
    the next writer.
    """

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing those with the same id. Of two with one id the later wins. May be called often."""
        ...

    def delete(self, ids: Iterable[str]) -> None:
        """Remove documents by id; unknown ids are ignored."""
        ...

    def commit(self) -> None:
        """Make everything since the last commit visible at once and durable on disk. The writer stays usable."""
        ...

    def __enter__(self) -> Self:
        """Return the writer itself."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Commit when the block ended normally, else roll back; then release the lock."""
        ...
