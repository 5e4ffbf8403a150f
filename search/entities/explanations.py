"""Identity to look at: why each mention means what it means, and which entities may be one."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.catalog.reader import CatalogReader
from index.catalog.reading.records import SuggestionRow
from index.errors import ArticleNotFoundError
from index.model import Amount, DateInterval, Entity, Kind, Span
from search.engines.base import EngineHit, Searcher
from search.hits.making import HitMaker
from search.query.ast import Keyword
from search.results import Snippet

__all__ = ["Example", "LinkReason", "MentionReason", "SuggestionView", "explain_mentions", "view_suggestions"]

_EXAMPLES = 2


@dataclass(frozen=True, slots=True)
class LinkReason:
    """The entity that a mention means, and why: `rule` is a short stable code, `evidence` says it in words."""

    entity_id: str
    name: str
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class MentionReason:
    """A mention and why it is one.

    `component` is what found it, `evidence` the rule or row that made it do so, `reference` the pack entry that it
    matched, None when no pack knows it. `in_furniture` is true outside the story. `link` is None for values, and for
    a name that a person rejected.
    """

    span: Span
    text: str
    kind: Kind
    component: str
    evidence: str
    reference: str | None
    in_furniture: bool
    amount: Amount | None
    interval: DateInterval | None
    link: LinkReason | None


@dataclass(frozen=True, slots=True)
class Example:
    """An article that mentions an entity, and the best of its sentences that do; None when only its title does."""

    article_id: str
    title: str
    snippet: Snippet | None


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """Two entities that may be one: `entity` would be merged into `into`.

    `number` is what a person accepts or dismisses it by. `rule` is a short stable code, `evidence` says it in words;
    `score` is between 1 and 99, the higher the likelier, and no probability. The examples are a few articles of each.
    """

    number: int
    kind: Kind
    entity: Entity
    into: Entity
    rule: str
    evidence: str
    score: int
    entity_examples: tuple[Example, ...]
    into_examples: tuple[Example, ...]


def explain_mentions(article_id: str, *, catalog: CatalogReader) -> tuple[MentionReason, ...]:
    """Every mention of an article by start, with why it is one and why it means what it means.

    Raises `ArticleNotFoundError`.
    """
    content = catalog.contents([article_id]).get(article_id)
    if content is None:
        raise ArticleNotFoundError(f"There is no article {article_id!r}.")
    mentions, entities = content.mentions, content.entities
    links = {link.mention.span: link for link in content.links}
    reasons = {
        span: LinkReason(link.entity_id, entities[link.entity_id].name, link.rule, link.evidence)
        for span, link in links.items()
        if link.entity_id in entities
    }
    return tuple(
        MentionReason(
            span=mention.span,
            text=mention.text,
            kind=mention.kind,
            component=mention.component,
            evidence=mention.evidence,
            reference=mention.reference,
            in_furniture=mention.in_furniture,
            amount=mention.amount,
            interval=mention.interval,
            link=reasons.get(mention.span),
        )
        for mention in mentions
    )


def view_suggestions(
    rows: Sequence[SuggestionRow], *, catalog: CatalogReader, searcher: Searcher, abbreviations: frozenset[str]
) -> tuple[SuggestionView, ...]:
    """The suggestions with their entities and a few articles of each, in the order given.

    One whose entities left the catalog since it was read is left out.
    """
    entities = catalog.entities([entity_id for row in rows for entity_id in (row.entity, row.into)])
    known = [row for row in rows if row.entity in entities and row.into in entities]
    wanted = dict.fromkeys(entity_id for row in known for entity_id in (row.entity, row.into))
    examples = {
        entity_id: _examples(entities[entity_id], catalog, searcher, abbreviations=abbreviations)
        for entity_id in wanted
    }
    return tuple(
        SuggestionView(
            number=row.number,
            kind=row.kind,
            entity=entities[row.entity],
            into=entities[row.into],
            rule=row.rule,
            evidence=row.evidence,
            score=row.score,
            entity_examples=examples[row.entity],
            into_examples=examples[row.into],
        )
        for row in known
    )


def _examples(
    entity: Entity, catalog: CatalogReader, searcher: Searcher, *, abbreviations: frozenset[str]
) -> tuple[Example, ...]:
    asked = Keyword(entity.kind.value, (entity.id,))
    found = searcher.search(asked, limit=_EXAMPLES).hits
    maker = HitMaker(catalog, asked, (), abbreviations=abbreviations)
    hits = maker.make([EngineHit(hit.id, 0.0) for hit in found])
    return tuple(Example(hit.id, hit.title, hit.snippets[0] if hit.snippets else None) for hit in hits)
