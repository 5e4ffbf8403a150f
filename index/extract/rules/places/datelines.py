"""Finds the places of datelines, in capitals before the report ("FREEHOLD, N.J., March 2 (AP) -", "OSLO - Rain").

In capitals a town looks like the name of a firm, and the abbreviation of its state like an acronym; the form of the
line says that both are places. With the name of an agency behind it, a town needs no capitals: "Oslo (Reuters) -".
Between a known town and the dash stands the publisher, unless it is a place: "JAKARTA, KOMPAS.com -", "TUNIS/TAP -";
or an agency between dash and colon: "RIYADH - SPA:".
Of agencies with the same letters that of the country of the town is meant.
"""

import re
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import takewhile
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.vocabulary import read_vocabulary
from index.extract.tokens import Casing, Tokens
from index.model import Kind
from index.packs.loader import PackEntry

__all__ = ["DatelinesComponent", "create_datelines"]

_NAME: Final = "datelines"
_MAX_WORDS = 4
_MIN_LENGTH = 3
_MOST_BEFORE_DASH = 12
_MOST_OF_AGENCY = 6
_DASHES: Final = frozenset("-\N{EN DASH}\N{EM DASH}")
_COLON: Final = ":"
_COMMA: Final = ","
_BEFORE_PUBLISHER: Final = frozenset({_COMMA, "/"})
_DOMAIN = re.compile(r"[A-Z]\w+\.(?:com|net|org|id|co|info|[a-z]{2})", re.ASCII)
# Shorter ones are states as often: "PERTH, WA -".
_SHORTEST_PUBLISHER: Final = 5


Agencies = Mapping[str, tuple[PackEntry, ...]]


