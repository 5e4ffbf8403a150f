"""Systems under measurement: the whole extraction with a recognizer in its slot, or a recognizer alone."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from index.extract.models.spacy_model import load_model
from index.extract.pipeline import Extractor
from index.model import Kind, Mention, Span
from index.packs.loader import load_packs
from index.settings import Settings
from tests.evaluation.sets.gold import GoldText

__all__ = ["RULES", "Alone", "System", "WithRules", "default_system", "systems_of"]

RULES = "rules only"
_BORDERS = re.compile(r"(?:the\s+)?(?P<name>.+?)(?:['’]s?)?", re.IGNORECASE | re.DOTALL)
_LABELS = {
    "PERSON": Kind.PEOPLE,
    "PER": Kind.PEOPLE,
    "ORG": Kind.ORGANIZATIONS,
    "GPE": Kind.PLACES,
    "LOC": Kind.PLACES,
    "FAC": Kind.PLACES,
    "PRODUCT": Kind.SYSTEMS,
    "MONEY": Kind.AMOUNTS,
    "DATE": Kind.DATES,
}


@dataclass(frozen=True, slots=True)
class WithRules:
    """The extraction as users get it, with `model` in the slot of the recognizer ("none": rules and packs only)."""

    model: str

    @property
    def name(self) -> str:
        """Name in the tables."""
        return RULES if self.model == "none" else f"{self.model} + rules"

    def find(self, texts: Sequence[GoldText]) -> list[tuple[Mention, ...]]:
        """The mentions of each text."""
        extractor = Extractor(packs=load_packs(Settings().packs), model=self.model)
        return list(extractor.extract(text.as_article() for text in texts))


@dataclass(frozen=True, slots=True)
class Alone:
    """A spaCy model alone, its labels mapped to our kinds; values are not read."""

    model: str

    @property
    def name(self) -> str:
        """Name in the tables."""
        return f"{self.model} alone"

    def find(self, texts: Sequence[GoldText]) -> list[tuple[Mention, ...]]:
        """The mentions of each text."""
        return [tuple(_mentions_of(doc)) for doc in load_model(self.model).pipe(text.text for text in texts)]


def _mentions_of(doc: Doc) -> Iterator[Mention]:
    for entity in doc.ents:
        kind = _LABELS.get(entity.label_)
        if kind is None:
            continue
        # OntoNotes takes the article and the possessive into the name; nobody else does, so neither counts against it.
        borders = _BORDERS.fullmatch(entity.text)
        if borders is not None:
            span = Span(entity.start_char + borders.start("name"), entity.start_char + borders.end("name"))
            yield Mention(span, doc.text[span.start : span.end], kind, "model", entity.label_)


System = WithRules | Alone


def default_system() -> System:
    """The extraction as it is when nothing is set."""
    return WithRules(Settings().model)


def systems_of(models: Sequence[str]) -> list[System]:
    """Rules only for "none"; each other model alone, and with the rules."""
    systems: list[System] = []
    for model in models:
        systems += [WithRules(model)] if model == "none" else [Alone(model), WithRules(model)]
    return systems
