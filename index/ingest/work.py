"""What goes to a worker process and what comes back. Everything here can be pickled."""

from dataclasses import dataclass, field
from pathlib import Path

from index.catalog.records import ExtractedArticle, SourceState
from index.model import Article, Failure
from index.readers.base import ReadOptions, Source

__all__ = ["ALL_ARTICLES", "ExtractTask", "ReadTask", "ReadingOptions", "Result", "Task"]


ALL_ARTICLES = ""


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What a worker must know: the index folder (None: there is none yet), the packs, the model, and how to read.

    `keeps_seen` asks for the ids of unchanged articles too, of which pruning needs to know.
    """

    folder: Path | None
    packs: tuple[str, ...]
    model: str
    read_options: ReadOptions = field(default_factory=ReadOptions)
    keeps_seen: bool = False


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Read sources and extract what they hold. With `is_careful`, only read: the articles come back as they are."""

    sources: tuple[Source, ...]
    is_careful: bool = False


@dataclass(frozen=True, slots=True)
class ExtractTask:
    """Extract articles of one file that were read already."""

    articles: tuple[Article, ...]
    file: str


Task = ReadTask | ExtractTask


@dataclass(slots=True)
class Result:
    """What a task gave.

    `extraction` is the fingerprint of what extracted. `unchanged` counts articles that the catalog has as they are;
    `seen` are the files and ids of all articles that were met, when they were asked for, with ALL_ARTICLES in place
    of an id for a file that looks as it did. `failures` come with the locator of their source. `finished` are files
    that were read whole. `many` are sources with too many articles for one task, not counted yet; `articles` those
    that were only read, with their file. Of several parts of one source only the last `is_last`.
    """

    extraction: str = ""
    extracted: list[ExtractedArticle] = field(default_factory=list)
    unchanged: int = 0
    failures: list[tuple[str, Failure]] = field(default_factory=list)
    finished: list[SourceState] = field(default_factory=list)
    seen: list[tuple[str, str]] = field(default_factory=list)
    many: list[Source] = field(default_factory=list)
    articles: list[tuple[str, Article]] = field(default_factory=list)
    is_last: bool = True
