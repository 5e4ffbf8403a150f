"""The engines that are there, by name: ours in a table, those of other packages through entry points."""

from importlib import import_module
from pathlib import Path
from typing import cast

from index.engines.base import EngineEntry, EngineLocation, IndexWriter
from index.errors import UsageError

__all__ = ["ENGINES", "find_engine", "load_class", "locate", "open_writer", "verify"]

ENGINES = {
    "whoosh": EngineEntry("index.engines.whoosh.writer:WhooshWriter", "search.engines.whoosh.searcher:WhooshSearcher"),
    "tantivy": EngineEntry(
        "index.engines.tantivy.writer:TantivyWriter",
        "search.engines.tantivy.searcher:TantivySearcher",
        extra="tantivy",
    ),
    "opensearch": EngineEntry(
        "index.engines.opensearch.writer:OpenSearchWriter",
        "search.engines.opensearch.searcher:OpenSearchSearcher",
        extra="opensearch",
        is_server=True,
    ),
}
"""The engines of this package. Adding one is a row here; the contract tests hold it to the protocols."""

_GROUP = "dossier.engines"


def find_engine(name: str) -> EngineEntry:
    """Return the classes of an engine; raises `UsageError` when there is no engine of this name."""
    if name in ENGINES:
        return ENGINES[name]
    # Imported here, as reading the metadata of packages costs 14 ms of every start, and only strangers need it.
    from importlib.metadata import entry_points

    strangers = entry_points(group=_GROUP)
    if name not in strangers.names:
        known = sorted({*ENGINES, *strangers.names})
        raise UsageError(f"There is no engine {name!r}. Known: {', '.join(known)}.")
    try:
        entry = strangers[name].load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"The engine {name!r} cannot be loaded: {error}. Install its package again.") from error
    if not isinstance(entry, EngineEntry):
        raise UsageError(f"The engine {name!r} is not an EngineEntry of this program. Update its package.")
    return entry


def load_class(engine: str, entry: EngineEntry, reference: str) -> type:
    """Import one of the classes of an engine; raises `UsageError` when it or a package that it needs is missing."""
    module, _, name = reference.partition(":")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        advice = (
            f"Install it with: pip install 'dossier-search[{entry.extra}]'" if entry.extra else "Update its package."
        )
        raise UsageError(f"The engine {engine!r} cannot be loaded: {error}. {advice}") from error
    return cast("type", found)


def locate(place: EngineLocation | Path) -> EngineLocation:
    """Return the location of an index that is given as a bare folder, and any other as it is.

    >>> locate(Path("news")) == locate(EngineLocation(folder=Path("news")))
    True
    """
    return place if isinstance(place, EngineLocation) else EngineLocation(place)


def open_writer(
    engine: str,
    place: EngineLocation | Path,
    *,
    lock_seconds: float,
    is_fresh: bool = False,
    generation: str | None = None,
) -> IndexWriter:
    """Open a writer on the index at a location or in a folder, which is made when it is not there.

    The writer continues the commit `generation`, published or only prepared; None is the one published last. Pass the
    generation that the catalog names: the commits that nobody names are removed. `is_fresh` begins with no documents,
    whatever the folder holds, also when that is damaged or outdated; readers see the old documents until the commit.

    Raises `UsageError` for an unknown engine, `IndexLockedError` after waiting `lock_seconds`, `IndexMissingError` when
    there is no commit `generation`, what reading a damaged or outdated index raises, and `EngineUnavailableError` or
    `EngineTimeoutError` where an engine has a server.
    """
    writer = _writer_class(engine)
    return writer(locate(place), lock_seconds=lock_seconds, is_fresh=is_fresh, generation=generation)


def verify(engine: str, place: EngineLocation | Path, *, generation: str | None = None) -> tuple[str, ...]:
    """Read all of a commit (None: the one published last) and return one line for each problem found.

    Raises what opening the index raises.
    """
    return _writer_class(engine).verify(locate(place), generation=generation)


def _writer_class(engine: str) -> type[IndexWriter]:
    entry = find_engine(engine)
    # The entry names classes that implement the protocol; the contract tests hold ours to it.
    return cast("type[IndexWriter]", load_class(engine, entry, entry.writer))
