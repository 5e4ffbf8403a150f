"""Interprets requests against one state of an archive: their words, filters, order and alternative spellings."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from index.catalog.reader import CatalogReader
from search.answer.meaning.reordering import Ranking, meant_text
from search.answer.requests.amounts import written_amounts
from search.answer.requests.interpretation import Interpretation, interpret
from search.answer.requests.requested import Requested, sort_of
from search.answer.requests.suggestions import Alternatives, alternatives
from search.engines.base import Searcher, Sort
from search.query.ast import Query
from search.query.currencies import read_currencies
from search.query.parser import parse
from search.query.values import parse_amount_range
from search.request import Order, SearchRequest

__all__ = ["Interpreter"]

_NO_CURRENCIES: Mapping[str, str] = MappingProxyType({})


class Interpreter:
    """Interprets requests with the catalog and the engine of one state. `order` is that of requests that name none."""

    def __init__(self, catalog: CatalogReader, searcher: Searcher, *, packs: Sequence[str], order: Order) -> None:
        self._catalog = catalog
        self._searcher = searcher
        self._packs = packs
        self._order = order

    @cached_property
    def currencies(self) -> Mapping[str, str]:
        """The currencies of the packs by what people write for them; read when they are first needed."""
        return read_currencies(self._packs)

    def interpret(self, request: SearchRequest, *, looks_up_words: bool = False) -> Interpretation:
        """Return what a request means; `looks_up_words` also asks how frequent its words are, for suggestions."""
        has_amounts = bool(request.amount) or "amount:" in request.q.lower()
        return interpret(
            request,
            catalog=self._catalog,
            searcher=self._searcher,
            currencies=self.currencies if has_amounts else _NO_CURRENCIES,
            looks_up_words=looks_up_words,
        )

    def requested(self, request: SearchRequest) -> Requested:
        """Return the articles that a request finds, in its order."""
        reading = self.interpret(request)
        return Requested(request, reading, self._searcher, self.ranking(request, reading))

    def ranking(self, request: SearchRequest, reading: Interpretation) -> Ranking:
        """Return the order of the hits of a request."""
        return Ranking(self._searcher, self._catalog, self.meant_text(request, reading))

    def meant_text(self, request: SearchRequest, reading: Interpretation, *, least: int = 2) -> str | None:
        """Return the words, `least` or more, whose meaning a request asks for; None when it asks for words alone."""
        return meant_text(request, reading.written, reading.words, default=self._order, least=least)

    def text_alone(self, request: SearchRequest, reading: Interpretation) -> str | None:
        """Return the words whose meaning is all that a request asks for; None where filters or another order count."""
        is_filtered = bool(reading.filters or reading.selections)
        if is_filtered or sort_of(request) is not Sort.RELEVANCE:
            return None
        return self.meant_text(request, reading, least=1)

    def alternatives(self, request: SearchRequest, reading: Interpretation) -> Alternatives:
        """Return other spellings of the words of a request; none when it is to be taken as it is written."""
        if reading.written is None or request.is_exact:
            return Alternatives()
        return alternatives(
            request.q,
            reading.written,
            catalog=self._catalog,
            matches=reading.resolver.matches,
            known=reading.known,
            amounts=written_amounts(request.q, reading.written, self._packs),
            read_amount=lambda text: parse_amount_range(text, self.currencies),
        )

    def alternative_queries(self, others: Alternatives, reading: Interpretation) -> Mapping[str, Query]:
        """Return the executed query of each alternative text, with the filters of the request."""
        parsed = {text: parse(text, currencies=self.currencies).query for text in others.texts()}
        return reading.executed_alternatives(parsed, catalog=self._catalog, searcher=self._searcher)
