"""Readers and an extractor for workers of tests, named by "module:function"; no spaCy, so that processes start fast.

What an article or a file says tells what happens to the process that works on it.
"""

import os
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from msgspec.structs import replace

from index.ingest.workers.tasks import WorkerOptions
from index.model import Article, Failure, Kind, Mention, Span
from index.readers.base import ReadOptions, Source
from index.readers.registry import read_source

__all__ = [
    "EAT",
    "KILL",
    "KILL_HOST",
    "KILL_ONCE",
    "LONG",
    "PAUSE",
    "SLEEP",
    "CityExtractor",
    "make_extractor",
    "read_fatally",
    "read_with_one_id",
]

KILL = "Kill the worker."
# On a cluster: the process that Ray started, the parent of the server that workers are forked from.
KILL_HOST = "Kill the host of the worker."
SLEEP = "Sleep for a minute."
PAUSE = "Take a moment."
EAT = "Eat memory for a minute."
# Tells how much of it is done.
LONG = "A long text."
# Followed by the path of a file that does not exist: only the first worker dies.
KILL_ONCE = "Kill one worker: "
_ANKARA = re.compile("Ankara|Paris")


class CityExtractor:
    """Finds two cities, or ends its process."""

    def extract(
        self, articles: Iterable[Article], *, batch_size: int = 64, on_share: Callable[[str, float], None] | None = None
    ) -> Iterator[tuple[Mention, ...]]:
        """See `ArticleExtractor`."""
        for article in articles:
            if LONG in article.body and on_share is not None:
                on_share(article.locator, 0.25)
            _obey(article.body)
            if "Fail." in article.body:
                raise ValueError("it was told to")
            yield tuple(
                Mention(Span(*match.span()), match[0], Kind.PLACES, "test", "a city")
                for match in _ANKARA.finditer(article.body)
            )


def make_extractor(options: WorkerOptions) -> CityExtractor:
    """Return an extractor that needs neither packs nor a model."""
    return CityExtractor()


def read_fatally(source: Source, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read as `read_source` does; an article that says so ends the process while it is read."""
    for item in read_source(source, options):
        if isinstance(item, Article):
            _obey(item.body)
        yield item


def read_with_one_id(source: Source, options: ReadOptions) -> Iterator[Article | Failure]:
    """Read as `read_source` does, and give all articles that speak of Ankara the same id."""
    for item in read_source(source, options):
        yield replace(item, id="ankara") if isinstance(item, Article) and "Ankara" in item.body else item


def _obey(body: str) -> None:
    if SLEEP in body:
        time.sleep(60)
    if PAUSE in body:
        time.sleep(0.03)
    if EAT in body:
        eaten = b"\1" * 300_000_000
        time.sleep(60)
        del eaten
    _, is_once, path = body.partition(KILL_ONCE)
    if is_once and not Path(path.split()[0]).exists():
        Path(path.split()[0]).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if KILL in body:
        os.kill(os.getpid(), signal.SIGKILL)
    if KILL_HOST in body:
        server = Path(f"/proc/{os.getppid()}/stat").read_text(encoding="ascii")
        os.kill(int(server.rpartition(")")[2].split()[1]), signal.SIGKILL)
        time.sleep(60)
