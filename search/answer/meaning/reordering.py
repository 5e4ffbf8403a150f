"""Reorder the best hits of a query of several words by words and meaning together, whatever the engine.

The best 200 by words are reordered by their score plus a part of the best score, as large as the cosine between the
vectors of query and article. Nothing is found or counted that words do not find; beyond the 200, the order of words
goes on.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from index.catalog.reader import CatalogReader
from index.errors import ModelError
from index.model import Entity
from search.answer.meaning.encoding import encode
from search.engines.base import Contribution, CountRequest, EngineHit, EngineResult, FacetRequest, Searcher
from search.query.ast import And, Or, Query, Word
from search.query.rewrite import count_words
from search.request import Order, SearchRequest, Selection, Sort

__all__ = ["ORDERED", "Ranking", "meant_text"]

ORDERED: Final = 200
"""Number of hits that are reordered."""

# Tuned on five collections with one left out at a time; .6 to 1 are alike: see docs/meaning.md.
_WEIGHT: Final = 0.8
_LABEL: Final = "meaning"


def meant_text(
    request: SearchRequest, written: Query | None, executed: Query, *, default: Order, least: int
) -> str | None:
    """Return the words of a query, `least` or more, whose meaning is asked for; None for one that goes by words alone.

    These are one word, exact words, phrases, fields, names, values, what must not occur, and filters without words.
    """
    if (
        (request.order or default) is Order.WORDS
        or request.is_exact
        or written is None
        or count_words(executed) < least
    ):
        return None
    words = _plain_words(written)
    return " ".join(words) if words else None


def _plain_words(query: Query) -> list[str] | None:
    """Return the words of a query from left to right; None when it has anything else."""
    match query:
        case Word(text, "", False):
            return [text]
        case And(clauses) | Or(clauses):
            parts = [_plain_words(clause) for clause in clauses]
            known = [part for part in parts if part is not None]
            return list(chain.from_iterable(known)) if len(known) == len(parts) else None
        case _:
            return None


class Ranking:
    """Searches as `Searcher` does, with the best hits in the order of words and meaning.

    Pages are stable: a page is a part of one order, whichever page is asked for. `text` None, and any sort but that by
    relevance, leaves everything as the engine gives it. `is_by_meaning` says whether meaning took part so far,
    `problem` why it could not.
    """

    def __init__(self, searcher: Searcher, catalog: CatalogReader, text: str | None) -> None:
        self._searcher = searcher
        self._catalog = catalog
        self._text = text
        # The best hits behind a page that was found, by the hits of this page.
        self._found: dict[tuple[EngineHit, ...], _Found] = {}
        self.is_by_meaning = False
        self.problem = ""

    def describe(self, interpretation: str) -> str:
        """Return how a text was read, and that meaning took part in the order, if it did so far."""
        return f"{interpretation} · ordered by words and meaning" if self.is_by_meaning else interpretation

    def find(
        self,
        query: Query,
        *,
        selections: Sequence[Selection] = (),
        facets: Sequence[FacetRequest] = (),
        counts: Sequence[CountRequest] = (),
        sort: Sort = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
        explain: bool = False,
    ) -> EngineResult:
        """Return a page with the right number of hits, which `order` brings into their order; one call to the engine.

        So that one call to the catalog is enough for all the hits that an answer shows.
        """
        is_reordered = self._text is not None and sort is Sort.RELEVANCE and limit > 0 and offset < ORDERED
        found = self._searcher.search(
            query,
            selections=selections,
            facets=facets,
            counts=counts,
            sort=sort,
            limit=max(ORDERED, offset + limit) if is_reordered else limit,
            offset=0 if is_reordered else offset,
            explain=explain,
        )
        if not is_reordered:
            return found
        page = _part_of(found, offset, offset + limit)
        self._found[page.hits] = _Found(found, offset, offset + limit)
        return page

    def order(
        self, *pages: EngineResult, labels: Sequence[str] = (), tied: Sequence[str] = ()
    ) -> tuple[tuple[EngineResult, ...], Mapping[str, Entity], Mapping[str, int]]:
        """Return pages that were found in their order, the entities with the ids `labels`, and mentions of `tied` ones.

        Makes one call to the catalog.
        """
        wanted = [self._found.get(page.hits) if page.hits else None for page in pages]
        ids = [hit.id for found in wanted if found is not None for hit in found.result.hits[:ORDERED]]
        if len(ids) < 2 or self._text is None:
            ids = []
        if not ids and not labels:
            return pages, {}, {}
        vectors, entities, mentions = self._catalog.vectors_and_entities(ids, labels, tied=tied)
        cosines = self._cosines(vectors)
        if not cosines:
            return pages, entities, mentions
        self.is_by_meaning = True
        ordered: list[EngineResult] = []
        highest = 0.0
        for page, found in zip(pages, wanted, strict=True):
            if found is None:
                ordered.append(page)
                continue
            # What comes after other pages is weighed as if it stood among their hits.
            highest = max(highest, found.result.hits[0].score)
            part = _part_of(_reordered(found.result, cosines, highest=highest), found.start, found.end)
            ordered.append(replace(page, hits=part.hits, explanations=part.explanations))
        return tuple(ordered), entities, mentions

    def search(
        self,
        query: Query,
        *,
        selections: Sequence[Selection] = (),
        sort: Sort = Sort.RELEVANCE,
        limit: int = 10,
        offset: int = 0,
    ) -> EngineResult:
        """Return a page in its order."""
        page = self.find(query, selections=selections, sort=sort, limit=limit, offset=offset)
        (ordered,), _, _ = self.order(page)
        return ordered

    def scan(self, query: Query, *, selections: Sequence[Selection] = (), sort: Sort = Sort.RELEVANCE) -> Iterator[str]:
        """See `Searcher.scan`."""
        ids = self._searcher.scan(query, selections=selections, sort=sort)
        if self._text is None or sort is not Sort.RELEVANCE:
            return ids
        best = [hit.id for hit in self.search(query, selections=selections, limit=ORDERED).hits]
        known = frozenset(best)
        return chain(best, (article_id for article_id in ids if article_id not in known))

    def _cosines(self, vectors: Mapping[str, bytes]) -> Mapping[str, float]:
        """Return the cosine of each vector with the query; empty for a query without words."""
        if not vectors or self._text is None:
            return {}
        try:
            vector = encode(self._text)
        except ModelError as error:
            self.problem = str(error)
            return {}
        if vector is None:
            return {}
        from index.recognizer.encoder.vectors import cosines

        return dict(zip(vectors, cosines(vector, list(vectors.values())), strict=True))


class _Found(Struct, frozen=True):
    """The hits from the first on, and the part of them that is a page."""

    result: EngineResult
    start: int
    end: int


def _reordered(found: EngineResult, cosines: Mapping[str, float], *, highest: float) -> EngineResult:
    """Return all hits with the best of them reordered; `highest` is the best score by words."""
    best, rest = found.hits[:ORDERED], found.hits[ORDERED:]
    known = [cosines[hit.id] for hit in best if hit.id in cosines]
    # An article without a vector, in a language that the encoder does not know, keeps its place among the others.
    usual = sum(known) / len(known) if known else 0.0
    added = [_WEIGHT * highest * max(0.0, cosines.get(hit.id, usual)) for hit in best]
    order = sorted(range(len(best)), key=lambda number: (-(best[number].score + added[number]), number))
    hits = tuple(EngineHit(best[number].id, best[number].score + added[number]) for number in order)
    explanations = found.explanations
    if explanations:
        parts = (
            (*explanations[number], _contribution(cosines.get(best[number].id), added[number])) for number in order
        )
        explanations = (*parts, *explanations[ORDERED:])
    return replace(found, hits=(*hits, *rest), explanations=explanations)


def _contribution(cosine: float | None, added: float) -> Contribution:
    detail = "no vector: counts like the mean of the others" if cosine is None else f"cosine {cosine:.3f}"
    return Contribution(_LABEL, added, f"{detail}, times {_WEIGHT:g} and the best score by words")


def _part_of(found: EngineResult, start: int, end: int) -> EngineResult:
    return replace(found, hits=found.hits[start:end], explanations=found.explanations[start:end])
