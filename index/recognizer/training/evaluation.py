"""Evaluate a recognizer alone on the development sets: strict F1 by kind, for the same span and the same kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from index.recognizer.labels import KINDS
from index.recognizer.reading import Recognizer
from index.recognizer.training.documents import Document, read_documents

__all__ = ["DEVELOPMENT_SETS", "Score", "evaluate", "score"]

DEVELOPMENT_SETS: Final = ("uner_pud_dev", "wikigold_dev", "gmb_dev", "docred_dev")
_ARTICLE = "the "


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of the names of one kind in one set: found, wanted and right."""

    source: str
    kind: str
    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of the found names that are right; 0 for none."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted names that were found; 0 for none."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 for nothing right."""
        return 2 * self.right / (self.found + self.wanted) if self.right else 0.0


def evaluate(recognizer: Recognizer, data: Path) -> Iterator[Score]:
    """Return the scores on each development set of a data folder. Raises `ModelError` when one is missing."""
    for source in DEVELOPMENT_SETS:
        documents = list(read_documents(data, source))
        readings = (recognizer.read(document.text) for document in documents)
        found = [{(name.start, name.end, name.kind) for name in reading.names} for reading in readings]
        yield from score(source, documents, found)


def score(source: str, documents: Sequence[Document], found: Sequence[set[tuple[int, int, str]]]) -> Iterator[Score]:
    """Return the score of each kind over documents; a "the" at the start of a name does not count."""
    wanted = [
        {(name.start, name.end, name.kind) for name in document.names if name.kind is not None}
        for document in documents
    ]
    for kind in KINDS:
        right = given = gold = 0
        for document, found_here, wanted_here in zip(documents, found, wanted, strict=True):
            ours = {_without_article(document.text, name) for name in found_here if name[2] == kind}
            theirs = {_without_article(document.text, name) for name in wanted_here if name[2] == kind}
            right += len(ours & theirs)
            given += len(ours)
            gold += len(theirs)
        yield Score(source, kind, right, given, gold)


def _without_article(text: str, name: tuple[int, int, str]) -> tuple[int, int, str]:
    start, end, kind = name
    has_article = text[start:end].lower().startswith(_ARTICLE)
    return (start + len(_ARTICLE) if has_article else start), end, kind
