"""Interpret a request: parse the text, resolve names and values, turn filters into clauses, collect notices."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from index.analyzer import fold
from index.catalog.reader import CatalogReader
from index.catalog.reading.records import NameMatches
from index.keywords.periods import parse_period
from index.model import ENTITY_KINDS, Kind
from search.answer.requests.names import (
    ArchiveResolver,
    NamedWords,
    find_named_words,
    meant_entities,
    name_candidates,
    without_marks,
)
from search.answer.requests.vocabulary import KnownWords, look_up_words
from search.engines.base import Searcher, Selection
from search.hits.terms import terms_of
from search.parameters import amount_problem
from search.query.ast import (
    AmountRange,
    And,
    DateRange,
    Everything,
    Keyword,
    Name,
    Not,
    Phrase,
    Place,
    Query,
    Undated,
    Value,
    Word,
)
from search.query.describe import describe
from search.query.entity_terms import with_entities
from search.query.parser import parse
from search.query.readings import read_terms
from search.query.rewrite import any_words, count_words, rewrite, without_values
from search.query.tree import all_of, leaves, map_leaves
from search.query.values import parse_amount_range, parse_date_side
from search.request import SearchRequest
from search.results import Notice

__all__ = ["Interpretation", "interpret", "readable"]

# From so many words on, the articles that have all of them are long ones that have everything, not the best: headings
# find their stories better by any of the words (see ADR 7).
_LONG = 6
_NOUNS = {"people": "person", "organizations": "organization", "places": "place", "systems": "system"}


class Interpretation(Struct, frozen=True):
    """A request as it was understood.

    `written` is the parsed text, None when there is none. `words` and `any_words` are its executed forms, with all or
    any of the words (`any_words` None: the two are the same). `filters` are the clauses of the request's own filters,
    `selections` its chosen facet values with the ids that entities have now. `named` are words that are names of
    entities without being marked as such; `names` are the names that were marked (`person:"..."`), as terms.
    `resolver` knows every name that was looked up, `known` the words that were.
    """

    written: Query | None
    words: Query
    any_words: Query | None
    filters: tuple[Query, ...]
    selections: tuple[Selection, ...]
    notices: tuple[Notice, ...]
    named: tuple[NamedWords, ...]
    names: frozenset[tuple[str, ...]]
    resolver: ArchiveResolver
    known: KnownWords

    @property
    def is_long(self) -> bool:
        """True for a sentence or a heading: hardly an article has all of its words, least of all the best."""
        return self.any_words is not None and count_words(self.words) >= _LONG

    def query(self, *, is_any: bool = False) -> Query:
        """Return the query for the engine: the words, scored also as the entities they name, and the filters."""
        return self.filtered(self._scored(is_any=is_any))

    def partial_query(self) -> Query:
        """Return the query for documents with some of the words and not all, scored and filtered like `query`."""
        some = self._scored(is_any=True)
        return self.filtered(And((some, Not(self.words)), some.place))

    def plain_query(self, *, is_any: bool = False, is_filtered: bool = True) -> Query:
        """Return a query that matches the same documents, for counting."""
        words = self._scored(is_any=True) if is_any else self.words
        return self.filtered(words) if is_filtered else words

    def word_query(self) -> Query:
        """Return the query as it was written, with its filters, without the entities that its words name."""
        return self.filtered(self.words)

    def filtered(self, words: Query) -> Query:
        """Return the words together with the request's own filters."""
        if not self.filters:
            return words
        clauses = [None if isinstance(words, Everything) else words, *self.filters]
        return all_of([*clauses], words.place) or words

    def executed_alternatives(
        self, written: Mapping[str, Query | None], *, catalog: CatalogReader, searcher: Searcher
    ) -> Mapping[str, Query]:
        """Return the executed form of other written queries, by text, with the same filters.

        One call to the catalog for the names in all of them, and one to the engine for values that this query has not.
        """
        queries = [query for query in written.values() if query is not None]
        names = {leaf.text for query in queries for leaf, _ in leaves(query) if isinstance(leaf, Name)}
        matches = catalog.find_names(sorted(names), ids=sorted(names)) if names else NameMatches({}, {})
        fields = _value_fields([leaf for query in queries for leaf, _ in leaves(query)])
        more = look_up_words(
            None, (), searcher=searcher, fields=[one for one in fields if one not in self.known.values]
        )
        resolver = ArchiveResolver(matches, {**self.known.values, **more.values}, self.resolver.languages)
        return {text: self.filtered(rewrite(query, resolver).query) for text, query in written.items()}

    def describe(self, *, is_any: bool) -> str:
        """Describe in one line how the text was read; "" without a text."""
        if self.written is None:
            return ""
        changed = any_words(self.written) if is_any else None
        return describe(changed or self.written, word=lambda word: _form(word, self.resolver.languages))

    def _scored(self, *, is_any: bool) -> Query:
        is_any = is_any and self.any_words is not None
        words = self.any_words if is_any and self.any_words is not None else self.words
        meant = meant_entities(self.named, self.known)
        return with_entities(words, meant, is_any=is_any)


