"""The extraction pipeline: from an article to its mentions."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from spacy.tokens import Doc

from index.extract import overlaps  # noqa: F401 - importing it registers its component
from index.extract.candidates import ANCHOR_KEY, LANGUAGE_KEY, candidates_of
from index.extract.language import ArticleLanguage
from index.extract.mentions import make_mentions
from index.extract.rules import (  # noqa: F401 - importing them registers their components
    datelines,
    dates,
    designators,
    gazetteer,
    money,
    organizations,
    people,
    places,
    surnames,
    things,
)
from index.model import Article, Mention
from index.packs.loader import Packs
from index.stages import NO_MODEL, SHIPPED_MODEL

__all__ = ["COMPONENTS", "Extractor"]

COMPONENTS: Final = (
    "dossier_things",
    "dossier_gazetteer",
    "dossier_designators",
    "dossier_people",
    "dossier_organizations",
    "dossier_places",
    "dossier_money",
    "dossier_dates",
    "dossier_datelines",
    "dossier_surnames",
    "dossier_overlaps",
)
_BEFORE_RECOGNIZER: Final = "dossier_surnames"


def _batches(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    remaining = iter(articles)
    while batch := list(islice(remaining, size)):
        yield batch


class Extractor:
    """Finds the people, organizations, places, systems, amounts and dates of articles.

    `model` is "dossier" for the recognizer that ships with the program, the name or path of an installed spaCy
    pipeline, whose entities are weighed with ours, or "none".
    Raises `ModelError` for a model that cannot be loaded. A change after which an article may give other mentions
    raises `index.stages.EXTRACTION`.
    """

    def __init__(self, *, packs: Packs, model: str = SHIPPED_MODEL) -> None:
        self._nlp = ArticleLanguage(packs, model=model)
        for component in COMPONENTS:
            self._nlp.add_pipe(component)
        if model == SHIPPED_MODEL:
            # Loading a model takes time that nobody pays who does not want one.
            from index.extract.models import shipped  # noqa: F401

            self._nlp.add_pipe("dossier_shipped_recognizer", name="dossier_recognizer", before=_BEFORE_RECOGNIZER)
        elif model != NO_MODEL:
            from index.extract.models import spacy_model  # noqa: F401

            self._nlp.add_pipe("dossier_recognizer", before=_BEFORE_RECOGNIZER)

    @property
    def language(self) -> ArticleLanguage:
        """The spaCy pipeline, for measuring its components."""
        return self._nlp

    def extract(self, articles: Iterable[Article], *, batch_size: int = 64) -> Iterator[tuple[Mention, ...]]:
        """Yield the mentions of each article, in the order of the articles; those of one are sorted and disjoint."""
        for batch in _batches(articles, batch_size):
            docs = self._nlp.pipe([self._make_doc(article) for article in batch], batch_size=batch_size)
            for article, doc in zip(batch, docs, strict=True):
                yield make_mentions(article, candidates_of(doc))

    def _make_doc(self, article: Article) -> Doc:
        doc = self._nlp.make_doc(article.body)
        published = article.published
        doc.user_data[ANCHOR_KEY] = published.start if published is not None else None
        doc.user_data[LANGUAGE_KEY] = article.language
        return doc
