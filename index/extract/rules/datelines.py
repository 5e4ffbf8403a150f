"""Finds the places of datelines, in capitals before the report ("FREEHOLD, N.J., March 2 (AP) -").

In capitals a town looks like the name of a firm, and the abbreviation of its state like an acronym; the form of the
line says that both are places.
"""

from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.tokens import Casing, Tokens
from index.model import Kind

__all__ = ["find_datelines"]

_NAME: Final = "datelines"
_MAX_WORDS = 4
_MIN_LENGTH = 3
_MOST_BEFORE_DASH = 12
_DASHES: Final = frozenset("-\N{EN DASH}\N{EM DASH}")


@ArticleLanguage.component("dossier_datelines")
def find_datelines(doc: Doc) -> Doc:
    """Add a candidate for each place of a dateline; a place that a pack knows becomes sure."""
    tokens, candidates = tokens_of(doc), candidates_of(doc)
    places = {candidate.start: candidate for candidate in candidates if candidate.kind is Kind.PLACES}
    dates = {candidate.start for candidate in candidates if candidate.kind is Kind.DATES}
    return add_candidates(doc, list(_find(tokens, places, dates)))


def _find(tokens: Tokens, places: Mapping[int, Candidate], dates: Container[int]) -> Iterator[Candidate]:
    for start in range(len(tokens)):
        if start and tokens.paragraphs[start - 1] == tokens.paragraphs[start]:
            continue
        comma = _read_capitals(tokens, start)
        if comma == start or comma + 1 >= len(tokens) or tokens.words[comma] != ",":
            continue
        if not _comes_to_dash(tokens, comma + 1):
            continue
        following = tokens.starts[comma + 1]
        region = places.get(following)
        if region is not None:
            yield replace(region, certainty=Certainty.SURE)
        elif following not in dates:
            continue
        yield _town(tokens, start, comma, places)


def _town(tokens: Tokens, start: int, end: int, places: Mapping[int, Candidate]) -> Candidate:
    known = places.get(tokens.starts[start])
    if known is not None and known.end == tokens.ends[end - 1]:
        return replace(known, certainty=Certainty.SURE)
    return Candidate(
        tokens.starts[start],
        tokens.ends[end - 1],
        Kind.PLACES,
        _NAME,
        "begins a dateline",
        certainty=Certainty.SURE,
    )


def _read_capitals(tokens: Tokens, start: int) -> int:
    """Return the end of the capitalized words at the start of a paragraph; `start` when they cannot be a place."""
    end = start
    while end < min(len(tokens), start + _MAX_WORDS) and (tokens.words[end].isupper() or _is_point(tokens, end)):
        end += 1
    length = tokens.ends[end - 1] - tokens.starts[start] if end > start else 0
    return end if length >= _MIN_LENGTH and tokens.casing[start] != Casing.UPPER else start


def _is_point(tokens: Tokens, position: int) -> bool:
    """Return whether this is the full stop in "ST. LOUIS"."""
    return position > 0 and tokens.words[position] == "." and tokens.ends[position - 1] == tokens.starts[position]


def _comes_to_dash(tokens: Tokens, start: int) -> bool:
    """Return whether a dash between blanks follows soon in the same paragraph."""
    end = bisect_left(tokens.paragraphs, tokens.paragraphs[start] + 1)
    return not _DASHES.isdisjoint(tokens.words[start : min(end, start + _MOST_BEFORE_DASH)])
