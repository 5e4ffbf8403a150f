"""Show one article: numbered paragraphs and sentences, with entities and words highlighted."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import islice, takewhile

from index.catalog.reader import CatalogReader
from index.catalog.reading.records import ArticleContent
from index.errors import ArticleNotFoundError
from index.model import ENTITY_KINDS, Article, Entity, FurnitureReason, Kind, Link, Span
from search.answer.requests.interpretation import readable
from search.hits.highlights import mention_highlights, query_highlights
from search.hits.making import title_mentions
from search.hits.matching import Matcher
from search.hits.sentences import split_paragraphs, split_sentences
from search.hits.terms import count_words
from search.query.ast import Query
from search.views import AmountMention, ArticleView, DateMention, EntityMentions, ParagraphView, SentenceView

__all__ = ["find_content", "view_article"]


def find_content(name: str, catalog: CatalogReader) -> ArticleContent:
    """Return an article by its id, a unique beginning of one, or the path or URL that it came from.

    Raises `ArticleNotFoundError`.
    """
    text = readable(name)
    found = catalog.resolve_article_id(text) or text
    content = catalog.contents([found]).get(found)
    if content is None:
        raise ArticleNotFoundError(f"There is no article {text[:200]!r}.")
    return content


def view_article(
    content: ArticleContent, query: Query, *, abbreviations: frozenset[str], interpretation: str = ""
) -> ArticleView:
    """Return an article to read, with the words of an executed query highlighted."""
    article, mentions, links, entities = content.article, content.mentions, content.links, content.entities
    matcher = Matcher(query, article.language)
    words = query_highlights(matcher.find(article.body))
    named = mention_highlights(mentions, links)
    by_kind = _mentions_by_kind(links, entities)
    return ArticleView(
        article=article,
        paragraphs=_paragraphs(article, abbreviations),
        highlights=tuple(sorted((*words, *named), key=lambda mark: (mark.start, mark.end, mark.role))),
        title_highlights=(*query_highlights(matcher.find(article.title)), *title_mentions(article, named)),
        people=by_kind[Kind.PEOPLE],
        organizations=by_kind[Kind.ORGANIZATIONS],
        places=by_kind[Kind.PLACES],
        systems=by_kind[Kind.SYSTEMS],
        amounts=tuple(
            AmountMention(mention.amount, mention.span, mention.text)
            for mention in mentions
            if mention.amount is not None
        ),
        dates=tuple(
            DateMention(mention.interval, mention.span, mention.text)
            for mention in mentions
            if mention.interval is not None
        ),
        word_count=count_words(article.body),
        matches=len(words),
        interpretation=interpretation,
    )


def _paragraphs(article: Article, abbreviations: frozenset[str]) -> tuple[ParagraphView, ...]:
    spans = split_paragraphs(article.body)
    starts = [span.start for span in spans]
    sentences: list[list[SentenceView]] = [[] for _ in spans]
    for number, sentence in enumerate(split_sentences(article.body, abbreviations=abbreviations)):
        sentences[bisect_right(starts, sentence.start) - 1].append(SentenceView(number, sentence))
    return tuple(
        ParagraphView(
            number=number,
            span=span,
            sentences=tuple(sentences[number]),
            furniture=_furniture_of(article, span),
            is_title=_overlap(span, article.title_span),
        )
        for number, span in enumerate(spans)
    )


def _furniture_of(article: Article, paragraph: Span) -> FurnitureReason | None:
    """Return the reason why most of a paragraph is boilerplate, or None."""
    half = (paragraph.end - paragraph.start) / 2
    first = bisect_right(article.furniture, paragraph.start, key=lambda item: item.span.end)
    near = takewhile(lambda item: item.span.start < paragraph.end, islice(article.furniture, first, None))
    return next(
        (
            item.reason
            for item in near
            if min(paragraph.end, item.span.end) - max(paragraph.start, item.span.start) > half
        ),
        None,
    )


def _overlap(span: Span, other: Span | None) -> bool:
    return other is not None and span.start < other.end and other.start < span.end


def _mentions_by_kind(links: Sequence[Link], entities: Mapping[str, Entity]) -> dict[Kind, tuple[EntityMentions, ...]]:
    spans: dict[str, list[Span]] = {}
    for link in links:
        if link.entity_id in entities:
            spans.setdefault(link.entity_id, []).append(link.mention.span)
    counted = [EntityMentions(entities[entity_id], tuple(found)) for entity_id, found in spans.items()]
    counted.sort(key=lambda item: (-len(item.spans), item.spans[0].start))
    return {kind: tuple(item for item in counted if item.entity.kind is kind) for kind in ENTITY_KINDS}
