"""Messages between the driver and its workers: immutable and picklable. A worker knows nothing of the catalog."""

from dataclasses import dataclass, field
from typing import Final, assert_never

from index.identity.records import Definition, LocalLink
from index.ingest.workers.limits import Limits
from index.model import Article, Failure, Mention, Notice
from index.readers.base import ReadOptions, Source

__all__ = [
    "PART_ARTICLES",
    "PART_CHARACTERS",
    "PART_ITEMS",
    "USUAL_EXTRACTOR",
    "ExtractResult",
    "ExtractTask",
    "Findings",
    "ReadResult",
    "ReadTask",
    "Result",
    "SourcePart",
    "Task",
    "Underway",
    "WorkerOptions",
    "remaining_reads",
    "size_of",
]

# A result of reading ends with the article that reaches one of these.
PART_ARTICLES: Final = 64
PART_CHARACTERS: Final = 4_000_000
# And with the article, failure or notice that makes so many of them.
PART_ITEMS: Final = 2_000


USUAL_EXTRACTOR: Final = "index.ingest.workers.extraction:make_extractor"


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """Everything that a worker must know.

    `reader` names a function with the signature of `read_source`, `extractor` one that takes these options and returns
    an `ArticleExtractor`, both as "module:function"; without an extractor ("") a worker only reads. A process that
    needs more time or memory for a task than `limits` allow is ended. `meaning` is the part of an article that its
    vector is made of ("lead"), or "none". `device` is where the recognizer runs: "cpu", "cuda" or "auto".
    """

    packs: tuple[str, ...]
    model: str
    read_options: ReadOptions = field(default_factory=ReadOptions)
    reader: str = "index.readers.registry:read_source"
    extractor: str = USUAL_EXTRACTOR
    limits: Limits = field(default_factory=Limits)
    meaning: str = "none"
    device: str = "cpu"


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Read sources in their order, up to the bounds of one result.

    `start` counts the articles, failures and notices of the first source that earlier results had. The result depends
    on nothing else, so that any worker can do any task; one that has the source open goes on from where it is.
    """

    sources: tuple[Source, ...]
    start: int = 0


@dataclass(frozen=True, slots=True)
class ExtractTask:
    """Extract and link articles."""

    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class SourcePart:
    """Some of the articles, failures and notices of one source, in its order; `is_last` when there are no more."""

    locator: str
    articles: tuple[Article, ...]
    failures: tuple[Failure, ...]
    is_last: bool
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadResult:
    """Parts of the first sources of a task, at least one; only the last of them may have more to come."""

    parts: tuple[SourcePart, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Mentions, links and definitions of one article, see `ExtractedArticle`, and its vector.

    The vector is None when none was to be made, and empty when the encoder does not know the language.
    """

    mentions: tuple[Mention, ...]
    links: tuple[LocalLink, ...]
    definitions: tuple[Definition, ...]
    vector: bytes | None = None


@dataclass(frozen=True, slots=True)
class ExtractResult:
    """Findings or a failure for each article of a task, in its order."""

    found: tuple[Findings | Failure, ...]


@dataclass(frozen=True, slots=True)
class Underway:
    """Progress of a long article: how much of it is done, from 0 to 1."""

    locator: str
    share: float


Task = ReadTask | ExtractTask
Result = ReadResult | ExtractResult


def size_of(task: Task) -> int:
    """Return the bytes or characters that a task is about."""
    match task:
        case ReadTask(sources):
            return sum(source.size or 0 for source in sources)
        case ExtractTask(articles):
            return sum(len(article.body) for article in articles)
    assert_never(task)


def remaining_reads(task: ReadTask, result: ReadResult) -> tuple[ReadTask | None, ReadTask | None]:
    """Return what is left of a task after its result: the rest of a source that was begun, and sources that were not.

    >>> a, b, c = Source("a"), Source("b"), Source("c")
    >>> begun = SourcePart("b", (), (Failure("b#1", "empty", ""),), is_last=False)
    >>> rest, others = remaining_reads(ReadTask((a, b, c)), ReadResult((SourcePart("a", (), (), True), begun)))
    >>> rest == ReadTask((b,), start=1), others == ReadTask((c,))
    (True, True)
    """
    done, last = len(result.parts), result.parts[-1]
    rest = None
    if not last.is_last:
        before = task.start if done == 1 else 0
        rest = ReadTask((task.sources[done - 1],), before + len(last.articles) + len(last.failures) + len(last.notices))
    others = task.sources[done:]
    return rest, ReadTask(others) if others else None
