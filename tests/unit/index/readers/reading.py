"""Reading of bytes in memory, and tables of what came out."""

from collections.abc import Sequence

from index.model import SKIPPED, Article, Failure, Notice
from index.readers.base import ReadOptions, Source
from index.readers.registry import read_source

__all__ = ["article", "articles", "found", "read", "reasons", "skipped"]

Found = Article | Failure | Notice


def read(data: bytes, name: str, options: ReadOptions | None = None) -> list[Found]:
    return list(read_source(Source(name, data=data, size=len(data)), options))


def articles(items: Sequence[Found]) -> list[Article]:
    return [item for item in items if isinstance(item, Article)]


def article(data: bytes, name: str) -> Article:
    [item] = [item for item in read(data, name) if not isinstance(item, Notice)]
    assert isinstance(item, Article), item
    return item


def reasons(items: Sequence[Found]) -> list[str]:
    return [item.reason for item in items if isinstance(item, Failure)]


def skipped(items: Sequence[Found]) -> list[str]:
    return [item.message for item in items if isinstance(item, Notice) and item.reason == SKIPPED]


def found(items: Sequence[Found]) -> dict[str, str]:
    """The reason of each failure and "article" for each article, by locator."""
    return {
        item.locator: item.reason if isinstance(item, Failure) else "article"
        for item in items
        if not isinstance(item, Notice)
    }
