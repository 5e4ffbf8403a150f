"""Proposes the dates that `index.normalize.dates` finds, resolved against the day of publication."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import (
    Candidate,
    Certainty,
    add_candidates,
    anchor_of,
    candidates_of,
    language_of,
    tokens_of,
)
from index.extract.language import ArticleLanguage
from index.model import Kind
from index.normalize.dates import DateMatch, DateOrder, find_dates, order_in_countries
from index.packs.loader import PackEntry

__all__ = ["DateComponent", "create_dates"]

# "Tuesday", "May" and "Easter" stand in names, too: "Ruby Tuesday", "Ayla May", "Easter Island".
_NAME_LIKE: Final = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_NAMED: Final = frozenset({"weekday", "month", "holiday"})
_DATELINE_REACH: Final = 160  # Characters in which the place of a dateline stands.


class DateComponent:
    """Proposes dates; one that could be part of a name ("May") is only likely.

    Day and month in figures are in the order of the country of the dateline, or of all the countries in the text.
    """

    def __init__(self, entries: Iterable[PackEntry], name: str) -> None:
        self._countries = _countries(entries)
        self._name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each date."""
        text = tokens_of(doc).text
        matches = find_dates(text, anchor=anchor_of(doc), language=language_of(doc), order=self._order(doc))
        return add_candidates(
            doc,
            (
                Candidate(
                    match.span.start,
                    match.span.end,
                    Kind.DATES,
                    self._name,
                    match.evidence,
                    certainty=Certainty.LIKELY if _could_be_named(text, match) else Certainty.SURE,
                    interval=match.interval,
                )
                for match in matches
            ),
        )

    def _order(self, doc: Doc) -> DateOrder | None:
        places = [
            (candidate.start, country)
            for candidate in candidates_of(doc)
            if candidate.kind is Kind.PLACES and (country := self._countries.get(candidate.reference or ""))
        ]
        return _order_of(sorted(places))


def _order_of(places: Sequence[tuple[int, str]]) -> DateOrder | None:
    if places and places[0][0] < _DATELINE_REACH and (order := order_in_countries([places[0][1]])) is not None:
        return order
    return order_in_countries({country for _, country in places})


def _countries(entries: Iterable[PackEntry]) -> Mapping[str, str]:
    """Return the country of each place of the packs by the reference of its entry."""
    countries: dict[str, str] = {}
    for entry in entries:
        country = entry.attributes.get("country") or (
            entry.name if entry.attributes.get("category") == "country" else ""
        )
        if entry.kind is Kind.PLACES and country:
            countries[entry.reference] = country
    return countries


def _could_be_named(text: str, match: DateMatch) -> bool:
    return match.evidence in _NAMED and _NAME_LIKE.fullmatch(text, match.span.start, match.span.end) is not None


@ArticleLanguage.factory("dossier_dates")
def create_dates(nlp: ArticleLanguage, name: str) -> DateComponent:
    """Return the component with the countries of the places of the packs of `nlp`."""
    return DateComponent(nlp.packs.entries, name.removeprefix("dossier_"))