class DatelinesComponent:
    """Proposes the places of datelines, and the agencies of reports.

    `towns` are names that need no date or agency behind them, `agencies` those whose names mean something else, too,
    and `countries` those of the places of packs by reference.
    """

    def __init__(
        self, towns: Container[str], agencies: Agencies | None = None, countries: Mapping[str, str] | None = None
    ) -> None:
        self._towns = towns
        self._agencies = agencies or {}
        self._countries = countries or {}

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each place of a dateline; a place that a pack knows becomes sure."""
        tokens, candidates = tokens_of(doc), candidates_of(doc)
        places = {candidate.start: candidate for candidate in candidates if candidate.kind is Kind.PLACES}
        dates = {candidate.start for candidate in candidates if candidate.kind is Kind.DATES}
        found = list(_find(tokens, places, dates, self._towns))
        known = {candidate.start for candidate in candidates}
        publishers = [*self._publishers(tokens, places, found, known), *self._behind_dash(tokens, found)]
        return add_candidates(doc, [*found, *publishers, *self._in_brackets(tokens, found)])

    def _publishers(
        self, tokens: Tokens, places: Mapping[int, Candidate], towns: Iterable[Candidate], known: Container[int]
    ) -> Iterator[Candidate]:
        """Yield what stands in capitals, or as a domain, between a town that packs know and its dash.

        Behind a town in small letters, "Dakar, APS -", it is an agency that packs know, or nothing.
        """
        capitals = {town.start for town in towns}
        others = (town for town in _first_places(tokens, places) if town.start not in capitals)
        for town in [*towns, *others]:
            comma = bisect_left(tokens.starts, town.end)
            end = _end_of_publisher(tokens, comma + 1)
            if end <= comma + 1 or town.reference is None or tokens.words[comma] not in _BEFORE_PUBLISHER:
                continue
            is_closed = tokens.words[comma + 1] == "(" and tokens.words[end - 1] == ")"
            begin, end = (comma + 2, end - 1) if is_closed else (comma + 1, end)
            first = tokens.starts[begin]
            written = tokens.text[first : tokens.ends[end - 1]]
            entry = self._agency(written, town)
            if entry is None and (first in places or town.start not in capitals):
                continue
            is_name = len(written) >= _SHORTEST_PUBLISHER and written.isupper() and first not in known
            if entry is not None or is_name or _DOMAIN.fullmatch(written):
                reference = entry.reference if entry is not None else None
                yield _publisher(first, tokens.ends[end - 1], "publisher in a dateline", reference)

    def _behind_dash(self, tokens: Tokens, towns: Iterable[Candidate]) -> Iterator[Candidate]:
        """Yield the agencies between the dash of a dateline and a colon: "RIYADH - SPA:"."""
        for town in towns:
            first = bisect_left(tokens.starts, town.end)
            near = range(first, min(len(tokens) - 2, first + _MOST_BEFORE_DASH))
            dash = next((place for place in near if tokens.words[place] in _DASHES), None)
            if dash is None or tokens.words[dash + 2] != _COLON:
                continue
            entry = self._agency(tokens.words[dash + 1], town)
            if entry is not None and tokens.paragraphs[dash + 2] == tokens.paragraphs[first]:
                evidence = f"pack {entry.reference.partition(':')[0]}/{entry.kind}: {entry.name}"
                yield _publisher(tokens.starts[dash + 1], tokens.ends[dash + 1], evidence, entry.reference)

    def _in_brackets(self, tokens: Tokens, towns: Iterable[Candidate]) -> Iterator[Candidate]:
        """Yield the agencies in brackets between the town of a dateline and its dash: "KIEL, March 2 (AP) -"."""
        for town in towns:
            first = bisect_left(tokens.starts, town.end)
            for position in range(first, min(len(tokens) - 3, first + _MOST_BEFORE_DASH)):
                if tokens.words[position] in _DASHES or tokens.paragraphs[position] != tokens.paragraphs[first]:
                    break
                entry = self._agency(tokens.words[position + 1], town)
                is_closed = tokens.words[position + 2] == ")" and tokens.words[position + 3] in _DASHES
                if entry is not None and tokens.words[position] == "(" and is_closed:
                    evidence = f"pack {entry.reference.partition(':')[0]}/{entry.kind}: {entry.name}"
                    yield _publisher(tokens.starts[position + 1], tokens.ends[position + 1], evidence, entry.reference)
                    break

    def _agency(self, written: str, town: Candidate) -> PackEntry | None:
        """Return the agency of this name; of several that of the country of the town, else the first."""
        entries = self._agencies.get(written, ())
        country = self._countries.get(town.reference or "")
        return next((each for each in entries if each.attributes.get("country") == country), *entries[:1] or (None,))


def _publisher(start: int, end: int, evidence: str, reference: str | None) -> Candidate:
    return Candidate(start, end, Kind.ORGANIZATIONS, _NAME, evidence, reference, Certainty.SURE)


def _first_places(tokens: Tokens, places: Mapping[int, Candidate]) -> Iterator[Candidate]:
    """Yield the places with which a paragraph begins."""
    for position in range(len(tokens)):
        is_first = position == 0 or tokens.paragraphs[position - 1] != tokens.paragraphs[position]
        if is_first and (place := places.get(tokens.starts[position])) is not None:
            yield place


def _end_of_publisher(tokens: Tokens, start: int) -> int:
    """Return the end of the few words between the comma before `start` and a dash; `start` without a dash."""
    paragraph = tokens.paragraphs[start] if start < len(tokens) else None
    near = range(start, min(len(tokens), start + _MAX_WORDS))
    end = start + sum(1 for _ in takewhile(lambda place: tokens.words[place] not in _DASHES, near))
    is_dash = start < end < len(tokens) and tokens.words[end] in _DASHES and tokens.starts[end] > tokens.ends[end - 1]
    return end if is_dash and tokens.paragraphs[end] == paragraph else start


def _find(
    tokens: Tokens, places: Mapping[int, Candidate], dates: Container[int], towns: Container[str]
) -> Iterator[Candidate]:
    for start in range(len(tokens)):
        if start and tokens.paragraphs[start - 1] == tokens.paragraphs[start]:
            continue
        end = _read_capitals(tokens, start)
        is_capitals = end > start
        if not is_capitals:
            end = _read_names(tokens, start)
        if end == start or end + 1 >= len(tokens):
            continue
        dash = _after_agency(tokens, end)
        if tokens.words[dash] in _DASHES and dash + 1 < len(tokens) and tokens.starts[dash] > tokens.ends[dash - 1]:
            if is_capitals or dash > end:
                yield from _town(tokens, start, end, places, towns, is_sure=dash > end)
            continue
        mark = _next_mark(tokens, end + 1)
        if not is_capitals or tokens.words[end] not in _BEFORE_PUBLISHER or not mark:
            continue
        following = tokens.starts[end + 1]
        region = places.get(following)
        if region is not None:
            yield replace(region, certainty=Certainty.SURE)
        elif following not in dates and _end_of_publisher(tokens, end + 1) == end + 1:
            continue
        is_dated = region is not None or following in dates
        yield from _town(tokens, start, end, places, towns, is_sure=is_dated and mark != _COLON)


def _town(
    tokens: Tokens,
    start: int,
    end: int,
    places: Mapping[int, Candidate],
    towns: Container[str],
    *,
    is_sure: bool,
) -> Iterator[Candidate]:
    """Yield the place at words `[start, end)`, when the line makes it sure or a pack knows it."""
    known = places.get(tokens.starts[start])
    if known is not None and known.end == tokens.ends[end - 1]:
        yield replace(known, component=_NAME, certainty=Certainty.SURE)
    elif is_sure or " ".join(key.capitalize() for key in tokens.keys[start:end]) in towns:
        yield Candidate(
            tokens.starts[start],
            tokens.ends[end - 1],
            Kind.PLACES,
            _NAME,
            "begins a dateline",
            certainty=Certainty.SURE,
        )


def _after_agency(tokens: Tokens, start: int) -> int:
    """Return the position after "(Reuters)" at `start`; `start` when nothing in brackets stands there."""
    if tokens.words[start] != "(":
        return start
    limit = min(len(tokens) - 1, start + _MOST_OF_AGENCY)
    closing = next((place for place in range(start + 2, limit) if tokens.words[place] == ")"), None)
    is_name = closing is not None and all(tokens.capital[start + 1 : closing])
    return closing + 1 if closing is not None and is_name else start


def _read_names(tokens: Tokens, start: int) -> int:
    """Return the end of at most a few capitalized words at the start of a paragraph that a bracket follows."""
    limit = min(bisect_left(tokens.paragraphs, tokens.paragraphs[start] + 1), start + _MAX_WORDS)
    end = start
    while end < limit and tokens.capital[end] and tokens.words[end].isalpha():
        end += 1
    is_bracket = end < len(tokens) and tokens.words[end] == "(" and tokens.paragraphs[end] == tokens.paragraphs[start]
    return end if is_bracket else start


def _read_capitals(tokens: Tokens, start: int) -> int:
    """Return the end of the capitalized words at the start of a paragraph; `start` when they cannot be a place."""
    end = start
    while (
        end < min(len(tokens), start + _MAX_WORDS)
        and tokens.paragraphs[end] == tokens.paragraphs[start]
        and (tokens.words[end].isupper() or _is_point(tokens, end))
    ):
        end += 1
    length = tokens.ends[end - 1] - tokens.starts[start] if end > start else 0
    return end if length >= _MIN_LENGTH and tokens.casing[start] != Casing.UPPER else start


def _is_point(tokens: Tokens, position: int) -> bool:
    """Return whether this is the full stop in "ST. LOUIS"."""
    return position > 0 and tokens.words[position] == "." and tokens.ends[position - 1] == tokens.starts[position]


def _next_mark(tokens: Tokens, start: int) -> str:
    """Return the dash or colon that follows soon in the same paragraph, a dash before a colon; empty without one."""
    end = bisect_left(tokens.paragraphs, tokens.paragraphs[start] + 1)
    words = tokens.words[start : min(end, start + _MOST_BEFORE_DASH)]
    if not _DASHES.isdisjoint(words):
        return "-"
    return _COLON if _COLON in words else ""


@ArticleLanguage.factory("dossier_datelines")
def create_datelines(nlp: ArticleLanguage, name: str) -> DatelinesComponent:
    """The component with the towns and agencies of the packs of `nlp`."""
    vocabulary = read_vocabulary(nlp.packs)
    countries = {
        entry.reference: entry.attributes.get("country", "") for entry in nlp.packs.entries if entry.kind is Kind.PLACES
    }
    return DatelinesComponent(vocabulary.towns, vocabulary.agencies, countries)
