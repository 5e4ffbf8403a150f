"""A small catalog of people, and decisions in it, each in a transaction of its own."""

from collections.abc import Iterable

from index.catalog.records import ExtractedArticle
from index.catalog.store import Catalog
from index.identity.decisions import AnyDecision, DecisionResult, Expected, decide, undo
from index.identity.incremental.view import Knowledge
from index.identity.linking import link_article
from index.identity.resolving import resolve
from index.model import Kind
from tests.unit.index.catalog.archive import make_article
from tests.unit.index.identity.archives import PACKS, mentions_in

KNOWLEDGE = Knowledge(lambda: PACKS, "test")
NAMED = (
    ("a", ("Ismail Demir", "Selim Kaya")),
    ("b", ("Demir", "Hulusi Akar")),
    ("c", ("Vladimir Putin", "Alexander Mikheev")),
    ("d", ("Ismail Demir. Demir",)),
)


def store(catalog: Catalog, articles: Iterable[tuple[str, tuple[str, ...]]]) -> None:
    """Store articles that name people, and resolve them."""
    for number, names in articles:
        article = make_article(number, ". ".join(names))
        texts = [text for name in names for text in name.split(". ")]
        mentions = tuple(mentions_in(article.body, *((Kind.PEOPLE, text) for text in texts)))
        item = ExtractedArticle(article, article.locator, mentions, *link_article(article, mentions))
        catalog.store([item], extraction="v", run=1)
    with catalog.transaction():
        resolve(catalog, KNOWLEDGE)


def make(catalog: Catalog, decision: AnyDecision, **expected: Expected) -> DecisionResult:
    with catalog.transaction():
        return decide(catalog, decision, knowledge=KNOWLEDGE, decided_by="Hulusi Akar", expected=expected)


def take_back(catalog: Catalog, number: int) -> DecisionResult:
    with catalog.transaction():
        return undo(catalog, number, knowledge=KNOWLEDGE, undone_by="Selim Kaya")
