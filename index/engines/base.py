"""The write side of an engine."""

from collections.abc import Iterable
from types import TracebackType
from typing import Protocol, Self

from index.model import Document

__all__ = ["IndexWriter"]


class IndexWriter(Protocol):
    """One writing session on an index. Readers see nothing of it before the commit.

    Each commit has a *generation*, a short text that no other commit of any index has. A commit comes in two steps, so
    that the catalog can name it in a transaction of its own: `prepare` makes it durable, the catalog commits the new
    generation, `publish` shows it to readers that name none. A reader that names a generation sees that commit as soon
    as it is prepared.

    Only one writer exists at a time for an index; opening a second raises `IndexLockedError` naming the process
    and host that hold the lock, after waiting as long as the opener was told to. A writer that is left without
    `commit`, by exception, kill or power loss, leaves the last commit readable and its leftovers are removed by
    the next writer: also the commits that it prepared, but for the one that the next writer continues.
    """

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing those with the same id. Of two with one id the later wins. May be called often."""
        ...

    def delete(self, ids: Iterable[str]) -> None:
        """Remove documents by id; unknown ids are ignored."""
        ...

    def prepare(self) -> str:
        """Make everything since the last commit durable without publishing it, and return the new generation.

        The generation stays the same when nothing changed; the first commit of a new index is always made. The writer
        stays usable: what is put now belongs to the commit after this one. A commit that was prepared but not
        published disappears when a later one is published.
        """
        ...

    def publish(self) -> None:
        """Show the commit prepared last to readers that name none, and remove files that no commit in use needs.

        In use are the published commit, the one before it, and the one that this writer continued. Repeating it does
        nothing. Published is also a commit that was continued and whose own writer ended before publishing it.
        """
        ...

    def commit(self) -> str:
        """Prepare and publish at once; return the generation. The writer stays usable."""
        ...

    def __enter__(self) -> Self:
        """Return the writer itself."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Commit when the block ended normally, else roll back; then release the lock."""
        ...
