"""Names in queries: the entities they mean, and the words of a query that are names without being marked as such."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from index.catalog.reader import CatalogReader
from index.catalog.reading.records import NameMatches
from index.model import Entity, Kind
from index.normalize.names import fold_name
from search.answer.requests.vocabulary import KnownWords
from search.query.ast import And, Boost, Or, Phrase, Place, Query, Word
from search.results import EntityNote

__all__ = [
    "ArchiveResolver",
    "NamedWords",
    "entities_named",
    "entities_named_nearly",
    "entity_notes",
    "find_named_words",
    "meant_entities",
    "name_candidates",
    "without_marks",
]

_MAX_NAMESAKES = 10
_LONGEST_NAME = 5
_MAX_WORDS = 16
_MAX_NOTES = 3
_MAX_COMPLETIONS = 20
# An entity is worth a note when at least this part of the articles with its word is about it.
_MIN_SHARE = 0.1

# A word and its place in the text of the query.
_PlacedWord = tuple[str, Place]


class ArchiveResolver(Struct, frozen=True):
    """Resolves names and values for the rewriter from what was looked up (see `search.query.rewrite.Resolver`)."""

    matches: NameMatches
    field_values: Mapping[str, tuple[str, ...]]
    languages: tuple[str, ...] = ()

    def entities(self, text: str, kind: Kind | None) -> Sequence[Entity]:
        """Return the entities with this id (also one that was merged away), canonical name or alias.

        Most documents first; an id wins over names.
        """
        by_id = self.matches.by_id.get(text)
        if by_id is not None and kind in (None, by_id.kind):
            return (by_id,)
        named = tuple(entity for entity in self.matches.by_name.get(text, ()) if kind in (None, entity.kind))
        return named[:_MAX_NAMESAKES]

    def values(self, field: str) -> Sequence[str]:
        """Return the values of a keyword field, most frequent first."""
        return self.field_values.get(field, ())


class NamedWords(Struct, frozen=True):
    """Words of a query that are a name of these entities, most documents first, and their place in its text."""

    text: str
    entities: tuple[Entity, ...]
    place: Place


def entities_named(name: str, catalog: CatalogReader, *, kind: Kind | None = None) -> Sequence[Entity]:
    """Return the entities with this id, canonical name or alias, most documents first."""
    return ArchiveResolver(catalog.find_names([name], ids=[name]), {}).entities(name, kind)


def entities_named_nearly(
    name: str, catalog: CatalogReader, *, kind: Kind | None = None, limit: int = 3
) -> Sequence[Entity]:
    """Return entities with a name that is spelled nearly like this one, or that begins like it."""
    near = [*catalog.similar_names(name), *catalog.complete_entities(name, kind=kind, limit=limit)]
    distinct = {entity.id: entity for entity in near if kind in (None, entity.kind)}
    return list(distinct.values())[:limit]


def name_candidates(query: Query) -> Iterator[str]:
    """Yield every run of up to five words of a written query: the texts that `find_named_words` looks for."""
    for words in _runs(query):
        for start in range(len(words)):
            for end in range(start + 1, min(start + _LONGEST_NAME, len(words)) + 1):
                yield _text(words[start:end])


def find_named_words(query: Query, matches: NameMatches) -> tuple[NamedWords, ...]:
    """Return the names among the words of a written query, the longest at each position; none of them twice.

    Only words that the query asks for count: not those it denies, requires in exactly this form, or in a title.
    """
    found: list[NamedWords] = []
    for words in _runs(query):
        at = 0
        while at < len(words):
            named = _longest_name(words[at : at + _LONGEST_NAME], matches)
            if named is None:
                at += 1
                continue
            length, match = named
            found.append(match)
            at += length
    return tuple({tuple(entity.id for entity in named.entities): named for named in reversed(found)}.values())[::-1]


def _longest_name(words: Sequence[_PlacedWord], matches: NameMatches) -> tuple[int, NamedWords] | None:
    for length in range(len(words), 0, -1):
        text = _text(words[:length])
        entities = tuple(entity for entity in matches.by_name.get(text, ())[:_MAX_NOTES] if entity.documents)
        if entities:
            return length, NamedWords(text, entities, Place(words[0][1].start, words[length - 1][1].end))
    return None


def _text(words: Sequence[_PlacedWord]) -> str:
    return " ".join(word for word, _ in words)


def _runs(query: Query) -> list[list[_PlacedWord]]:
    """Words that stand side by side in the query, each run in order; a phrase is a run of its own."""
    runs: list[list[_PlacedWord]] = [[]]
    clauses = query.clauses if isinstance(query, And | Or) else (query,)
    for clause in clauses:
        inner = clause.clause if isinstance(clause, Boost) else clause
        match inner:
            case Word(text, "", False, place):
                runs[-1].append((text, place))
            case Phrase(text, _, "", False, place):
                runs += [[(word, place) for word in text.split()], []]
            case Or() | And():
                runs += [*_runs(inner), []]
            case _:
                runs.append([])
    kept = [run for run in runs if run]
    budget = _MAX_WORDS
    limited: list[list[_PlacedWord]] = []
    for run in kept:
        limited.append(run[:budget])
        budget -= len(limited[-1])
    return [run for run in limited if run]


def meant_entities(named: Sequence[NamedWords], known: KnownWords) -> list[tuple[Place, str]]:
    """Return for each name in a query its place and the id of the entity that it most likely means.

    A word that is far more often just a word ("oil", though a firm is called so) is nobody's name.
    """
    return [
        (words.place, words.entities[0].id)
        for words in named
        # Of the words of a longer name, each may be common: "army", "front".
        if len(words.text.split()) > 1 or words.entities[0].documents >= _MIN_SHARE * known.documents(words.text)
    ]


def entity_notes(named: Sequence[NamedWords], catalog: CatalogReader, known: KnownWords) -> tuple[EntityNote, ...]:
    """Return at most three entities that the words of the query name, most documents first.

    Entities whose name the words are, then those whose name has the word among others ("Patriot" in "Kubinka Patriot
    Park"). The documents of each are as many as choosing it finds. A word that is far more often just a word ("oil",
    though a firm is called so) is nobody's name.
    """
    longer = _with_words(named, catalog)
    notes: dict[str, EntityNote] = {}
    for words in named:
        least = _MIN_SHARE * known.documents(words.text)
        for entity in (*words.entities, *longer.get(words.text, ())):
            if entity.documents and entity.documents >= least:
                notes.setdefault(entity.id, EntityNote(without_marks(words.text), entity))
    order = sorted(notes.values(), key=lambda note: (-note.entity.documents, note.entity.id))
    return tuple(order[:_MAX_NOTES])


def _with_words(named: Sequence[NamedWords], catalog: CatalogReader) -> Mapping[str, list[Entity]]:
    """Return entities with a longer name that holds the words, by text; for single words only."""
    singles = [words.text for words in named if len(words.text.split()) == 1 and fold_name(words.text)]
    if not singles:
        return {}
    return {
        text: [entity for entity in found if _holds(fold_name(text).split(), fold_name(entity.name).split())]
        for text, found in catalog.complete_names(singles, limit=_MAX_COMPLETIONS).items()
    }


def _holds(words: Sequence[str], name: Sequence[str]) -> bool:
    length = len(words)
    return any(list(name[at : at + length]) == list(words) for at in range(len(name) - length + 1))


def without_marks(text: str) -> str:
    """Return words without the marks of a question or sentence behind them; a full stop may belong to them ("U.S.").

    >>> without_marks("Turkey?"), without_marks("U.S."), without_marks("?")
    ('Turkey', 'U.S.', '?')
    """
    return text.rstrip("?!,;:") or text
