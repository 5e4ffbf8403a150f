"""The commits of an index: one small document on the server, which is written as a whole or not at all."""

import time
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConflictError, NotFoundError, RequestError

from index.engines.opensearch.mapping import FINGERPRINT
from index.engines.opensearch.server import Server
from index.errors import IndexDamagedError, IndexLockedError, IndexMissingError, IndexOutdatedError

__all__ = ["GRACE_SECONDS", "STATE_INDEX", "Commit", "State", "StateStore"]

STATE_INDEX = "dossier-state"
"""The index that holds the state and the lease of every index of Dossier on a server."""

GRACE_SECONDS = 600.0
"""Documents of a commit stay at least so long after another one was published, for readers that still ask for them."""


class Commit(Struct, frozen=True):
    """One commit: the documents of `index` that `mapping.version_filter(number)` leaves."""

    number: int
    generation: str
    index: str
    shards: int = 1
    documents: int = 0
    languages: tuple[str, ...] = ()
    lengths: dict[str, float] = {}
    """Average length of a document by text field, in words."""
    checksum: int = 0
    """Sum of the checksums of the documents."""
    superseded: float | None = None
    """The time (of the clock) when another commit was published instead; None until then."""
    is_published: bool = False
    fingerprint: str = FINGERPRINT

    def require_current(self) -> None:
        """Raise `IndexOutdatedError` when another version of the program stored the documents in another way."""
        if self.fingerprint != FINGERPRINT:
            raise IndexOutdatedError("The index was written by another version of Dossier. Run: search-cli rebuild")


class State(Struct, frozen=True):
    """All commits that can be read, the one published last, and the last number that a writer took."""

    last_number: int = 0
    published: str = ""
    commits: tuple[Commit, ...] = ()

    def find(self, generation: str) -> Commit | None:
        """Return the commit with this generation."""
        return next((commit for commit in self.commits if commit.generation == generation), None)

    def require(self, generation: str | None, *, name: str) -> Commit:
        """Return a commit by its generation (None: the one published last); raises `IndexMissingError`."""
        found = self.find(self.published if generation is None else generation)
        if found is None:
            raise IndexMissingError(
                f"OpenSearch has no {'published ' if generation is None else ''}commit of {name}"
                f"{'' if generation is None else f' {generation!r}'} - run: search-cli index FOLDER"
            )
        return found

    def with_commit(self, commit: Commit) -> "State":
        """Return the state with one more commit."""
        return replace(self, commits=(*self.commits, commit))

    def keeping(self, kept: Iterable[str], *, now: float | None = None) -> "State":
        """Return the state without commits that nobody needs: those kept, and what was published lately, stay."""
        limit = (time.time() if now is None else now) - GRACE_SECONDS
        # The commit before the published one stays however old it is.
        limit = min(limit, max((commit.superseded or 0.0 for commit in self.commits), default=0.0))
        names = {*kept, self.published}
        commits = [
            commit
            for commit in self.commits
            if commit.generation in names or (commit.is_published and (commit.superseded or 0.0) >= limit)
        ]
        return replace(self, commits=tuple(commits))

    def publishing(self, generation: str) -> "State":
        """Return the state with a commit published instead of the one before."""

        def changed(commit: Commit) -> Commit:
            if commit.generation == generation:
                return replace(commit, is_published=True, superseded=None)
            return replace(commit, superseded=time.time()) if commit.generation == self.published else commit

        return replace(self, published=generation, commits=tuple(map(changed, self.commits)))


class StateStore:
    """Reads the state of one index, and writes it for the one who read it last."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._version: dict[str, int] | None = None

    def prepare(self) -> None:
        """Make the index of all states where it is missing."""

        def ask(client: OpenSearch) -> None:
            if client.indices.exists(index=STATE_INDEX):
                return
            try:
                client.indices.create(index=STATE_INDEX, body=_STATE_BODY)
            except RequestError as error:
                # Another process was faster.
                if error.error != "resource_already_exists_exception":
                    raise

        self._server.call(ask)

    def read(self) -> State:
        """Return the state now; an empty one where there is none. Raises `IndexDamagedError` when it makes no sense."""
        found = self._server.call(self._get)
        if found is None:
            self._version = None
            return State()
        self._version = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
        try:
            return msgspec.convert(found["_source"], State)
        except msgspec.ValidationError as error:
            raise IndexDamagedError(
                f"The list of commits of {self._server.name} in the index {STATE_INDEX} cannot be read: {error}. "
                "Run: search-cli rebuild"
            ) from error

    def write(self, state: State) -> None:
        """Write the state if nobody wrote it since it was read; else raises `IndexLockedError`."""
        content = msgspec.to_builtins(state)
        how: dict[str, Any] = dict(self._version) if self._version is not None else {"op_type": "create"}

        def ask(client: OpenSearch) -> bool:
            try:
                answer = client.index(index=STATE_INDEX, id=self._server.name, body=content, **how)
            except ConflictError:
                # A try that was not answered may have been done.
                found = self._get(client)
                if found is None or found["_source"] != content:
                    return False
                answer = found
            self._version = {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}
            return True

        if not self._server.call(ask):
            raise IndexLockedError(
                f"Another process has written to {self._server.name} meanwhile. Run the command again."
            )

    def _get(self, client: OpenSearch) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = client.get(index=STATE_INDEX, id=self._server.name)
        except NotFoundError:
            return None
        return found


# What stands in it is nobody's to search: it is read by its id.
_STATE_BODY: dict[str, Any] = {
    "settings": {"number_of_shards": 1, "auto_expand_replicas": "0-2", "refresh_interval": "-1"},
    "mappings": {"dynamic": False},
}
