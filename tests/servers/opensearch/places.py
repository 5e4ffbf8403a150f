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

__all__ = ["ENGINE", "client_of", "found", "locations", "small", "stored", "write"]

ENGINE = "opensearch"


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
