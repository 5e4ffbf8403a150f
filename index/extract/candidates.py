"""What a component proposes, and where components find each other's proposals on a spaCy `Doc`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from spacy.tokens import Doc

from index.extract.tokens import Tokens
from index.model import Amount, DateInterval, Kind

__all__ = ["Candidate", "Certainty", "add_candidates", "anchor_of", "candidates_of", "tokens_of"]

TOKENS_KEY = "dossier.tokens"
CANDIDATES_KEY = "dossier.candidates"
ANCHOR_KEY = "dossier.anchor"


class Certainty(IntEnum):
    """How far a proposal can be trusted; a statistical recognizer outweighs only the lower ones."""

    GUESS = 0
    LIKELY = 1
    SURE = 2


@dataclass(slots=True)
class Candidate:
    """A proposed mention: characters `[start, end)` of the text, what it is, who proposed it and why.

    The fields that `Mention` has too mean the same here.
    """

    start: int
    end: int
    kind: Kind
    component: str
    evidence: str
    reference: str | None = None
    certainty: Certainty = Certainty.LIKELY
    amount: Amount | None = None
    interval: DateInterval | None = None


def tokens_of(doc: Doc) -> Tokens:
    """The words of the text, as the tokenizer left them on the `Doc`."""
    tokens: Tokens = doc.user_data[TOKENS_KEY]
    return tokens


def candidates_of(doc: Doc) -> list[Candidate]:
    """All proposals so far, in no particular order."""
    candidates: list[Candidate] = doc.user_data.setdefault(CANDIDATES_KEY, [])
    return candidates


def add_candidates(doc: Doc, candidates: Iterable[Candidate]) -> Doc:
    """Put more proposals on the `Doc`, and return it."""
    candidates_of(doc).extend(candidates)
    return doc


def anchor_of(doc: Doc) -> date | None:
    """The publication date, against which relative dates are read; None when it is not known."""
    anchor: date | None = doc.user_data.get(ANCHOR_KEY)
    return anchor
