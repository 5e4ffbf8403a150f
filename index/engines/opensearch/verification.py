"""Reads all documents of a commit and compares them with what was written."""

import zlib
from collections.abc import Iterator
from typing import Any

import msgspec

from index.engines.base import EngineLocation
from index.engines.opensearch.mapping import CHECK, version_filter
from index.engines.opensearch.server import Server
from index.engines.opensearch.state import Commit, StateStore

__all__ = ["verify"]

_AT_ONCE = 500


def verify(location: EngineLocation, generation: str | None) -> tuple[str, ...]:
    """Return a line for each problem of a commit. Raises what opening it raises."""
    server = Server(location)
    try:
        commit = StateStore(server).read().require(generation, name=server.name)
        commit.require_current()
        return tuple(_problems(server, commit))
    finally:
        server.close()


def _problems(server: Server, commit: Commit) -> Iterator[str]:
    ids: set[str] = set()
    documents = checksum = 0
    altered: list[str] = []
    for row in _rows(server, commit):
        written = row.pop(CHECK, 0)
        del row["from"], row["to"]
        ids.add(row["id"])
        documents += 1
        checksum += written
        if zlib.crc32(msgspec.json.encode(row, order="sorted")) != written:
            altered.append(row["id"])
    if altered:
        yield f"{len(altered):,} documents in {commit.index} are not as they were written, such as {altered[0]}."
    if documents != len(ids):
        yield f"{documents - len(ids):,} documents are in {commit.index} twice."
    if (documents, checksum) != (commit.documents, commit.checksum):
        yield f"{commit.index} has {documents:,} documents, and {commit.documents:,} were written, or has others."


def _rows(server: Server, commit: Commit) -> Iterator[dict[str, Any]]:
    """Yield the stored fields of all documents of a commit."""
    after: list[Any] | None = None
    while True:
        body: dict[str, Any] = {
            "size": _AT_ONCE,
            "query": {"bool": {"filter": version_filter(commit.number)}},
            "sort": [{"id": "asc"}, {"from": "asc"}],
            **({} if after is None else {"search_after": after}),
        }
        found = server.call(
            lambda client, body=body: client.search(  # type: ignore[misc]
                index=commit.index, body=body, allow_partial_search_results=False
            )
        )["hits"]["hits"]
        if not found:
            return
        yield from (hit["_source"] for hit in found)
        after = found[-1]["sort"]
