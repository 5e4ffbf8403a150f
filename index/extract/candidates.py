"""Candidates for mentions, and their place on a spaCy `Doc`, where components read and add them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from spacy.tokens import Doc

from index.extract.tokens import Tokens
from index.model import Amount, DateInterval, Kind

__all__ = ["Candidate", "Certainty", "add_candidates", "anchor_of", "candidates_of", "language_of", "tokens_of"]

TOKENS_KEY = "dossier.tokens"
CANDIDATES_KEY = "dossier.candidates"
ANCHOR_KEY = "dossier.anchor"
LANGUAGE_KEY = "dossier.language"


class Certainty(IntEnum):
    """The certainty of a candidate; a statistical recognizer outweighs only the lower ones."""

    GUESS = 0
    LIKELY = 1
    SURE = 2


@dataclass(slots=True)
class Candidate:
    """A candidate for a mention: characters `[start, end)`, its kind, the component that proposed it, and the evidence.

    The fields that `Mention` has too mean the same here. `chance` is the probability that a recognizer gives it.
    """

    start: int
    end: int
    kind: Kind
    component: str
    evidence: str
    reference: str | None = None
    certainty: Certainty = Certainty.LIKELY
    chance: float = 1.0
    amount: Amount | None = None
    interval: DateInterval | None = None


def tokens_of(doc: Doc) -> Tokens:
    """Return the words of the text, which the tokenizer put on the `Doc`."""
    tokens: Tokens = doc.user_data[TOKENS_KEY]
    return tokens


def candidates_of(doc: Doc) -> list[Candidate]:
    """Return all candidates so far, in no particular order."""
    candidates: list[Candidate] = doc.user_data.setdefault(CANDIDATES_KEY, [])
    return candidates


def add_candidates(doc: Doc, candidates: Iterable[Candidate]) -> Doc:
    """Add candidates to the `Doc`, and return it."""
    candidates_of(doc).extend(candidates)
    return doc


def anchor_of(doc: Doc) -> date | None:
    """Return the publication date, against which relative dates are read; None when it is not known."""
    anchor: date | None = doc.user_data.get(ANCHOR_KEY)
    return anchor


def language_of(doc: Doc) -> str | None:
    """Return the language of the text as an ISO 639-1 code; None when it is not known."""
    language: str | None = doc.user_data.get(LANGUAGE_KEY)
    return language
