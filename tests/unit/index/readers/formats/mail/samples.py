"""Messages for the tests of the readers of mail."""

from index.model import Article, Failure
from index.readers.base import ReadOptions, Source
from index.readers.registry import read_source

__all__ = ["article_of", "failures_of", "multipart", "read"]


def read(data: bytes | str, name: str = "a.eml", **options: int) -> list[Article | Failure]:
    raw = data.encode() if isinstance(data, str) else data
    return list(read_source(Source(name, data=raw), ReadOptions(**options)))  # type: ignore[arg-type]


def article_of(data: bytes | str, name: str = "a.eml") -> Article:
    [article] = [item for item in read(data, name) if isinstance(item, Article)]
    return article


def failures_of(data: bytes | str, name: str = "a.eml") -> list[tuple[str, str]]:
    return [(item.locator, item.reason) for item in read(data, name) if isinstance(item, Failure)]


def multipart(*parts: str, kind: str = "mixed", boundary: str = "b") -> str:
    """A multipart with its own header; each part begins with its header."""
    inside = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return f'Content-Type: multipart/{kind}; boundary="{boundary}"\n\n{inside}--{boundary}--\n'
