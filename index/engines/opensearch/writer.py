"""`IndexWriter` on OpenSearch: new versions in bulk, a commit is a number in the state."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import ClassVar

from msgspec.structs import replace

from index.engines.base import Capabilities, EngineLocation
from index.engines.opensearch.bulk import Change, send
from index.engines.opensearch.capabilities import CAPABILITIES
from index.engines.opensearch.lease import Lease
from index.engines.opensearch.mapping import version_filter
from index.engines.opensearch.rows import make_row
from index.engines.opensearch.server import Server
from index.engines.opensearch.shards import (
    copy_commit,
    count_commit,
    create_index,
    refresh,
    remove_leftovers,
    remove_versions,
    show_as,
)
from index.engines.opensearch.state import Commit, State, StateStore
from index.engines.opensearch.verification import verify
from index.engines.refusals import Refusals
from index.engines.session import WritingSession
from index.errors import EngineError, IndexDamagedError
from index.model import Document

__all__ = ["OpenSearchWriter"]

# Documents that are collected before they are sent; the size of requests is bounded apart from it.
_AT_ONCE = 500


class OpenSearchWriter(WritingSession):
    """See `index.engines.base.IndexWriter`.

    A document that is replaced or deleted keeps its old version until no commit in use shows it. Commits that were
    published stay for ten minutes after the next one, as readers on other machines may be in the middle of an answer.
    """

    capabilities: ClassVar[Capabilities] = CAPABILITIES

    def __init__(
        self, location: EngineLocation, *, lock_seconds: float, is_fresh: bool = False, generation: str | None = None
    ) -> None:
        self._server = Server(location)
        self._store = StateStore(self._server)
        self._store.prepare()
        self._lease = Lease(self._server, seconds=lock_seconds)
        try:
            self._begin(is_fresh=is_fresh, generation=generation)
        except BaseException:
            self._end()
            raise

    @classmethod
    def verify(cls, location: EngineLocation, *, generation: str | None = None) -> tuple[str, ...]:
        """See the protocol."""
        return verify(location, generation)

    def _begin(self, *, is_fresh: bool, generation: str | None) -> None:
        """Find the commit to continue, and remove the leftovers of writers that died."""
        self._state = self._read_state(is_fresh=is_fresh)
        is_new = is_fresh or (generation is None and not self._state.published)
        self._commit: Commit | None = None if is_new else self._state.require(generation, name=self._server.name)
        self._continued = self._state.published if is_new or generation is None else generation
        self._pending: dict[str, Document | None] = {}
        # Ids of documents of the commit that is being written, its number and its index.
        self._written: set[str] = set()
        self._refusals = Refusals()
        self._number = 0
        self._index = ""
        if self._commit is not None:
            self._commit.require_current()
        if not is_fresh:
            self._remove_leftovers()

    def _read_state(self, *, is_fresh: bool) -> State:
        try:
            return self._store.read()
        except IndexDamagedError:
            if not is_fresh:
                raise
            return State()

    def _remove_leftovers(self) -> None:
        kept = self._state.keeping([self._continued])
        if kept.commits != self._state.commits:
            self._write_state(kept)
        if kept.last_number > max((commit.number for commit in kept.commits), default=0):
            remove_leftovers(self._server, kept)

    def put(self, documents: Iterable[Document]) -> None:
        """See the protocol."""
        for document in documents:
            # A later document takes the later place, too: requests are made in the order of the dictionary.
            self._pending.pop(document.id, None)
            self._pending[document.id] = document
            if len(self._pending) >= _AT_ONCE:
                self._flush()

    def delete(self, ids: Iterable[str]) -> None:
        """See the protocol."""
        for document_id in ids:
            self._pending[document_id] = None
            if len(self._pending) >= _AT_ONCE:
                self._flush()

    def prepare(self) -> str:
        """See the protocol."""
        self._flush()
        self._refusals.tell()
        if self._commit is None and not self._number:
            self._start()
        if self._number:
            self._lease.check()
            refresh(self._server, self._index)
            self._commit = count_commit(self._server, self._index, self._number)
            self._write_state(self._state.with_commit(self._commit))
            self._written, self._number = set(), 0
        assert self._commit is not None
        return self._commit.generation

    def publish(self) -> None:
        """See the protocol."""
        commit, before = self._commit, self._state
        if commit is None or commit.generation == before.published:
            return
        self._lease.check()
        kept = (commit.generation, before.published, self._continued)
        self._write_state(before.publishing(commit.generation).keeping(kept))
        # What follows is tidying up: when it fails, the next writer does it.
        with suppress(EngineError):
            shown = before.find(before.published)
            if shown is None or shown.index != commit.index:
                show_as(self._server, commit.index)
            remove_versions(self._server, before, self._state)

    def _end(self) -> None:
        self._lease.release()
        self._server.close()

    def _write_state(self, state: State) -> None:
        self._store.write(state)
        self._state = state

    def _start(self) -> None:
        """Take a number for the next commit, and an index where there is none that can be continued."""
        if self._number:
            return
        self._lease.check()
        number = self._state.last_number + 1
        self._write_state(replace(self._state, last_number=number))
        if self._commit is None:
            self._index = create_index(self._server)
        elif self._is_newest(self._commit):
            self._index = self._commit.index
        else:
            self._index = copy_commit(self._server, self._commit)
        self._number = number

    def _is_newest(self, commit: Commit) -> bool:
        """Return whether no other commit was written after this one to the same index."""
        return all(other.number <= commit.number for other in self._state.commits if other.index == commit.index)

    def _flush(self) -> None:
        """Send the collected documents, and end the versions that they replace."""
        if not self._pending:
            return
        pending, self._pending = self._pending, {}
        self._lease.check()
        self._refusals.discard(pending)
        replaced = self._find_versions(list(pending))
        if replaced or self._written.intersection(pending) or any(pending.values()):
            self._start()
            if self._commit is not None and self._index != self._commit.index:
                # In a copy, the versions have other keys.
                replaced = self._find_versions(list(pending))
            refused = send(self._server, self._index, self._changes(pending, replaced))
            # What was written before in the same commit has the same key.
            gone = [Change("delete", f"{each}#{self._number}", each) for each in refused]
            send(self._server, self._index, gone)
            self._written.difference_update(refused)
            self._refusals.add(refused)

    def _changes(self, pending: dict[str, Document | None], replaced: Sequence[str]) -> Iterable[Change]:
        number = self._number
        for key in replaced:
            yield Change("update", key, key.rpartition("#")[0], {"doc": {"to": number}})
        for document_id, document in pending.items():
            key = f"{document_id}#{number}"
            if document is not None:
                self._written.add(document_id)
                yield Change("index", key, document_id, make_row(document, number))
            elif document_id in self._written:
                self._written.discard(document_id)
                yield Change("delete", key, document_id)

    def _find_versions(self, ids: Sequence[str]) -> list[str]:
        """Return the keys of the documents of the commit that is continued which have one of these ids."""
        if self._commit is None or not self._commit.documents:
            return []
        index = self._index or self._commit.index
        filters = [{"terms": {"id": list(ids)}}, *version_filter(self._commit.number)]
        body = {"size": len(ids), "_source": False, "query": {"bool": {"filter": filters}}}
        found = self._server.call(
            lambda client: client.search(index=index, body=body, allow_partial_search_results=False)
        )
        return [hit["_id"] for hit in found["hits"]["hits"]]
