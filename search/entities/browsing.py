"""Finding entities without searching: pages of a kind, and completions of what is being typed."""

from index.analyzer import analyze_exact
from index.catalog.reader import CatalogReader
from index.model import Kind
from search.engines.base import Searcher
from search.views import BrowseView, Completion

__all__ = ["browse", "complete"]

_MIN_LETTERS = 2
_MAX_WORDS = 3


def browse(
    kind: Kind, *, catalog: CatalogReader, prefix: str = "", order: str = "documents", limit: int = 50, offset: int = 0
) -> BrowseView:
    """A page of the entities of a kind; raises `UsageError` for an unknown order."""
    entities = catalog.list_entities(kind, prefix=prefix, order=order, limit=limit, offset=offset)
    total = catalog.count_entities(kind, prefix=prefix)
    return BrowseView(kind, entities, total, prefix, order, limit, offset)


def complete(text: str, *, catalog: CatalogReader, searcher: Searcher, limit: int = 8) -> tuple[Completion, ...]:
    """Return entities with a name that has a word beginning like `text`, then words that complete its last word.

    Nothing for a text of less than two letters, and no words where the engine has no dictionary of terms.
    """
    typed = text.strip()
    if len(typed) < _MIN_LETTERS:
        return ()
    entities = [
        Completion(entity.name, entity.documents, entity)
        for entity in catalog.complete_entities(typed, limit=limit)
        if entity.documents
    ]
    tokens = analyze_exact(typed)
    if (
        not searcher.capabilities.has_term_dictionary
        or not tokens
        or tokens[-1].end < len(typed)
        or text[-1:].isspace()
    ):
        return tuple(entities[:limit])
    last = tokens[-1]
    words = [
        Completion(typed[: last.start] + found.term, found.documents)
        for found in searcher.terms("exact", prefix=last.term, limit=_MAX_WORDS)
    ]
    kept = entities[: max(limit - len(words), limit // 2)]
    return tuple([*kept, *words][:limit])
