"""Records that pass between the catalog and its writers."""

from dataclasses import dataclass

from index.identity.records import Definition, LocalLink, MadeDecision, ResolutionChanges
from index.model import Article, Mention

__all__ = [
    "ArticleState",
    "EngineCommit",
    "ExtractedArticle",
    "MadeDecision",
    "PendingDocument",
    "ResolutionChanges",
    "RunCounts",
    "SourceState",
    "StoredCounts",
    "StoredVector",
]


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