def readable(text: str) -> str:
    """Replace lone surrogates, which no database or terminal accepts."""
    return text.encode("utf-8", "replace").decode("utf-8")


def interpret(
    request: SearchRequest,
    *,
    catalog: CatalogReader,
    searcher: Searcher,
    currencies: Mapping[str, str],
    looks_up_words: bool = False,
) -> Interpretation:
    """Interpret a request with at most one call to the catalog and one to the engine.

    `looks_up_words` also asks how frequent all words are and which similar ones there are, for suggestions.
    """
    parsed = parse(request.q, currencies=currencies)
    written = _exactly(parsed.query) if request.is_exact and parsed.query is not None else parsed.query
    filters, filter_notices = _filters(request, currencies)
    asked = [leaf for query in (written, *filters) if query is not None for leaf, _ in leaves(query)]
    names = [leaf.text for leaf in asked if isinstance(leaf, Name)]
    matches = _find_names(written, names, request.selections, catalog)
    named = find_named_words(written, matches) if written is not None else ()
    known = look_up_words(
        written if looks_up_words else None,
        [words.text for words in named],
        searcher=searcher,
        fields=_value_fields(asked),
    )
    resolver = ArchiveResolver(matches, known.values, searcher.languages)
    rewritten = rewrite(written, resolver)
    executed = [rewrite(clause, resolver).query for clause in filters]
    selections, selection_notices = current_selections(request.selections, matches)
    return Interpretation(
        written=written,
        words=rewritten.query,
        any_words=_any_words(written, rewritten.query, resolver),
        filters=tuple(executed),
        selections=selections,
        notices=(*parsed.notices, *rewritten.notices, *filter_notices, *selection_notices),
        named=named,
        names=frozenset(map(terms_of, names)),
        resolver=resolver,
        known=known,
    )


def _any_words(written: Query | None, executed: Query, resolver: ArchiveResolver) -> Query | None:
    loose = any_words(written) if written is not None and any_words(executed) is not None else None
    return None if loose is None else rewrite(loose, resolver, is_loose=True).query


def _find_names(
    written: Query | None, names: Sequence[str], selections: Sequence[Selection], catalog: CatalogReader
) -> NameMatches:
    texts = dict.fromkeys([*names, *(name_candidates(written) if written is not None else ())])
    ids = dict.fromkeys([*names, *_selected_ids(selections)])
    return catalog.find_names(list(texts), ids=list(ids)) if texts or ids else NameMatches({}, {})


def _selected_ids(selections: Iterable[Selection]) -> list[str]:
    return [
        value
        for selection in selections
        if selection.field in set(ENTITY_KINDS)
        for value in (*selection.values, *selection.excluded)
    ]


