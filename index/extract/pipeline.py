"""The extraction pipeline: from an article to its mentions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from spacy.tokens import Doc

from index.extract import overlaps  # noqa: F401 - importing it registers its component
from index.extract.candidates import ANCHOR_KEY, LANGUAGE_KEY, Candidate, candidates_of
from index.extract.language import ArticleLanguage
from index.extract.mentions import make_mentions
from index.extract.rules.organizations import (  # noqa: F401 - importing these registers their components
    codes,
    heads,
    partnerships,
    sectors,
    short_forms,
)
from index.extract.rules.pack_names import gazetteer, openers, written_forms  # noqa: F401
from index.extract.rules.people import full_names, inverted_names, surnames  # noqa: F401
from index.extract.rules.places import datelines  # noqa: F401
from index.extract.rules.places import heads as place_heads  # noqa: F401
from index.extract.rules.systems import appositions, designators, lookalikes  # noqa: F401
from index.extract.rules.values import dates, money  # noqa: F401
from index.extract.windows import Window, make_windows
from index.model import Article, Mention
from index.packs.loader import Packs
from index.stages import NO_MODEL, SHIPPED_MODEL

__all__ = ["COMPONENTS", "Extractor", "OnShare"]

OnShare = Callable[[str, float], None]
"""Told the locator of an article and how much of it is done, from 0 to 1."""

COMPONENTS: Final = (
    "dossier_things",
    "dossier_gazetteer",
    "dossier_written_forms",
    "dossier_designators",
    "dossier_people",
    "dossier_organizations",
    "dossier_partnerships",
    "dossier_places",
    "dossier_money",
    "dossier_dates",
    "dossier_datelines",
    "dossier_openers",
    "dossier_no_things",
    "dossier_short_forms",
    "dossier_surnames",
    "dossier_inverted_names",
    "dossier_appositions",
    "dossier_codes",
    "dossier_sectors",
    "dossier_overlaps",
)
_BEFORE_RECOGNIZER: Final = "dossier_openers"


def _batches(articles: Iterable[Article], size: int) -> Iterator[list[Article]]:
    remaining = iter(articles)
    while batch := list(islice(remaining, size)):
        yield batch


class Extractor:
    """Finds the people, organizations, places, systems, amounts and dates of articles.

    `model` is "dossier" for the recognizer that ships with the program, the name or path of an installed spaCy
    pipeline, whose entities are weighed with ours, or "none". `device` is where our recognizer runs: "cpu", "cuda", or
    "auto" for CUDA where ONNX Runtime offers it.
    Raises `ModelError` for a model or device that cannot be used. A change after which an article may give other
    mentions raises `index.stages.EXTRACTION`.
    """

    def __init__(self, *, packs: Packs, model: str = SHIPPED_MODEL, device: str = "cpu") -> None:
        self._nlp = ArticleLanguage(packs, model=model, device=device)
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

    def extract(
        self, articles: Iterable[Article], *, batch_size: int = 64, on_share: OnShare | None = None
    ) -> Iterator[tuple[Mention, ...]]:
        """Yield the mentions of each article, in the order of the articles; those of one are sorted and disjoint.

        A long article is read window by window; `on_share` is told before each of them how much of it is done.
        """
        for batch in _batches(articles, batch_size):
            cut = [make_windows(article.body) for article in batch]
            whole = [article for article, windows in zip(batch, cut, strict=True) if _is_whole(article, windows)]
            docs = self._nlp.pipe([self._make_doc(article, article.body) for article in whole], batch_size=batch_size)
            for article, windows in zip(batch, cut, strict=True):
                if _is_whole(article, windows):
                    yield make_mentions(article, candidates_of(next(docs)))
                else:
                    yield tuple(self._read_windows(article, windows, on_share))

    def _read_windows(self, article: Article, windows: Sequence[Window], on_share: OnShare | None) -> Iterator[Mention]:
        for number, window in enumerate(windows):
            if on_share is not None and len(windows) > 1:
                on_share(article.locator, number / len(windows))
            candidates = candidates_of(self._nlp(self._make_doc(article, window.text(article.body))))
            yield from make_mentions(article, _moved(candidates, window))

    def _make_doc(self, article: Article, text: str) -> Doc:
        doc = self._nlp.make_article_doc(text, article.language)
        published = article.published
        doc.user_data[ANCHOR_KEY] = published.start if published is not None else None
        doc.user_data[LANGUAGE_KEY] = article.language
        return doc


def _is_whole(article: Article, windows: Sequence[Window]) -> bool:
    return len(windows) == 1 and windows[0].parts == ((0, len(article.body)),)


def _moved(candidates: Iterable[Candidate], window: Window) -> Iterator[Candidate]:
    """Yield the candidates of a window with their places in the body."""
    starts = window.starts()
    for candidate in candidates:
        place = window.to_body(candidate.start, candidate.end, starts=starts)
        if place is not None:
            candidate.start, candidate.end = place
            yield candidate
