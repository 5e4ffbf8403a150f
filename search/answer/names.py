"""Names in queries: which entities they mean, and which words of a query are names without saying so."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.analyzer import analyze
from index.catalog.reader import CatalogReader
from index.model import Entity, Kind
from index.normalize.names import fold_name
from search.engines.base import Searcher
from search.query.ast import And, Boost, Or, Phrase, Query, Word
from search.results import EntityNote

__all__ = ["ArchiveResolver", "NamedWords", "entity_notes", "find_named_words"]

_MAX_VALUES = 10_000
_MAX_NAMESAKES = 10
_LONGEST_NAME = 5
_MAX_WORDS = 16
_MAX_NOTES = 3
_MAX_COMPLETIONS = 20
# An entity is worth a note when at least this part of the articles with its word is about it.
_MIN_SHARE = 0.1


class ArchiveResolver:
    """Answers the rewriter from the catalog and the index (see `search.query.rewrite.Resolver`)."""

    def __init__(self, catalog: CatalogReader, searcher: Searcher) -> None:
        self._catalog = catalog
        self._searcher = searcher

    def entities(self, text: str, kind: Kind | None) -> Sequence[Entity]:
        """The entities with this id (also one that was merged away), canonical name or alias, most documents first."""
        current = self._catalog.current_id(text)
        if current is not None:
            entity = self._catalog.entities([current]).get(current)
            if entity is not None and kind in (None, entity.kind):
                return (entity,)
        return self._catalog.find_entities(text, kind=kind, limit=_MAX_NAMESAKES)

    def values(self, field: str) -> Sequence[str]:
        """All values of a keyword field, most frequent first."""
        return [count.term for count in self._searcher.terms(field, limit=_MAX_VALUES)]


class NamedWords(Struct, frozen=True):
    """Words of a query that are a name of these entities, most documents first."""

    text: str
    entities: tuple[Entity, ...]


def find_named_words(query: Query, catalog: CatalogReader) -> tuple[NamedWords, ...]:
    """The names among the words of a query as written, longest first at each place; none of them twice.

    Only words that the query asks for count: not those it denies, wants in this very form, or wants in a title.
    """
    found: list[NamedWords] = []
    for words in _runs(query):
        at = 0
        while at < len(words):
            named = _longest_name(words[at : at + _LONGEST_NAME], catalog)
            if named is None:
                at += 1
                continue
            length, match = named
            found.append(match)
            at += length
    return tuple({tuple(entity.id for entity in named.entities): named for named in reversed(found)}.values())[::-1]


def _longest_name(words: Sequence[str], catalog: CatalogReader) -> tuple[int, NamedWords] | None:
    for length in range(len(words), 0, -1):
        text = " ".join(words[:length])
        entities = tuple(entity for entity in catalog.find_entities(text, limit=_MAX_NOTES) if entity.documents)
        if entities:
            return length, NamedWords(text, entities)
    return None


def _runs(query: Query) -> list[list[str]]:
    """Words that stand side by side in the query, each run in order; a phrase is a run of its own."""
    runs: list[list[str]] = [[]]
    clauses = query.clauses if isinstance(query, And | Or) else (query,)
    for clause in clauses:
        inner = clause.clause if isinstance(clause, Boost) else clause
        match inner:
            case Word(text, "", False):
                runs[-1].append(text)
            case Phrase(text, _, "", False):
                runs += [text.split(), []]
            case Or() | And():
                runs += [*_runs(inner), []]
            case _:
                runs.append([])
    kept = [run for run in runs if run]
    budget = _MAX_WORDS
    limited: list[list[str]] = []
    for run in kept:
        limited.append(run[:budget])
        budget -= len(limited[-1])
    return [run for run in limited if run]


def entity_notes(named: Sequence[NamedWords], catalog: CatalogReader, searcher: Searcher) -> tuple[EntityNote, ...]:
    """What the words of the query are besides words: at most three, most documents first.

    The entities whose name the words are, then those whose name has the word among others ("Patriot" in "Kubinka
    Patriot Park"). The documents of each are as many as choosing it finds. A word that is far more often just a word
    ("oil", though a firm is called so) is nobody's name.
    """
    notes: dict[str, EntityNote] = {}
    for words in named:
        least = _MIN_SHARE * min(
            (searcher.document_frequency("body", token.term) for token in analyze(words.text)), default=0
        )
        for entity in (*words.entities, *_with_word(words, catalog)):
            documents = searcher.document_frequency(entity.kind.value, entity.id)
            if documents and documents >= least and entity.id not in notes:
                notes[entity.id] = EntityNote(words.text, replace(entity, documents=documents))
    order = sorted(notes.values(), key=lambda note: (-note.entity.documents, note.entity.id))
    return tuple(order[:_MAX_NOTES])


def _with_word(words: NamedWords, catalog: CatalogReader) -> list[Entity]:
    """Entities with a longer name that holds these words; for one word only, or everything would be a name."""
    folded = fold_name(words.text).split()
    if len(words.text.split()) != 1 or not folded:
        return []
    return [
        entity
        for entity in catalog.complete_entities(words.text, limit=_MAX_COMPLETIONS)
        if _holds(folded, fold_name(entity.name).split())
    ]


def _holds(words: Sequence[str], name: Sequence[str]) -> bool:
    length = len(words)
    return any(list(name[at : at + length]) == list(words) for at in range(len(name) - length + 1))