def _value_fields(asked: Iterable[Query]) -> tuple[str, ...]:
    """The keyword fields whose values the rewriter compares with."""
    fields: dict[str, None] = {}
    for leaf in asked:
        match leaf:
            case Value(field=field):
                fields[field] = None
            case AmountRange(currency=None) | AmountRange(currency=""):
                fields["currencies"] = None
            case _:
                pass
    return tuple(fields)


def current_selections(
    selections: Sequence[Selection], matches: NameMatches
) -> tuple[tuple[Selection, ...], tuple[Notice, ...]]:
    """Return the selections with the ids that entities have now, and a notice for each id that is not current.

    An id that no entity has stays as it is and matches nothing.
    """
    notices: list[Notice] = []
    current = [
        replace(
            selection,
            values=_current_ids(selection.field, selection.values, matches, notices),
            excluded=_current_ids(selection.field, selection.excluded, matches, notices),
        )
        if selection.field in set(ENTITY_KINDS)
        else selection
        for selection in selections
    ]
    return tuple(current), tuple(notices)


def _current_ids(field: str, values: Sequence[str], matches: NameMatches, notices: list[Notice]) -> tuple[str, ...]:
    current: dict[str, None] = {}
    for value in values:
        entity = matches.by_id.get(value)
        if entity is None:
            notices.append(Notice(f"No {_NOUNS[field]} in this archive has the id “{value[:60]}”"))
            current[value] = None
            continue
        if entity.id != value:
            notices.append(Notice(f"“{value[:60]}” is now “{entity.name}” ({entity.id}), which was searched for"))
        elif entity.kind is not Kind(field):
            article = "an" if field == "organizations" else "a"
            message = f"is not {article} {_NOUNS[field]} but one of the {entity.kind}"
            notices.append(Notice(f"“{entity.name}” ({entity.id}) {message}"))
        current[entity.id] = None
    return tuple(sorted(current))


def _exactly(query: Query) -> Query | None:
    """Require every word and phrase in exactly this form."""
    return map_leaves(query, lambda leaf: replace(leaf, is_exact=True) if isinstance(leaf, Word | Phrase) else leaf)


def _filters(request: SearchRequest, currencies: Mapping[str, str]) -> tuple[list[Query], list[Notice]]:
    filters: list[Query] = []
    notices: list[Notice] = []
    if request.amount:
        amounts = parse_amount_range(request.amount, currencies)
        if amounts is None:
            notices.append(Notice(amount_problem(request.amount)))
        else:
            filters.append(amounts)
    first, last = parse_date_side(request.date_from), parse_date_side(request.date_to)
    if first or last:
        start, end = (first[0] if first else None), (last[1] if last else None)
        if start and end and first and last and start > end:
            start, end = last[0], first[1]
        filters.append(DateRange(request.range_axis, start, end))
    period = parse_period(request.period)
    if period is not None:
        filters.append(Keyword(request.range_axis.value, period.values))
    if request.is_undated:
        filters.append(Undated(Place()))
    filters += map(without_values, request.unnamed)
    return filters, notices


def _form(word: str, languages: tuple[str, ...]) -> str:
    """Return a word as it is searched for, with its variable ending in brackets ("withdraw(al)"), without marks behind.

    Unchanged when it is more than a plain word, when its stem is no prefix of it ("policy", "dying"), and when the
    languages of the archive have different stems.
    """
    word = without_marks(word)
    folded = fold(word)
    found = read_terms(word, languages)
    read = {language: reading.terms for reading in found.readings for language in reading.languages}
    stems = {read.get(language, found.terms) for language in languages} or {found.terms}
    stem = stems.pop()
    if stems or len(stem) != 1 or not word.isalpha() or not folded.startswith(stem[0]) or folded == stem[0]:
        return folded
    return f"{stem[0]}({folded.removeprefix(stem[0])})"
