"""Records that pass between the catalog and its writers."""

from dataclasses import dataclass

from index.identity.records import Definition, LocalLink, MadeDecision, ResolutionChanges
from index.model import Article, Failure, Mention

__all__ = [
    "MOST_ATTEMPTS",
    "WORKER_DIED",
    "ArticleState",
    "Claim",
    "EndedSource",
    "EngineCommit",
    "ExtractedArticle",
    "MadeDecision",
    "PendingDocument",
    "QueuedSource",
    "Refused",
    "ResolutionChanges",
    "RunCounts",
    "SetAside",
    "SourceState",
    "StoredCounts",
    "StoredVector",
    "WorkLeft",
]

MOST_ATTEMPTS = 3
"""A source that failed, or was lost with its worker, so often is set aside."""

WORKER_DIED = "each time its worker died"
"""Reason of a source that is set aside and never failed."""


@dataclass(frozen=True, slots=True)
class StoredVector:
    """The vector of an article, signed bytes, and the text of the stage that made it.

    Empty for an article in a language that the encoder does not know, or without words.
    """

    stage: str
    vector: bytes


@dataclass(frozen=True, slots=True)
class ExtractedArticle:
    """An article with all that was found in it.

    `file` is the locator of the source it was read from, `mentions` are sorted by start and disjoint, and every
    one's text is the part of the body that its span says. `links` index into `mentions`, at most one for each.
    `vector` is None when none was to be made.
    """

    article: Article
    file: str
    mentions: tuple[Mention, ...] = ()
    links: tuple[LocalLink, ...] = ()
    definitions: tuple[Definition, ...] = ()
    vector: StoredVector | None = None


@dataclass(frozen=True, slots=True)
class ArticleState:
    """State of an article in the catalog: its locator, its content's hash, the text of its extraction, its file."""

    locator: str
    content_hash: str
    extraction: str
    file: str


@dataclass(frozen=True, slots=True)
class SourceState:
    """A file as it was when all of it was read: size in bytes, seconds since 1970, and how many articles it held.

    `failures` counts the rows that could not be read. `reading` is the fingerprint of what read and extracted it.
    """

    locator: str
    size: int
    modified: float
    reading: str
    articles: int
    failures: int = 0


@dataclass(frozen=True, slots=True)
class RunCounts:
    """Counts of a run, in articles; `failed` counts files and rows that could not be indexed.

    `relinked` counts the articles that had not changed but name other entities than before.
    """

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    relinked: int = 0


@dataclass(frozen=True, slots=True)
class PendingDocument:
    """A document that the engine must write, or delete when the catalog has no article with its id.

    `mark` changes each time the document is marked as pending.
    """

    id: str
    mark: int


@dataclass(frozen=True, slots=True)
class EngineCommit:
    """A commit of an engine. Both are "" before the first one; `generation` is "" in archives of version 0.1."""

    engine: str = ""
    generation: str = ""


@dataclass(frozen=True, slots=True)
class StoredCounts:
    """Numbers of new articles, of articles that replaced one with the same id, and of rows that cannot be decoded."""

    added: int = 0
    changed: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class QueuedSource:
    """A source to be put into the table of work; `root` is the locator of the path under which it was found."""

    locator: str
    root: str
    size: int
    modified: float
    payload: bytes


@dataclass(frozen=True, slots=True)
class Claim:
    """A source that a worker claimed until its lease runs out; `attempts` counts this one."""

    locator: str
    root: str
    payload: bytes
    attempts: int


@dataclass(frozen=True, slots=True)
class EndedSource:
    """A source of which nothing more is to come. `reason` says why it failed, "" when it did not."""

    locator: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A source that was tried as often as sources are, and the reason."""

    locator: str
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Articles of a batch that were not staged, by id, and the failures (each with its file) that were staged instead.

    An article is refused when the claim of its source was lost to another worker, or when another file has its id.
    `lost` are the locators of such sources.
    """

    articles: frozenset[str] = frozenset()
    failures: tuple[tuple[str, Failure], ...] = ()
    lost: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkLeft:
    """The state of the table of work: whether a worker may claim something, whether others hold claims, how many do."""

    is_claimable: bool
    is_held: bool
    others: int
