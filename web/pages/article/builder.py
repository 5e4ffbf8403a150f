"""The article page: body with anchors, entities, values and the words of a query; and the lists beside it."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from markupsafe import Markup

from index.model import Amount, Article, DateInterval, Kind, Span
from search.entities.explanations import MentionReason
from search.output.citations import CITATION_FORMATS, citation_parts
from search.output.wording import amount_in_words, count_in_words, interval_in_words
from search.request import SearchRequest
from search.results import HitPlace, SimilarArticle
from search.views import ArticleView, EntityMentions, ParagraphView
from web.addresses.neighbors import at_page
from web.addresses.urls import api_url, article_url, cite_url, entity_url, search_url
from web.frame.rendering import frame
from web.pages.article.cards import card_address, entities_in, name_cards
from web.pages.article.context import ArticlePage, StepBar
from web.pages.article.stepping import name_links, step_bar, step_url
from web.parts.filter_words import shortened
from web.parts.highlight import QUERY_ROLES, Layer, layers_of, mark_up
from web.parts.hits import UNDATED_TEXT, is_right_to_left
from web.parts.reasons import reason_parts, reason_titles
from web.parts.records import EntityGroup, EntityItem, Link, Paragraph, Row
from web.parts.similar import similar_links
from web.visitors.editing import editing

__all__ = ["Step", "article_page"]

_SENTENCE_RANK = 0
_FURNITURE_RANK = 1
_MAX_JUMPS = 8
_MAX_VALUES = 40


@dataclass(frozen=True, slots=True)
class Step:
    """Place of the reader: the id of a chosen entity, the number of the present mention, and which names are marked."""

    name: str = ""
    at: int = 0
    names: str = "all"


def article_page(
    view: ArticleView,
    mentions: Sequence[MentionReason],
    request: SearchRequest,
    place: HitPlace | None,
    similar: Sequence[SimilarArticle] = (),
    step: Step | None = None,
) -> ArticlePage:
    """Return the context of an article page.

    `mentions` are those of the article, with their reasons; `request` is the search that led here, if any, and `place`
    the position of the article among its results; `similar` are articles like it, `step` is
    the place of the reader in it.
    """
    step = step or Step()
    q = request.q
    article = view.article
    carded = entities_in(view)
    address = _address_of({item.entity.id for item in carded})
    layers = _layers(view, reason_titles(mentions), _asked(request, step), address)
    heading = _heading_paragraph(view)
    return ArticlePage(
        frame=frame(article.title, q=q, styles=("reader.css", "article.css"), scripts=("article.js",)),
        title=_title(view, heading, layers, address),
        is_derived=article.title_is_derived,
        meta=_meta(view),
        is_right_to_left=is_right_to_left(article.title),
        language=article.language or "",
        paragraphs=tuple(
            Paragraph(
                mark_up(article.body, inside, start=paragraph.span.start, end=paragraph.span.end),
                is_furniture=paragraph.furniture is not None,
            )
            for paragraph, inside in zip(view.paragraphs, _by_paragraph(view.paragraphs, layers), strict=True)
            if paragraph is not heading
        ),
        furniture=_furniture(view.paragraphs),
        bar=_bar(view, request, step),
        marking=name_links(article.id, request, name=step.name, at=step.at, names=step.names),
        marked=step.names,
        groups=_groups(view, request, step),
        cards=name_cards(carded, mentions, request, wrong_in=article.id if editing() else ""),
        reasons=reason_parts(mentions, article_id=article.id if editing() else ""),
        similar=similar_links(similar),
        provenance=_provenance(article),
        back_url=search_url(request) if request != SearchRequest() else "",
        rank=f"{place.rank:,} of {place.total:,}" if place is not None and place.total > 1 else "",
        before_url=_neighbour_url(place.before, place.rank - 1, request) if place is not None else "",
        after_url=_neighbour_url(place.after, place.rank + 1, request) if place is not None else "",
        citation=citation_parts(article),
        citations=tuple(Link(label, cite_url(article.id, name)) for name, (label, *_) in CITATION_FORMATS.items()),
        json_url=api_url(f"articles/{article.id}", [("q", q)] if q else []),
    )


def _neighbour_url(article_id: str | None, rank: int, request: SearchRequest) -> str:
    """Return the address of the article with this rank among the results, with its page of results; "" for None."""
    if article_id is None:
        return ""
    return article_url(article_id, at_page(request, (rank - 1) // request.size + 1))


def _asked(request: SearchRequest, step: Step) -> frozenset[str]:
    """Return the ids of the entities that the search or the bar is about."""
    return frozenset({step.name, *(value for selection in request.selections for value in selection.values)})


def _address_of(carded: Set[str]) -> Callable[[str], str]:
    """Return what gives the address behind a mention: the card of the entity, where there is one, else its page."""
    return lambda entity_id: card_address(entity_id) if entity_id in carded else entity_url(entity_id)


def _layers(
    view: ArticleView, titles: Mapping[int, str], asked: frozenset[str], address: Callable[[str], str]
) -> list[Layer]:
    layers = layers_of(view.highlights, entity_url=address, has_anchors=True, titles=titles)
    starts = {mark.start for mark in view.highlights if mark.entity_id and mark.entity_id in asked}
    layers = [
        replace(layer, css=f"{layer.css} on") if layer.start in starts and layer.css.startswith("e ") else layer
        for layer in layers
    ]
    for paragraph in view.paragraphs:
        layers += [
            Layer(sentence.span.start, sentence.span.end, _SENTENCE_RANK, "span", identifier=f"s-{sentence.number}")
            for sentence in paragraph.sentences
        ]
    layers += [
        Layer(part.span.start, part.span.end, _FURNITURE_RANK, "span", "furniture") for part in view.article.furniture
    ]
    return layers


def _by_paragraph(paragraphs: Sequence[ParagraphView], layers: Iterable[Layer]) -> list[list[Layer]]:
    """Group layers by paragraph: testing every layer in every paragraph takes minutes."""
    ends = [paragraph.span.end for paragraph in paragraphs]
    inside: list[list[Layer]] = [[] for _ in paragraphs]
    for layer in layers:
        at = bisect_right(ends, layer.start)
        while at < len(paragraphs) and paragraphs[at].span.start < layer.end:
            inside[at].append(layer)
            at += 1
    return inside


def _heading_paragraph(view: ArticleView) -> ParagraphView | None:
    """Return the paragraph that is only the title: it becomes the heading and is not shown again."""
    article = view.article
    for paragraph in view.paragraphs:
        text = article.body[paragraph.span.start : paragraph.span.end]
        if paragraph.is_title and " ".join(text.split()) == " ".join(article.title.split()):
            return paragraph
    return None


def _title(
    view: ArticleView, heading: ParagraphView | None, layers: Iterable[Layer], address: Callable[[str], str]
) -> Markup:
    if heading is not None:
        return mark_up(view.article.body, layers, start=heading.span.start, end=heading.span.end)
    return mark_up(view.article.title, layers_of(view.title_highlights, entity_url=address))


def _meta(view: ArticleView) -> tuple[str, ...]:
    article = view.article
    parts = (
        article.source or "source unknown",
        article.byline or "",
        interval_in_words(article.published) if article.published else UNDATED_TEXT,
        count_in_words(view.word_count, "word"),
    )
    return tuple(part for part in parts if part)


def _furniture(paragraphs: Sequence[ParagraphView]) -> str:
    reasons = [paragraph.furniture.value for paragraph in paragraphs if paragraph.furniture is not None]
    if not reasons:
        return ""
    verb = "looks" if len(reasons) == 1 else "look"
    kinds = ", ".join(dict.fromkeys(reasons))
    return f"{count_in_words(len(reasons), 'part')} {verb} like boilerplate ({kinds}): dimmed, not removed."


def _bar(view: ArticleView, request: SearchRequest, step: Step) -> StepBar | None:
    """Return the bar over the mentions of the chosen name, else over the sentences with words of the query."""
    chosen = next((item for group in _entities(view) for item in group if item.entity.id == step.name), None)
    if chosen is not None:
        anchors: Sequence[str] = [f"m-{span.start}" for span in chosen.spans]
        label, name = chosen.entity.name, step.name
    else:
        anchors, label, name = _matches(view), f"“{shortened(request.q)}”", ""
    return step_bar(view.article.id, request, anchors, label=label, name=name, at=step.at, names=step.names)


def _entities(view: ArticleView) -> tuple[Sequence[EntityMentions], ...]:
    return view.people, view.systems, view.organizations, view.places


def _matches(view: ArticleView) -> list[str]:
    """Return the anchors of the sentences that hold words of the query, in order."""
    marked = sorted(highlight.start for highlight in view.highlights if highlight.role in QUERY_ROLES)
    return [
        f"s-{sentence.number}"
        for paragraph in view.paragraphs
        for sentence in paragraph.sentences
        if _holds_any(sentence.span, marked)
    ]


def _holds_any(span: Span, starts: Sequence[int]) -> bool:
    return bisect_left(starts, span.start) < bisect_left(starts, span.end)


def _groups(view: ArticleView, request: SearchRequest, step: Step) -> tuple[EntityGroup, ...]:
    amounts = [(_amount_text(part.amount, part.text), part.span) for part in view.amounts]
    dates = [(_date_text(part.interval, part.text), part.span) for part in view.dates]

    def address(entity_id: str, span: Span) -> str:
        return step_url(view.article.id, request, name=entity_id, at=1, names=step.names, anchor=f"m-{span.start}")

    groups = (
        _entity_group(Kind.PEOPLE, view.people, address),
        _entity_group(Kind.SYSTEMS, view.systems, address),
        _entity_group(Kind.ORGANIZATIONS, view.organizations, address),
        _entity_group(Kind.PLACES, view.places, address),
        _value_group("Amounts", Kind.AMOUNTS, amounts),
        _value_group("Dates mentioned", Kind.DATES, dates),
    )
    return tuple(group for group in groups if group.items)


def _entity_group(kind: Kind, mentions: Sequence[EntityMentions], address: Callable[[str, Span], str]) -> EntityGroup:
    """Return the entities of a kind, each with the way through its mentions; `address` gives that of the first."""
    items = tuple(
        EntityItem(
            item.entity.name,
            "",
            entity_url(item.entity.id),
            (Link(f"×{len(item.spans):,}", address(item.entity.id, item.spans[0])),),
        )
        for item in mentions
    )
    return EntityGroup(kind.value.capitalize(), kind.value, items)


def _value_group(label: str, kind: Kind, values: Iterable[tuple[str, Span]]) -> EntityGroup:
    """Group equal values, in order of first mention; a value links to its positions."""
    places: dict[str, list[Span]] = {}
    for text, span in values:
        places.setdefault(text, []).append(span)
    items = tuple(
        EntityItem(text, "", f"#m-{spans[0].start}", _jumps(spans) if len(spans) > 1 else ())
        for text, spans in list(places.items())[:_MAX_VALUES]
    )
    return EntityGroup(label, kind.value, items)


def _jumps(spans: Sequence[Span]) -> tuple[Link, ...]:
    return tuple(Link(str(i), f"#m-{span.start}") for i, span in enumerate(spans[:_MAX_JUMPS], start=1))


def _amount_text(amount: Amount, written: str) -> str:
    return written if amount.value is None else amount_in_words(amount)


def _date_text(interval: DateInterval, written: str) -> str:
    return interval_in_words(interval) if interval.is_resolved else f"“{written}”"


def _provenance(article: Article) -> tuple[Row, ...]:
    origin = f" (from: {article.published_origin})" if article.published_origin else ""
    published = interval_in_words(article.published) + origin if article.published else "not found in the text"
    address = article.url or ""
    # Only these are links: an article could contain an address that runs a script.
    is_web = address.startswith(("https://", "http://"))
    rows = (
        Row("File", article.locator),
        Row("Address", address, address if is_web else ""),
        Row("Source", article.source or "not known"),
        Row("By", article.byline or ""),
        Row("Published", published),
        Row("Language", article.language or "unknown"),
        Row("Id", article.id),
        Row("SHA-256", article.content_hash),
    )
    return tuple(row for row in rows if row.note)
