"""Reads sources piece by piece for a worker."""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from index.ingest.workers.loading import load
from index.ingest.workers.tasks import (
    PART_ARTICLES,
    PART_CHARACTERS,
    PART_ITEMS,
    ReadResult,
    ReadTask,
    SourcePart,
    WorkerOptions,
)
from index.model import Article, Failure, Notice
from index.readers.base import Source

__all__ = ["SourceReader"]

# Sources of which some was read and that stay open; one that was closed is read again from its start.
_OPEN_SOURCES = 8


@dataclass(slots=True)
class _Cursor:
    """An open source and how many of its articles, failures and notices were taken."""

    items: Iterator[Article | Failure | Notice]
    position: int = 0


class SourceReader:
    """Does read tasks. Keeps sources with more to come open for the next task."""

    def __init__(self, options: WorkerOptions) -> None:
        self._read = load(options.reader)
        self._options = options.read_options
        self._cursors: OrderedDict[str, _Cursor] = OrderedDict()

    def read(self, task: ReadTask) -> ReadResult:
        """Read the sources of a task until one of the bounds of a result is reached."""
        parts: list[SourcePart] = []
        articles = characters = 0
        start = task.start
        for source in task.sources:
            part = self._take(source, start, PART_ARTICLES - articles, PART_CHARACTERS - characters)
            parts.append(part)
            start = 0
            articles += len(part.articles) + len(part.failures)
            characters += sum(len(article.body) for article in part.articles)
            if not part.is_last or articles >= PART_ARTICLES or characters >= PART_CHARACTERS:
                break
        return ReadResult(tuple(parts))

    def close(self) -> None:
        """Close the sources that are still open."""
        self._cursors.clear()

    def _take(self, source: Source, start: int, most_articles: int, most_characters: int) -> SourcePart:
        cursor = self._open(source, start)
        articles: list[Article] = []
        failures: list[Failure] = []
        notices: list[Notice] = []
        characters = 0
        for count, item in enumerate(cursor.items, start=1):
            cursor.position += 1
            match item:
                case Failure():
                    failures.append(item)
                case Notice():
                    notices.append(item)
                case Article():
                    articles.append(item)
                    characters += len(item.body)
            is_full = len(articles) + len(failures) >= most_articles or characters >= most_characters
            if is_full or count >= PART_ITEMS:
                self._keep(source, cursor)
                return SourcePart(
                    source.locator, tuple(articles), tuple(failures), is_last=False, notices=tuple(notices)
                )
        return SourcePart(source.locator, tuple(articles), tuple(failures), is_last=True, notices=tuple(notices))

    def _open(self, source: Source, start: int) -> _Cursor:
        cursor = self._cursors.pop(source.locator, None)
        if cursor is None or cursor.position != start or start == 0:
            items: Iterator[Article | Failure | Notice] = self._read(source, self._options)
            cursor = _Cursor(islice(items, start, None), start)
        return cursor

    def _keep(self, source: Source, cursor: _Cursor) -> None:
        self._cursors[source.locator] = cursor
        while len(self._cursors) > _OPEN_SOURCES:
            self._cursors.popitem(last=False)
