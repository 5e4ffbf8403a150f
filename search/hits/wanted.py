"""Mentions of an article that a query and its filters ask for by value: entities, amounts and dates."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeGuard

from msgspec import Struct

from index.catalog.reading.records import ShownMention
from index.keywords.amounts import amount_size_values, amount_values, currency_values
from index.keywords.dates import date_values, month_values, year_values
from index.keywords.open_dates import closed
from index.model import ENTITY_KINDS, Amount, Article, DateInterval, Mention
from search.hits.matching import Match
from search.query.ast import Keyword, KeywordRange, Query, Term
from search.query.tree import leaves
from search.request import Selection

__all__ = ["Wanted"]

_VALUE_FIELDS = ("amounts", "currencies", "amount_sizes", "dates", "date_years", "date_months")


class Wanted(Struct, frozen=True):
    """Values in a query and its filters: entities by id, and the ranges of amounts and dates.

    `of_words` is the part of the entities that only words of the query name.
    """

    entities: Mapping[str, int]
    values: tuple[tuple[int, Keyword | KeywordRange], ...]
    of_words: int

    @classmethod
    def of(cls, query: Query, selections: Sequence[Selection], *, first_part: int) -> "Wanted":
        """Collect the values of a query and the selections; parts are numbered from `first_part` on."""
        filters: list[Keyword | KeywordRange] = [
            leaf for leaf, negated in leaves(query) if not negated and isinstance(leaf, Keyword | KeywordRange)
        ]
        filters += [Keyword(selection.field, selection.values) for selection in selections if selection.values]
        terms = (leaf.term for leaf, negated in leaves(query) if not negated and _is_entity(leaf))
        entities: dict[str, int] = dict.fromkeys(terms, first_part + len(filters))
        values: list[tuple[int, Keyword | KeywordRange]] = []
        for part, asked in enumerate(filters, start=first_part):
            if isinstance(asked, Keyword) and asked.field in set(ENTITY_KINDS):
                entities.update(dict.fromkeys(asked.values, part))
            elif asked.field in _VALUE_FIELDS:
                values.append((part, asked))
        return cls(entities, tuple(values), of_words=first_part + len(filters))

    def asks_for(self, article: Article, mention: Mention, entity_id: str | None) -> bool:
        """True for a mention of one of the entities, or with one of the values. `entity_id` is what it names."""
        if entity_id is not None:
            return entity_id in self.entities
        return any(_passes(article, mention.amount, mention.interval, asked) for _, asked in self.values)

    def find(self, article: Article, mentions: Sequence[ShownMention]) -> list[Match]:
        """Return the mentions of an article that were asked for, those outside the story left out."""
        found = [
            Match(mention.start, mention.end, self.entities[mention.entity_id])
            for mention in mentions
            if mention.entity_id is not None and mention.entity_id in self.entities and mention.in_story
        ]
        for part, asked in self.values:
            found += [
                Match(mention.start, mention.end, part)
                for mention in mentions
                if mention.in_story and _passes(article, mention.amount, mention.interval, asked)
            ]
        return sorted(found)

    def asked_by_value(self, found: Sequence[Match]) -> tuple[Match, ...]:
        """Return those of the mentions found that a filter or a value such as `person:"..."` asks for, not words."""
        return tuple(match for match in found if match.part != self.of_words)


def _is_entity(leaf: Query) -> TypeGuard[Term]:
    return isinstance(leaf, Term) and leaf.field == "entities"


def _passes(
    article: Article, amount: Amount | None, interval: DateInterval | None, asked: Keyword | KeywordRange
) -> bool:
    values = _values_of(article, amount, interval, asked.field)
    match asked:
        case Keyword(_, wanted):
            return not values.isdisjoint(wanted)
        case KeywordRange(_, lower, upper):
            return any(lower <= value <= upper for value in values)


def _values_of(article: Article, amount: Amount | None, interval: DateInterval | None, field: str) -> set[str]:
    """Return the keywords that a mention with such a value alone gives its document in a field.

    An open date of an undated article has no end here: the day of indexing, which ends it there, is not stored.
    """
    if amount is not None:
        makers = {"amounts": amount_values, "currencies": currency_values, "amount_sizes": amount_size_values}
        return set(makers[field]([amount])) if field in makers else set()
    if interval is not None:
        date_makers = {"dates": date_values, "date_years": year_values, "date_months": month_values}
        days = closed(interval, published=article.published, today=date.max)
        return set(date_makers[field]([days])) if field in date_makers else set()
    return set()
