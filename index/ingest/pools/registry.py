"""The pools by name: another kind of worker is one more file and one more row."""

from collections.abc import Callable, Mapping
from typing import Final

from index.errors import UsageError
from index.ingest.pools.base import Pool
from index.ingest.workers.loading import load
from index.ingest.workers.tasks import WorkerOptions

__all__ = ["POOLS", "open_pool"]

# Each takes the options of its workers, and how many there are to be.
POOLS: Final[Mapping[str, str]] = {
    "local": "index.ingest.pools.local:LocalPool",
    "processes": "index.ingest.pools.processes:ProcessPool",
}


def open_pool(name: str, options: WorkerOptions, *, workers: int) -> Pool:
    """Open the pool with this name. Raises `UsageError` when there is none."""
    if name not in POOLS:
        raise UsageError(f"There is no pool {name!r}. Known: {', '.join(sorted(POOLS))}.")
    make: Callable[..., Pool] = load(POOLS[name])
    return make(options, workers=workers)
