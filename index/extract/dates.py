"""Proposes the dates that the grammar of `index.normalize.dates` reads, resolved against the day of publication."""

from spacy.language import Language
from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, anchor_of, tokens_of
from index.model import Kind
from index.normalize.dates import find_dates

__all__ = ["propose_dates"]


@Language.component("dossier_dates")
def propose_dates(doc: Doc) -> Doc:
    """Add a candidate for each date."""
    return add_candidates(
        doc,
        (
            Candidate(
                match.span.start,
                match.span.end,
                Kind.DATES,
                "dates",
                match.evidence,
                certainty=Certainty.SURE,
                interval=match.interval,
            )
            for match in find_dates(tokens_of(doc).text, anchor=anchor_of(doc))
        ),
    )
