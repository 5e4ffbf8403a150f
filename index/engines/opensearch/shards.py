"""The indexes behind a name: made, counted, cleaned of what no commit shows, and removed."""

import os
from collections.abc import Mapping, Sequence
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.engines.opensearch.mapping import CHECK, FINGERPRINT, FOREVER, length_field, version_filter
from index.engines.opensearch.server import Server
from index.engines.opensearch.state import STATE_INDEX, Commit, State
from index.engines.opensearch.template import make_index
from index.errors import EngineError, EngineUnavailableError, UsageError
from index.fields import TEXT_FIELDS

__all__ = ["copy_commit", "count_commit", "create_index", "refresh", "remove_leftovers", "remove_versions", "show_as"]

# A request that goes through a whole index may take longer than others.
_LONG_SECONDS = 3_600
_MAX_LANGUAGES = 1_000


def create_index(server: Server) -> str:
    """Make an empty index with a name of its own, and return the name."""
    name = f"{server.name}-{os.urandom(6).hex()}"

    def ask(client: OpenSearch) -> None:
        if client.indices.exists(index=server.name) and not client.indices.exists_alias(name=server.name):
            raise UsageError(
                f"There is an index {server.name} on OpenSearch that is not ours. Write another name as `index` in "
                "[engine]."
            )
        make_index(client, server.options, name)

    server.call(ask)
    return name


def refresh(server: Server, index: str) -> None:
    """Let readers find what was written. Raises `EngineUnavailableError` when a part of the index is away."""
    shards = server.call(lambda client: client.indices.refresh(index=index))["_shards"]
    if shards["failed"]:
        raise EngineUnavailableError(
            f"OpenSearch cannot show what was written: {shards['failed']} of {shards['total']} shards failed. Nothing "
            "was committed; look after the nodes, and run the command again."
        )


def count_commit(server: Server, index: str, number: int) -> Commit:
    """Return a commit with the figures of its documents."""
    body: dict[str, Any] = {
        "size": 0,
        "track_total_hits": True,
        "query": {"bool": {"filter": version_filter(number)}},
        "aggs": {
            "languages": {"terms": {"field": "languages", "size": _MAX_LANGUAGES, "order": {"_key": "asc"}}},
            CHECK: {"sum": {"field": CHECK}},
            **{name: {"avg": {"field": length_field(name)}} for name in TEXT_FIELDS},
        },
    }
    found = server.call(lambda client: client.search(index=index, body=body, allow_partial_search_results=False))
    counts = found["aggregations"]
    return Commit(
        number=number,
        generation=f"{number}-{os.urandom(12).hex()}",
        index=index,
        shards=found["_shards"]["total"],
        documents=found["hits"]["total"]["value"],
        languages=tuple(bucket["key"] for bucket in counts["languages"]["buckets"]),
        lengths={name: (counts[name]["value"] or 0.0) / 10 for name in TEXT_FIELDS},
        checksum=int(counts[CHECK]["value"] or 0),
        fingerprint=FINGERPRINT,
    )


def copy_commit(server: Server, commit: Commit) -> str:
    """Copy the documents of a commit to an index of their own, without what came after it; return its name."""
    target = create_index(server)
    refresh(server, commit.index)
    body = {
        "source": {"index": commit.index, "query": {"bool": {"filter": version_filter(commit.number)}}},
        "dest": {"index": target},
        "script": {
            "source": "ctx._source.from = params.number; ctx._source.to = params.forever;"
            "ctx._id = ctx._source.id + '#' + params.number",
            "params": {"number": commit.number, "forever": FOREVER},
        },
    }
    _whole(server, lambda client: client.reindex(body=body, params=_long(refresh="true")))
    return target


def show_as(server: Server, index: str) -> None:
    """Let the name of the index mean this one, at once and without a gap, for other programs that search it.

    The alias shows the newest version of each document.
    """
    add = {"index": index, "alias": server.name, "filter": {"term": {"to": FOREVER}}}

    def ask(client: OpenSearch) -> None:
        try:
            others = [name for name in client.indices.get_alias(name=server.name) if name != index]
        except NotFoundError:
            others = []
        removals = [{"remove": {"index": name, "alias": server.name}} for name in others]
        client.indices.update_aliases(body={"actions": [*removals, {"add": add}]})

    server.call(ask)


def remove_leftovers(server: Server, state: State) -> None:
    """Remove what writers left that died: indexes that no commit names, and versions of commits that never were."""
    tops = _numbers(state, max)
    for index in _own_indexes(server):
        if index not in tops:
            remove_index(server, index)
        elif tops[index] < state.last_number:
            _undo(server, index, tops[index])


def remove_versions(server: Server, before: State, after: State) -> None:
    """Remove what the commits of one state needed and those of another do not."""
    lows, old = _numbers(after, min), _numbers(before, min)
    for index in old:
        if index not in lows:
            remove_index(server, index)
        elif old[index] < lows[index]:
            query = {"range": {"to": {"lte": lows[index]}}}
            _whole(server, lambda client, index=index, query=query: client.delete_by_query(
                index=index, body={"query": query}, params=_long(conflicts="proceed")
            ))  # fmt: skip


def remove_index(server: Server, index: str) -> None:
    """Remove an index, if it is there."""
    server.call(lambda client: client.indices.delete(index=index, params={"ignore_unavailable": "true"}))


def _undo(server: Server, index: str, top: int) -> None:
    """Take back what was written after the commit with a number."""
    refresh(server, index)
    new: dict[str, Any] = {"query": {"range": {"from": {"gt": top}}}}
    gone: dict[str, Any] = {
        "query": {"range": {"to": {"gt": top, "lt": FOREVER}}},
        "script": {"source": "ctx._source.to = params.forever", "params": {"forever": FOREVER}},
    }
    _whole(server, lambda client: client.delete_by_query(index=index, body=new, params=_long(refresh="true")))
    _whole(server, lambda client: client.update_by_query(index=index, body=gone, params=_long(refresh="true")))


def _numbers(state: State, choose: Any) -> Mapping[str, int]:
    """Return the least or greatest number of a commit in each index."""
    found: dict[str, list[int]] = {}
    for commit in state.commits:
        found.setdefault(commit.index, []).append(commit.number)
    return {index: choose(numbers) for index, numbers in found.items()}


def _own_indexes(server: Server) -> Sequence[str]:
    """Return the indexes that were made for this name."""
    found = server.call(lambda client: client.indices.get_mapping(index=f"{server.name}-*"))
    # For the name `dossier`, the template fits the index of all states, too.
    return [
        index
        for index, entry in found.items()
        if index != STATE_INDEX and entry["mappings"].get("_meta", {}).get("dossier") == server.name
    ]


def _long(**more: str) -> dict[str, Any]:
    return {"request_timeout": _LONG_SECONDS, **more}


def _whole(server: Server, ask: Any) -> None:
    """Make a change of many documents; raises `EngineError` when some of them failed."""
    answer = server.call(ask)
    if failures := answer.get("failures"):
        raise EngineError(f"OpenSearch could not change {len(failures):,} documents: {failures[0]}. Try again.")
