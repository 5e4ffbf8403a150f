"""The pools by name: another kind of worker is one more file and one more row."""

from collections.abc import Callable, Mapping
from multiprocessing import current_process
from typing import Final

from index.errors import UsageError
from index.ingest.pools.base import Pool
from index.ingest.workers.loading import load
from index.ingest.workers.tasks import Underway, WorkerOptions

__all__ = ["DEFAULT_POOL", "POOLS", "open_pool"]

DEFAULT_POOL: Final = "processes"

# Each takes the options of its workers, how many there are to be, and who is told of long articles.
POOLS: Final[Mapping[str, str]] = {
    "local": "index.ingest.pools.local:LocalPool",
    "processes": "index.ingest.pools.processes:ProcessPool",
}


def open_pool(
    name: str, options: WorkerOptions, *, workers: int, on_underway: Callable[[Underway], None] | None = None
) -> Pool:
    """Open the pool with this name. Raises `UsageError` when there is none.

    A process that may have no children of its own (a daemon of `multiprocessing`) gets the local pool.
    """
    if current_process().daemon:
        name = "local"
    if name not in POOLS:
        raise UsageError(f"There is no pool {name!r}. Known: {', '.join(sorted(POOLS))}.")
    make: Callable[..., Pool] = load(POOLS[name])
    return make(options, workers=workers, on_underway=on_underway)
