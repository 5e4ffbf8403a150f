"""The next task of a run: keeps workers busy, a bound on articles in memory, and long sources from blocking others."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from index.ingest.workers.tasks import (
    PART_ARTICLES,
    PART_CHARACTERS,
    ExtractTask,
    ReadResult,
    ReadTask,
    Task,
    remaining_reads,
)
from index.model import Article, Failure
from index.readers.base import Source

__all__ = ["Schedule", "in_groups", "make_batches"]

# A read task: enough to be worth its way to a worker and back.
_SOURCES_A_TASK: Final = 32
_BYTES_A_TASK: Final = 4_000_000
# An extract task: enough for spaCy to work in batches, few enough that all workers end at about the same time.
_ARTICLES_A_TASK: Final = 32
_CHARACTERS_A_TASK: Final = 500_000
# For each worker, reading pauses while so much is read and not extracted.
_ARTICLES_AHEAD: Final = 2 * PART_ARTICLES
_CHARACTERS_AHEAD: Final = 2 * PART_CHARACTERS


def in_groups(found: Iterable[Source | Failure], size: int) -> Iterator[list[Source | Failure]]:
    """Yield items in their order, `size` at a time."""
    items = iter(found)
    while group := list(islice(items, size)):
        yield group


def make_batches(sources: Iterable[Source]) -> Iterator[tuple[Source, ...]]:
    """Group sources in their order into read tasks; one that comes as bytes is a group of its own."""
    batch: list[Source] = []
    size = 0
    for source in sources:
        if source.data is not None:
            yield (source,)
            continue
        batch.append(source)
        size += source.size or 0
        if len(batch) >= _SOURCES_A_TASK or size >= _BYTES_A_TASK:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


class Schedule:
    """Hands out tasks: articles that wait first, then sources, in turn those that were begun and new ones.

    At most `workers` x 128 articles (or 8 million characters) are read and not yet extracted when a source is read,
    plus one result (64 articles; one of 4 million characters ends it) for each read task in hand. At most twice as
    many long sources as workers are begun at a time, and each of them gives one result in its turn.
    """

    def __init__(self, batches: Iterator[tuple[Source, ...]], *, workers: int) -> None:
        self._batches = batches
        self._articles: deque[Article] = deque()
        self._begun: deque[ReadTask] = deque()
        self._unread: deque[ReadTask] = deque()
        self._most_articles = _ARTICLES_AHEAD * workers
        self._most_characters = _CHARACTERS_AHEAD * workers
        self._most_begun = 2 * workers
        self._reads = 0
        self._ahead = 0
        self._characters = 0
        self._is_new_next = True

    @property
    def waiting(self) -> int:
        """Count of the articles that were read and are not yet extracted."""
        return self._ahead

    def may_read(self) -> bool:
        """True while more articles may be brought into memory."""
        return (
            self._ahead + self._reads * PART_ARTICLES < self._most_articles and self._characters < self._most_characters
        )

    def next_task(self) -> Task | None:
        """Return the next task, or None when there is none before a result comes."""
        if len(self._articles) >= _ARTICLES_A_TASK:
            return self._extract_task()
        if self.may_read():
            task = self._read_task()
            if task is not None:
                self._reads += 1
                return task
        return self._extract_task() if self._articles else None

    def note_read(self, task: ReadTask, result: ReadResult) -> None:
        """Take back what is left of a read task."""
        self._reads -= 1
        rest, others = remaining_reads(task, result)
        if rest is not None:
            self._begun.append(rest)
        if others is not None:
            self._unread.append(others)

    def add(self, articles: Iterable[Article]) -> None:
        """Add articles that are to be extracted."""
        for article in articles:
            self._articles.append(article)
            self._ahead += 1
            self._characters += len(article.body)

    def note_extracted(self, task: ExtractTask) -> None:
        """The articles of a task are no longer in hand."""
        self._ahead -= len(task.articles)
        self._characters -= sum(len(article.body) for article in task.articles)

    def _read_task(self) -> ReadTask | None:
        self._is_new_next = not self._is_new_next
        is_full = len(self._begun) >= self._most_begun
        if self._begun and (self._is_new_next or is_full):
            return self._begun.popleft()
        if self._unread:
            return self._unread.popleft()
        batch = next(self._batches, None)
        if batch is not None:
            return ReadTask(batch)
        return self._begun.popleft() if self._begun else None

    def _extract_task(self) -> ExtractTask:
        articles: list[Article] = []
        characters = 0
        while self._articles and len(articles) < _ARTICLES_A_TASK and characters < _CHARACTERS_A_TASK:
            articles.append(self._articles.popleft())
            characters += len(articles[-1].body)
        return ExtractTask(tuple(articles))
