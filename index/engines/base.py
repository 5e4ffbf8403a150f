"""The write side of an engine, and the records that both sides share."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Protocol, Self

from msgspec import Struct

from index.errors import UsageError
from index.model import Document

__all__ = ["Capabilities", "EngineEntry", "EngineLocation", "IndexWriter"]


class Capabilities(Struct, frozen=True):
    """Features of an engine beyond those that every engine has; declared by its classes, asked before use.

    Every engine agrees on which documents match, on totals, filters, facet counts and the order by date. Engines may
    differ in the order by relevance, and in what is listed here.
    """

    can_pin_commits: bool
    """Readers can name the commit that they see (`Searcher.at`), also one that is prepared and not published. An
    engine that cannot shows each commit to all readers at once, and raises `IndexMissingError` for any but that."""

    is_exact_scores: bool
    """Scores are those of `index.engines.scoring` to the last digit. Otherwise the order by relevance is close."""

    has_term_dictionary: bool
    """`Searcher.terms` and `similar_terms` work on text fields too, for completion and "did you mean". Without it they
    raise `EngineError` there; keyword fields have terms in every engine."""

    has_fuzzy_scores: bool
    """Prefixes and misspelled terms score by the frequencies of the terms that they stand for, not all the same."""

    has_exact_distinct: bool
    """`FacetCounts.distinct` is exact. Otherwise it is an estimate within a few percent, exact for small numbers."""

    max_facet_values: int | None
    """The largest `offset + limit` of a `FacetRequest`; None is unlimited. At least 10,000."""


class EngineLocation(Struct, frozen=True):
    """The place of an index: a folder, or an index on a server with the options of its engine."""

    folder: Path | None = None
    url: str = ""
    options: Mapping[str, str] = {}
    """By the names that the engine documents, such as the name of the index on the server."""

    def local_folder(self) -> Path:
        """Return the folder; raises `UsageError` when there is none."""
        if self.folder is None:
            raise UsageError("This engine keeps its index in a folder, and none was given.")
        return self.folder


class EngineEntry(Struct, frozen=True):
    """The two classes of an engine, each as "module:Class", imported when they are used.

    `extra` is the extra of this package that installs what they import, "" when nothing is needed. Other packages offer
    an engine as an entry point of the group `dossier.engines`, whose name is the engine's and whose value is such a
    record.
    """

    writer: str
    searcher: str
    extra: str = ""
    is_server: bool = False
    """The index is on a server, whose address and options come from the settings; else it is in a folder."""


class IndexWriter(Protocol):
    """One writing session on an index. Readers see nothing of it before the commit.

    Each commit has a *generation*, a short text that no other commit of any index has. A commit comes in two steps, so
    that the catalog can name it in a transaction of its own: `prepare` makes it durable, the catalog commits the new
    generation, `publish` shows it to readers that name none. A reader that names a generation sees that commit as soon
    as it is prepared.

    Only one writer exists at a time for an index; opening a second raises `IndexLockedError` naming the process
    and host that hold the lock, after waiting as long as the opener was told to. A writer that is left without
    `commit`, by exception, kill or power loss, leaves the last commit readable and its leftovers are removed by
    the next writer: also the commits that it prepared, but for the one that the next writer continues.
    """

    capabilities: ClassVar[Capabilities]

    def __init__(
        self, location: EngineLocation, *, lock_seconds: float, is_fresh: bool = False, generation: str | None = None
    ) -> None:
        """See `index.engines.registry.open_writer`."""
        ...

    @classmethod
    def verify(cls, location: EngineLocation, *, generation: str | None = None) -> tuple[str, ...]:
        """Read all of a commit (None: the one published last) and return one line for each problem found.

        Raises what opening the index raises.
        """
        ...

    def put(self, documents: Iterable[Document]) -> None:
        """Add documents, replacing those with the same id. Of two with one id the later wins. May be called often."""
        ...

    def delete(self, ids: Iterable[str]) -> None:
        """Remove documents by id; unknown ids are ignored."""
        ...

    def prepare(self) -> str:
        """Make everything since the last commit durable without publishing it, and return the new generation.

        The generation stays the same when nothing changed; the first commit of a new index is always made. The writer
        stays usable: what is put now belongs to the commit after this one. A commit that was prepared but not
        published disappears when a later one is published.

        Raises `DocumentRejectedError` for documents that cannot be stored whole. Neither they nor their earlier
        versions are in the commit, which the next call makes.
        """
        ...

    def publish(self) -> None:
        """Show the commit prepared last to readers that name none, and remove files that no commit in use needs.

        In use are the published commit, the one before it, and the one that this writer continued. Repeating it does
        nothing. Published is also a commit that was continued and whose own writer ended before publishing it.
        """
        ...

    def commit(self) -> str:
        """Prepare and publish at once; return the generation. The writer stays usable. Raises as `prepare` does."""
        ...

    def __enter__(self) -> Self:
        """Return the writer itself."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Commit when the block ended normally, else roll back; then release the lock."""
        ...
