"""The commits that searchers of one location have open, and whether the server still has them."""

import time
from collections import OrderedDict
from threading import Lock

from index.engines.base import EngineLocation
from index.engines.opensearch.server import Server
from index.engines.opensearch.state import GRACE_SECONDS, Commit, StateStore
from index.errors import IndexMissingError
from search.engines.opensearch.figures import Figures

__all__ = ["Commits", "OpenCommit"]

_MAX_OPEN = 8
# Before its time is up, the server has all that a commit shows; clocks and long requests may take the other half.
_SURE_SECONDS = GRACE_SECONDS / 2


class OpenCommit:
    """A commit with what is known of it."""

    def __init__(self, server: Server, commit: Commit) -> None:
        self.server = server
        self.commit = commit
        self.figures = Figures(server, commit)
        self._sure_until = 0.0
        self.saw(commit)

    def saw(self, commit: Commit) -> None:
        """Note that the server has the commit now."""
        age = 0.0 if commit.superseded is None else time.time() - commit.superseded
        self._sure_until = time.monotonic() + _SURE_SECONDS - max(age, 0.0)

    def check(self) -> None:
        """Raise `IndexMissingError` when an answer may lack documents, as the commit is gone by now."""
        if time.monotonic() < self._sure_until:
            return
        self.saw(StateStore(self.server).read().require(self.commit.generation, name=self.server.name))


class Commits:
    """Opens commits by generation. Safe to use from many threads."""

    def __init__(self, location: EngineLocation) -> None:
        self.server = Server(location)
        self._open: OrderedDict[str, OpenCommit] = OrderedDict()
        self._lock = Lock()

    def at(self, generation: str | None) -> OpenCommit:
        """Return a commit (None: the one published last); raises `IndexMissingError` or `IndexOutdatedError`."""
        if generation is not None:
            with self._lock:
                if generation in self._open:
                    self._open.move_to_end(generation)
                    return self._open[generation]
        commit = StateStore(self.server).read().require(generation, name=self.server.name)
        commit.require_current()
        with self._lock:
            found = self._open.setdefault(commit.generation, OpenCommit(self.server, commit))
            found.saw(commit)
            while len(self._open) > _MAX_OPEN:
                self._open.popitem(last=False)
        return found

    def require_open(self, commit: OpenCommit | None) -> OpenCommit:
        """Return a commit, or say that its searcher is closed."""
        if commit is None:
            raise IndexMissingError(f"The searcher of {self.server.name} is closed.")
        return commit
