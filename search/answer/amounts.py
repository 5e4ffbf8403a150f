"""The amounts in the articles of a search as a table: each with its sentence, and with what that sentence names.

The rows are the first ones of the whole table in its order, whatever the number of articles: the articles with the
largest amounts are found by ranges of amounts, which the engine counts.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from index.catalog.reader import CatalogReader
from index.keywords.amounts import UNKNOWN_CURRENCY, amount_query_ranges, amount_size_values, amount_values
from index.model import Amount
from search.engines.base import EngineHit, FacetCounts, FacetRequest, Searcher, Sort
from search.hits.prepared import PreparedArticle, PreparedArticles
from search.hits.sentences import sentence_around
from search.query.ast import AmountRange, And, Keyword, KeywordRange, Query
from search.request import AmountChoice, AmountOrder, Selection
from search.views import AmountRow, AmountSize, AmountTable, CurrencyCount

__all__ = ["amount_table"]

_MAX_ARTICLES = 400
_MAX_ROWS = 5000
_MAX_NAMES = 6
_MAX_SIZES = 1000
_MAX_CURRENCIES = 200
# Keywords of amounts are hundredths.
_STEP = Decimal("0.01")


def amount_table(
    query: Query,
    selections: Sequence[Selection],
    choice: AmountChoice,
    *,
    span: AmountRange | None,
    catalog: CatalogReader,
    searcher: Searcher,
    prepared: PreparedArticles,
    abbreviations: frozenset[str],
    most: int = _MAX_ARTICLES,
) -> AmountTable:
    """Return the rows of one currency, by default the one in most articles, and the sizes of all amounts.

    `span` is the range of the request, None without one: rows outside of it are left out. When more than `most`
    articles have rows, the table ends earlier; the rows that it has are the first ones.
    """
    facets = [
        FacetRequest("currencies", limit=_MAX_CURRENCIES),
        FacetRequest("amount_sizes", limit=_MAX_SIZES, is_by_value=True),
    ]
    found = searcher.search(query, selections=selections, facets=facets, limit=0)
    counts = {counted.field: counted for counted in found.facets}
    currencies = tuple(CurrencyCount(bucket.value, bucket.count) for bucket in counts["currencies"].buckets)
    sizes = tuple(size for size in _sizes(counts["amount_sizes"]) if _is_within(size, span))
    currency = _currency(choice, span, selections, currencies)
    wanted = _Wanted(currency, span, _chosen_sizes(selections, currency))

    def find(part: Query, sort: Sort, limit: int) -> tuple[int, Sequence[EngineHit]]:
        answer = searcher.search(And((query, part)), selections=selections, sort=sort, limit=limit)
        return answer.total, answer.hits

    powers = sorted(size.power for size in sizes if size.currency == currency and wanted.has_size(size.power))
    ids, bound, is_cut = _articles(choice.order, currency, powers, find, most)
    articles = prepared.get(ids, catalog, abbreviations=abbreviations)
    rows = _merged(row for name in ids for row in _rows(articles[name], wanted))
    ordered = _in_order(rows, choice.order)
    if is_cut and bound is not None:
        ordered = [row for row in ordered if _is_read(row.amount, bound, choice.order)]
    is_cut = is_cut or len(ordered) > _MAX_ROWS
    ordered = ordered[:_MAX_ROWS]
    return AmountTable(
        articles=found.total,
        currency=currency,
        currencies=currencies,
        sizes=sizes,
        rows=tuple(ordered[choice.offset : choice.offset + choice.limit]),
        total=len(ordered),
        is_cut=is_cut,
    )


class _Wanted:
    """The amounts that a table lists."""

    def __init__(self, currency: str, span: AmountRange | None, sizes: frozenset[str]) -> None:
        self._currency = currency
        self._sizes = sizes
        self._ranges = None if span is None else amount_query_ranges(span.lower, span.upper, [currency])

    def has_size(self, power: int) -> bool:
        """True for an order of magnitude that is not filtered out."""
        return not self._sizes or f"{self._currency}:{power}" in self._sizes

    def has(self, amount: Amount) -> bool:
        """True for an amount to list; amounts without a figure are not."""
        if amount.value is None or (amount.currency or UNKNOWN_CURRENCY) != self._currency:
            return False
        if self._sizes and self._sizes.isdisjoint(amount_size_values([amount])):
            return False
        return self._ranges is None or any(
            lower <= value <= upper for value in amount_values([amount]) for lower, upper in self._ranges
        )


def _sizes(counted: FacetCounts) -> Iterator[AmountSize]:
    for bucket in counted.buckets:
        currency, _, power = bucket.value.partition(":")
        if power.isdecimal():
            yield AmountSize(currency, int(power), bucket.count)


def _is_within(size: AmountSize, span: AmountRange | None) -> bool:
    """True for an order of magnitude with amounts in a range."""
    if span is None:
        return True
    lowest, above = Decimal(10) ** size.power if size.power else Decimal(0), Decimal(10) ** (size.power + 1)
    is_reached = (span.lower is None or span.lower < above) and (span.upper is None or span.upper >= lowest)
    return is_reached and span.currency in (None, size.currency)


def _currency(
    choice: AmountChoice, span: AmountRange | None, selections: Sequence[Selection], counted: Sequence[CurrencyCount]
) -> str:
    """Return the currency asked for: of the choice, of the range, the only one selected, or the most frequent."""
    selected = next((selection.values for selection in selections if selection.field == "currencies"), ())
    first = counted[0].currency if counted else ""
    asked = choice.currency or (span.currency if span else "") or (selected[0] if len(selected) == 1 else "")
    return asked or first


def _chosen_sizes(selections: Sequence[Selection], currency: str) -> frozenset[str]:
    chosen = next((selection.values for selection in selections if selection.field == "amount_sizes"), ())
    return frozenset(value for value in chosen if value.partition(":")[0] == currency)


_Find = Callable[[Query, Sort, int], tuple[int, Sequence[EngineHit]]]


def _articles(
    order: AmountOrder, currency: str, powers: Sequence[int], find: _Find, most: int
) -> tuple[Sequence[str], Decimal | None, bool]:
    """Return the articles to read, the last amount up to which all were read, and whether some are left out."""
    if order in (AmountOrder.NEWEST, AmountOrder.OLDEST):
        sort = Sort.NEWEST if order is AmountOrder.NEWEST else Sort.OLDEST
        total, hits = find(Keyword("currencies", (currency,)), sort, most)
        return [hit.id for hit in hits], None, total > len(hits)
    is_falling = order is AmountOrder.LARGEST
    ids: dict[str, None] = {}
    last: Decimal | None = None
    waiting = deque(_of_power(power) for power in (reversed(powers) if is_falling else powers))
    while waiting:
        lower, upper = waiting.popleft()
        total, hits = find(_between(lower, upper, currency), Sort.NEWEST, most)
        if total > most - len(ids) and upper + _STEP == 10 * (lower or 1):
            # Too many articles of one order of magnitude: go on by the first digit.
            waiting.extendleft(reversed(list(_by_digit(lower, is_falling=is_falling))))
            continue
        ids.update(dict.fromkeys(hit.id for hit in hits))
        if total > len(hits):
            return list(ids), last, True
        last = lower if is_falling else upper
        if len(ids) >= most:
            return list(ids), last, bool(waiting)
    return list(ids), last, False


def _of_power(power: int) -> tuple[Decimal, Decimal]:
    """Return the smallest and the largest amount of an order of magnitude.

    >>> _of_power(2)
    (Decimal('100'), Decimal('999.99'))
    """
    return (Decimal(10) ** power if power else Decimal(0)), Decimal(10) ** (power + 1) - _STEP


def _by_digit(lower: Decimal, *, is_falling: bool) -> Iterator[tuple[Decimal, Decimal]]:
    """Yield the parts of an order of magnitude, by the first digit of an amount; less than 1 is a part of the first."""
    unit = lower or Decimal(1)
    for digit in range(9, -1, -1) if is_falling else range(10):
        if digit or not lower:
            yield digit * unit, (digit + 1) * unit - _STEP


def _between(lower: Decimal, upper: Decimal, currency: str) -> Query:
    (first, last), *_ = amount_query_ranges(lower, upper, [currency])
    return KeywordRange("amounts", first, last)


def _is_read(amount: Amount, bound: Decimal, order: AmountOrder) -> bool:
    """True for an amount all of whose like were read."""
    value = abs(amount.value or Decimal(0))
    return max(value, abs(amount.upper or value)) >= bound if order is AmountOrder.LARGEST else value <= bound


def _rows(prepared: PreparedArticle, wanted: _Wanted) -> Iterator[AmountRow]:
    article, mentions, entities = prepared.shown.article, prepared.shown.mentions, prepared.shown.entities
    listed = [
        mention
        for mention in mentions
        if mention.amount is not None and mention.in_story and wanted.has(mention.amount)
    ]
    if not listed:
        return
    starts = [sentence.start for sentence in prepared.sentences]
    named: dict[int, dict[str, None]] = {}
    for mention in mentions:
        if mention.entity_id is not None and mention.in_story:
            named.setdefault(sentence_around(mention.start, starts), {})[mention.entity_id] = None
    for mention in listed:
        assert mention.amount is not None
        number = sentence_around(mention.start, starts)
        sentence = prepared.sentences[number]
        yield AmountRow(
            article=article.id,
            title=article.title,
            source=article.source,
            language=article.language,
            published=article.published,
            amount=mention.amount,
            text=article.body[mention.start : mention.end],
            sentence=article.body[sentence.start : sentence.end],
            sentence_number=number,
            start=mention.start - sentence.start,
            end=mention.end - sentence.start,
            entities=tuple(entities[name] for name in list(named.get(number, ()))[:_MAX_NAMES]),
            copies=0,
        )


def _merged(rows: Iterator[AmountRow]) -> list[AmountRow]:
    """Return the rows with the same sentence of other articles counted instead of repeated."""
    kept: dict[tuple[str, int], list[AmountRow]] = {}
    for row in rows:
        kept.setdefault((" ".join(row.sentence.split()), row.start), []).append(row)
    return [_with_copies(same) for same in kept.values()]


def _with_copies(same: Sequence[AmountRow]) -> AmountRow:
    first = same[0]
    others = len({row.article for row in same}) - 1
    if not others:
        return first
    return replace(first, copies=others)


def _in_order(rows: list[AmountRow], order: AmountOrder) -> list[AmountRow]:
    """Return the rows in an order; equal ones by date, newest first, then by article and position."""
    rows.sort(key=lambda row: (row.article, row.sentence_number, row.start))
    rows.sort(key=_day, reverse=order is not AmountOrder.OLDEST)
    match order:
        case AmountOrder.LARGEST:
            rows.sort(key=lambda row: row.amount.upper or row.amount.value or Decimal(0), reverse=True)
        case AmountOrder.SMALLEST:
            rows.sort(key=lambda row: row.amount.value or Decimal(0))
        case AmountOrder.NEWEST | AmountOrder.OLDEST:
            rows.sort(key=lambda row: not _day(row))
    return rows


def _day(row: AmountRow) -> str:
    """Return the day of publication, "" without one."""
    start = row.published.start if row.published else None
    return start.isoformat() if start else ""
