"""Open commits of one index, shared by its searchers."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Generic, Protocol, TypeVar

__all__ = ["Commits", "OpenCommit"]

# The current commit, the one before it, and one of a slow reader. Each may hold megabytes of caches; a searcher that is
# pinned to a commit keeps it open in any case.
_MAX_OPEN = 3


class OpenCommit(Protocol):
    """A commit of an index, opened for searching."""

    @property
    def generation(self) -> str:
        """The generation of the commit."""
        ...


CommitOf = TypeVar("CommitOf", bound=OpenCommit)


class Commits(Generic[CommitOf]):
    """The commits of one folder that were opened last. Safe for many threads.

    A commit that is open is never read again: its generation is unique among all indexes, so that nothing on disk can
    differ from it but by damage. `read_newest` reads the generation that is published now; `open_` opens a commit (None
    opens that one) and may take over what the open commits have in common with it.
    """

    def __init__(
        self,
        read_newest: Callable[[], str],
        open_: Callable[[str | None, Sequence[CommitOf]], CommitOf],
    ) -> None:
        self._read_newest = read_newest
        self._open_commit = open_
        self._open: OrderedDict[str, CommitOf] = OrderedDict()
        self._lock = Lock()
        # Held while files are opened, so that two threads do not open the same commit twice.
        self._opening = Lock()

    def newest(self) -> CommitOf:
        """Return the commit published last, by the index as it is on disk now; raises what opening it raises."""
        return self._find(self._read_newest()) or self._opened(None)

    def at(self, generation: str) -> CommitOf:
        """Return the commit with this generation; raises what opening it raises."""
        return self._find(generation) or self._opened(generation)

    def clear(self) -> None:
        """Forget all commits; their files are released with the last query that reads them."""
        with self._lock:
            self._open.clear()

    def _find(self, generation: str) -> CommitOf | None:
        with self._lock:
            commit = self._open.get(generation)
            if commit is not None:
                self._open.move_to_end(generation)
            return commit

    def _opened(self, generation: str | None) -> CommitOf:
        with self._opening:
            # Another thread may have opened it while this one waited.
            found = None if generation is None else self._find(generation)
            if found is not None:
                return found
            with self._lock:
                others = list(self._open.values())
            commit = self._open_commit(generation, others)
            found = self._find(commit.generation)
            if found is not None:
                return found
            with self._lock:
                self._open[commit.generation] = commit
                while len(self._open) > _MAX_OPEN:
                    self._open.popitem(last=False)
            return commit
