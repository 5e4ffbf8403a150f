"""Amounts of money among the plain words of a query: "$1.4 billion", "1,4 Mrd. Euro", "5 to 6 million yen"."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from index.packs.tables import read_table
from search.answer.requests.vocabulary import plain_words
from search.query.ast import AmountRange, Phrase, Place, Query
from search.query.printer import print_query
from search.query.tree import leaves

if TYPE_CHECKING:
    from index.normalize.money import MoneyGrammar

__all__ = ["WrittenAmount", "written_amounts"]

_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")
_SIGN = re.compile(r"[$\u20a0-\u20cf¢£¤¥]")
_FORMS = ("code", "short", "signs", "nouns", "minor", "millions")
_FIELD = "amount:"
_MARKS_BEHIND = ".,;:?!"


class _Part(Struct, frozen=True):
    """A word or phrase: its range `[start, end)` in the text that is read, and its place in the query."""

    start: int
    end: int
    place: Place


_Text = tuple[str, Sequence[_Part]]


class WrittenAmount(Struct, frozen=True):
    """An amount of money, as the query that asks for it (`amount:"1.4bn USD"`), and its place in the text."""

    text: str
    place: Place


def written_amounts(q: str, query: Query, packs: Sequence[str]) -> tuple[WrittenAmount, ...]:
    """Return the amounts that the words of `q`, parsed as `query`, are: whole words or phrases, with a currency.

    They are read as in articles. What is no amount for certain is none: a number without a currency, a currency that
    several countries call so, words that are denied or required in exactly this form.
    """
    texts = [*_runs(q, query), *_phrases(query)]
    found = [
        amount
        for text, places in texts
        if _may_have_amounts(text, tuple(packs))
        for amount in _amounts_of(text, places, _grammar(tuple(packs)))
    ]
    known = _values(query)
    return tuple(sorted((one for one in found if one.place not in known), key=lambda one: one.place.start))


def _may_have_amounts(text: str, packs: tuple[str, ...]) -> bool:
    """True for a digit beside a currency: few texts have them, and the grammar takes 0.15 s to compile."""
    return _DIGIT.search(text) is not None and (
        _SIGN.search(text) is not None or any(word.lower() in _currency_words(packs) for word in _LETTERS.findall(text))
    )


def _amounts_of(text: str, parts: Sequence[_Part], grammar: "MoneyGrammar") -> Iterator[WrittenAmount]:
    from index.normalize.money import find_amounts

    for match in find_amounts(text, grammar):
        amount, span = match.amount, match.span
        first = next((part for part in parts if part.start == span.start), None)
        last = next((part for part in parts if part.start < span.end <= part.end), None)
        if first is None or last is None or text[span.end : last.end].strip(_MARKS_BEHIND):
            continue
        if amount.currency and amount.value is not None:
            upper = amount.value if amount.upper is None else amount.upper
            asked = print_query(AmountRange(amount.value, upper, amount.currency))
            yield WrittenAmount(asked, Place(first.place.start, last.place.end))


def _runs(q: str, query: Query) -> Iterator[_Text]:
    """Yield each run of plain words that stand side by side in the query, after `amount:` or not."""
    places = {word.place for word in plain_words(query)} | _values(query)
    runs: list[list[Place]] = []
    for place in sorted(places, key=lambda place: place.start):
        if runs and not q[runs[-1][-1].end : place.start].strip():
            runs[-1].append(place)
        else:
            runs.append([place])
    for run in runs:
        start = run[0].start
        # The field may have read less than is meant, or nothing: "amount:€1,4 Mrd.".
        field = len(_FIELD) if q[start:].lower().startswith(_FIELD) else 0
        starts = [start + field, *(place.start for place in run[1:])]
        yield (
            q[starts[0] : run[-1].end],
            [_Part(at - starts[0], place.end - starts[0], place) for at, place in zip(starts, run, strict=True)],
        )


def _values(query: Query) -> set[Place]:
    """Return where the query asks for amounts already."""
    return {leaf.place for leaf, negated in leaves(query) if isinstance(leaf, AmountRange) and not negated}


def _phrases(query: Query) -> Iterator[_Text]:
    """Yield each phrase of the query, as one part."""
    for leaf, negated in leaves(query):
        if isinstance(leaf, Phrase) and not negated and not leaf.is_exact and not leaf.field and leaf.slop is None:
            yield leaf.text, [_Part(0, len(leaf.text), leaf.place)]


@lru_cache(maxsize=4)
def _currency_words(packs: tuple[str, ...]) -> frozenset[str]:
    """Return each word in the names, codes and signs of currencies, in small letters."""
    rows = (row for table in ("currencies", "currency_words") for row in read_table(packs, table))
    return frozenset(
        word.lower() for row in rows for column in _FORMS for word in _LETTERS.findall(row.get(column) or "")
    )


@lru_cache(maxsize=4)
def _grammar(packs: tuple[str, ...]) -> "MoneyGrammar":
    # Importing the grammar takes 50 ms, which most searches must not pay: they have no amount.
    from index.normalize.money import MoneyGrammar

    return MoneyGrammar.from_packs(lambda table: read_table(packs, table))
