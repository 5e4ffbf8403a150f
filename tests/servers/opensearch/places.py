"""Indexes on a node: where they are, what is stored in them, and what a client says to the node itself."""

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch

from index.engines.base import EngineLocation
from index.engines.registry import open_writer
from index.model import Document
from search.engines.registry import open_searcher
from search.query.ast import Everything

__all__ = [
    "ENGINE",
    "client_of",
    "found",
    "locations",
    "missing_copies",
    "nodes_that_give_nothing",
    "small",
    "stored",
    "write",
]

ENGINE = "opensearch"
_STALLED_SECONDS = 10.0


def locations(url: str, folder: Path) -> Iterator[EngineLocation]:
    """Places of indexes that nothing is in yet."""
    for number in count():
        yield EngineLocation(folder / f"index {number}", url=url)


def small(*names: str, body: str = "quiet hills") -> list[Document]:
    """Documents of a few words."""
    return [Document(id=name, title=f"Title {name}", body=body) for name in names]


def write(place: EngineLocation, documents: Iterable[Document], *, is_fresh: bool = False) -> str:
    """Commit documents and return the generation."""
    with open_writer(ENGINE, place, lock_seconds=0, is_fresh=is_fresh) as writer:
        writer.put(documents)
        return writer.commit()


def found(place: EngineLocation, generation: str | None = None) -> list[str]:
    """The ids of all documents of a commit."""
    return list(open_searcher(ENGINE, place, generation=generation).scan(Everything()))


def client_of(place: EngineLocation) -> OpenSearch:
    return OpenSearch(place.url.split(","), timeout=60)


def stored(place: EngineLocation, index: str) -> list[dict[str, Any]]:
    """All that an index holds, of whatever commit."""
    client = client_of(place)
    client.indices.refresh(index=index)
    hits = client.search(index=index, body={"size": 1_000, "sort": [{"id": "asc"}, {"from": "asc"}]})["hits"]["hits"]
    return [hit["_source"] for hit in hits]


def missing_copies(client: OpenSearch) -> str:
    """Tell of each copy of a shard that is not there, a line each: where it is made, since when, and why it is not."""
    nodes = sorted(node["name"] for node in client.cat.nodes(format="json"))
    lines = [f"{len(nodes)} nodes: {', '.join(nodes)}"]
    columns = "index,shard,prirep,state,node,unassigned.reason,unassigned.for,unassigned.details"
    for shard in client.cat.shards(format="json", params={"h": columns}):
        if shard["state"] == "STARTED":
            continue
        lines.append(" ".join(f"{name}={value}" for name, value in shard.items() if value is not None))
        lines.append(f"  {_explanation(client, shard)}")
    for recovery in client.cat.recovery(format="json", params={"active_only": "true"}):
        wanted = ("index", "shard", "type", "stage", "time", "source_node", "target_node", "files_percent")
        lines.append(f"recovery {' '.join(f'{name}={recovery[name]}' for name in wanted)}")
    lines += [
        f"waiting: {task['source']} for {task['time_in_queue']}" for task in client.cluster.pending_tasks()["tasks"]
    ]
    return "\n".join(lines)


def nodes_that_give_nothing(client: OpenSearch) -> set[str]:
    """Return the nodes that others have asked for a copy for ten seconds, without any answer.

    On a busy machine that happens to one in ten of those that were left alone: a request that was on its way holds up
    all others of its shard. Each repeated one counts as activity, so that the server does not give up; ending the copy
    (`reroute` with `cancel`) has it asked for once more, of the same node and in vain.
    """
    active = client.cat.recovery(format="json", params={"active_only": "true", "time": "s"})
    begun = [each for each in active if each["type"] == "peer" and each["stage"] == "init"]
    return {each["source_node"] for each in begun if float(each["time"].rstrip("s")) > _STALLED_SECONDS}


def _explanation(client: OpenSearch, shard: dict[str, Any]) -> str:
    """Return why the server does not start a copy, in its words."""
    body = {"index": shard["index"], "shard": int(shard["shard"]), "primary": shard["prirep"] == "p"}
    found = client.cluster.allocation_explain(body=body)
    reasons = [
        str(found.get(name)) for name in ("allocate_explanation", "explanation", "can_allocate") if name in found
    ]
    for node in found.get("node_allocation_decisions", ()):
        decisions = "; ".join(decision["explanation"] for decision in node.get("deciders", ()))
        reasons.append(f"{node['node_name']}: {node.get('node_decision')} {decisions}")
    return " | ".join(reasons)
