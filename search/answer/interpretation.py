"""How a request is read: its text as a tree, its filters as clauses, and what the user should know about both."""

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from index.analyzer import analyze, fold
from index.catalog.reader import CatalogReader
from search.answer.hits import terms_of
from search.answer.names import ArchiveResolver, NamedWords, find_named_words
from search.engines.base import Searcher
from search.query.ast import DateRange, Everything, Name, Phrase, Place, Query, Undated, Word
from search.query.describe import describe
from search.query.lifts import lifted
from search.query.parser import parse
from search.query.rewrite import any_words, rewrite
from search.query.tree import all_of, leaves, map_leaves
from search.query.values import parse_amount_range, parse_date_side
from search.request import SearchRequest
from search.results import Notice

__all__ = ["Reading", "read_request", "readable"]


class Reading(Struct, frozen=True):
    """A request as it was understood.

    `written` is None when there is no text. `words` and `any_words` are its executed forms, with all or any of the
    words (None: the same); `filters` are the clauses of the request's own filters. `named` are the words that are
    names of entities without saying so, `names` those that were asked for as such (`person:"..."`), as terms.
    """

    written: Query | None
    words: Query
    any_words: Query | None
    filters: tuple[Query, ...]
    notices: tuple[Notice, ...]
    named: tuple[NamedWords, ...]
    names: frozenset[tuple[str, ...]] = frozenset()

    def query(self, *, is_any: bool = False) -> Query:
        """What the engine is asked: the words, lifted, and the filters."""
        words = self.any_words if is_any and self.any_words is not None else self.words
        asked = lifted(words, [entity for named in self.named for entity in named.entities[:1]])
        return self._filtered(asked)

    def plain_query(self, *, is_any: bool = False, is_filtered: bool = True) -> Query:
        """The same without lifts, for counting."""
        words = self.any_words if is_any and self.any_words is not None else self.words
        return self._filtered(words) if is_filtered else words

    def _filtered(self, words: Query) -> Query:
        if not self.filters:
            return words
        clauses = [None if isinstance(words, Everything) else words, *self.filters]
        return all_of([*clauses], words.place) or words

    def describe(self, *, is_any: bool) -> str:
        """How the text was read, in one line; "" when there is none."""
        if self.written is None:
            return ""
        changed = any_words(self.written) if is_any else None
        return describe(changed or self.written, word=_form)


def readable(text: str) -> str:
    """The text with halves of surrogate pairs replaced, which no database or terminal takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def read_request(
    request: SearchRequest, *, catalog: CatalogReader, searcher: Searcher, currencies: Mapping[str, str]
) -> Reading:
    """Read the text and the filters of a request."""
    parsed = parse(request.q, currencies=currencies)
    written = _exactly(parsed.query) if request.is_exact and parsed.query is not None else parsed.query
    resolver = ArchiveResolver(catalog, searcher)
    rewritten = rewrite(written, resolver)
    filters, filter_notices = _filters(request, currencies)
    executed = [rewrite(clause, resolver).query for clause in filters]
    return Reading(
        written=written,
        words=rewritten.query,
        any_words=any_words(rewritten.query),
        filters=tuple(executed),
        notices=(*parsed.notices, *rewritten.notices, *filter_notices),
        named=find_named_words(written, catalog) if written is not None else (),
        names=_names(written),
    )


def _names(query: Query | None) -> frozenset[tuple[str, ...]]:
    """The names that were asked for as such, as terms."""
    found = leaves(query) if query is not None else ()
    return frozenset(terms_of(leaf.text) for leaf, _ in found if isinstance(leaf, Name))


def _exactly(query: Query) -> Query | None:
    """The query with every word and phrase wanted in this very form."""
    return map_leaves(query, lambda leaf: replace(leaf, is_exact=True) if isinstance(leaf, Word | Phrase) else leaf)


def _filters(request: SearchRequest, currencies: Mapping[str, str]) -> tuple[list[Query], list[Notice]]:
    filters: list[Query] = []
    notices: list[Notice] = []
    if request.amount:
        amounts = parse_amount_range(request.amount, currencies)
        if amounts is None:
            message = f'"{request.amount[:40]}" is no range of amounts - left out. Write ">1bn" or "1bn..3bn USD"'
            notices.append(Notice(f"amount: {message}"))
        else:
            filters.append(amounts)
    first, last = parse_date_side(request.date_from), parse_date_side(request.date_to)
    if first or last:
        start, end = (first[0] if first else None), (last[1] if last else None)
        if start and end and first and last and start > end:
            start, end = last[0], first[1]
        filters.append(DateRange(request.axis, start, end))
    if request.is_undated:
        filters.append(Undated(Place()))
    return filters, notices


def _form(word: str) -> str:
    """A word as it is searched for, with the ending that may change in brackets: "withdraw(al)".

    As it stands when it is more than a plain word, or when its stem is more than a part of it ("policy", "dying").
    """
    folded = fold(word)
    tokens = analyze(word)
    if len(tokens) == 1 and word.isalpha() and folded.startswith(tokens[0].term) and folded != tokens[0].term:
        return f"{tokens[0].term}({folded.removeprefix(tokens[0].term)})"
    return folded
