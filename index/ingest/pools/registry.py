"""The pools by name: another kind of worker is one more file and one more row."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from multiprocessing import current_process
from typing import Final

from index.errors import UsageError
from index.ingest.pools.base import Pool
from index.ingest.pools.divided import DividedPool
from index.ingest.workers.loading import load
from index.ingest.workers.tasks import Underway, WorkerOptions

__all__ = ["CLUSTER_POOL", "DEFAULT_POOL", "POOLS", "open_pool"]

DEFAULT_POOL: Final = "processes"
CLUSTER_POOL: Final = "ray"

# Each takes the options of its workers, how many there are to be, and who is told of long articles.
POOLS: Final[Mapping[str, str]] = {
    "local": "index.ingest.pools.local:LocalPool",
    "processes": "index.ingest.pools.processes:ProcessPool",
    "ray": "index.ingest.pools.ray.pool:RayPool",
}


def open_pool(
    name: str,
    options: WorkerOptions,
    *,
    workers: int,
    address: str = "",
    on_underway: Callable[[Underway], None] | None = None,
) -> Pool:
    """Open the pool with this name; `workers` 0 is as many as it finds good. Raises `UsageError` when there is none.

    `address` is that of the cluster, for a pool of other machines: these extract, and processes here read. A process
    that may have no children of its own (a daemon of `multiprocessing`) gets the local pool.
    """
    if current_process().daemon:
        name = "local"
    if name not in POOLS:
        raise UsageError(f"There is no pool {name!r}. Known: {', '.join(sorted(POOLS))}.")
    make: Callable[..., Pool] = load(POOLS[name])
    if name != CLUSTER_POOL:
        return make(options, workers=workers, on_underway=on_underway)
    extracting = make(options, workers=workers, address=address, on_underway=on_underway)
    reading: Callable[..., Pool] = load(POOLS[DEFAULT_POOL])
    return DividedPool(reading(replace(options, extractor=""), workers=0), extracting)
