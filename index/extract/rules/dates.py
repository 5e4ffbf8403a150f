"""Proposes the dates that `index.normalize.dates` finds, resolved against the day of publication."""

import re
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, anchor_of, tokens_of
from index.extract.language import ArticleLanguage
from index.model import Kind
from index.normalize.dates import DateMatch, find_dates

__all__ = ["propose_dates"]

# "Tuesday", "May" and "Easter" stand in names, too: "Ruby Tuesday", "Ayla May", "Easter Island".
_NAME_LIKE: Final = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_NAMED: Final = frozenset({"weekday", "month", "holiday"})


@ArticleLanguage.component("dossier_dates")
def propose_dates(doc: Doc) -> Doc:
    """Add a candidate for each date; one that could be part of a name ("May") is only likely."""
    text = tokens_of(doc).text
    return add_candidates(
        doc,
        (
            Candidate(
                match.span.start,
                match.span.end,
                Kind.DATES,
                "dates",
                match.evidence,
                certainty=Certainty.LIKELY if _could_be_named(text, match) else Certainty.SURE,
                interval=match.interval,
            )
            for match in find_dates(text, anchor=anchor_of(doc))
        ),
    )


def _could_be_named(text: str, match: DateMatch) -> bool:
    return match.evidence in _NAMED and _NAME_LIKE.fullmatch(text, match.span.start, match.span.end) is not None
