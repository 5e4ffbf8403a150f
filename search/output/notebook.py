"""Records as HTML for a notebook: small tables with inline styles, which load nothing and run nothing.

Titles, names and texts come from the articles, so every one of them is escaped here, and only web addresses become
links.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from index.model import Entity
from search.output.wording import PARTIAL_HEADING, amount_in_words, count_in_words, interval_in_words, kind_in_words
from search.results import Facet, Highlight, Hit, Role, SearchResult
from search.views import ArticleView, EntityCount, EntityView

__all__ = ["article_html", "entity_html", "facet_html", "hit_html", "result_html"]

_QUERY_ROLES: Final = frozenset({Role.TERM, Role.PHRASE})
_MOST_NAMES: Final = 8
_MOST_SNIPPETS: Final = 2
_TABLE: Final = '<table style="text-align:left;border-collapse:collapse">'
_CELL: Final = '<td style="text-align:left;vertical-align:top;padding:2px 8px">'
_HEAD: Final = '<th style="text-align:left;vertical-align:top;padding:2px 8px">'
_DIM: Final = '<div style="opacity:.7">'


def result_html(result: SearchResult) -> str:
    """Return a result as HTML: what was found, notices and suggestions, and a row for each hit."""
    found = count_in_words(result.total, "article")
    if result.is_any and result.total:
        found += " with some of the words"
    read = f" · read as {escape(result.interpretation)}" if result.interpretation else ""
    remarks = [notice.message for notice in result.notices]
    remarks += [f"Did you mean: {suggestion.q}" for suggestion in result.suggestions]
    first = (result.request.page - 1) * result.request.size + 1
    rows = "".join(f"<tr>{_CELL}{rank}</td>{_hit_cells(hit)}</tr>" for rank, hit in enumerate(result.hits, first))
    if result.partial:
        rows += f"<tr>{_HEAD}</th>{_HEAD}{PARTIAL_HEADING}</th></tr>"
        rows += "".join(f"<tr>{_CELL}</td>{_hit_cells(hit)}</tr>" for hit in result.partial)
    said = "".join(f"{_DIM}{escape(remark)}</div>" for remark in remarks)
    return f"<div><div>{found}{read}</div>{said}{_TABLE}{rows}</table></div>"


def hit_html(hit: Hit) -> str:
    """Return one hit as HTML: title, source and date, snippets, and whom it names."""
    return f"{_TABLE}<tr>{_hit_cells(hit)}</tr></table>"


def facet_html(facet: Facet) -> str:
    """Return a facet as HTML: a row for each of its values, and how many more there are."""
    rows = "".join(f"<tr>{_CELL}{escape(value.label)}</td>{_CELL}{value.count:,}</td></tr>" for value in facet.values)
    more = facet.distinct - len(facet.values)
    rest = f"<tr>{_CELL}and {more:,} more</td>{_CELL}</td></tr>" if more > 0 else ""
    return f"{_TABLE}<tr>{_HEAD}{escape(facet.label)}</th>{_HEAD}articles</th></tr>{rows}{rest}</table>"


def article_html(view: ArticleView) -> str:
    """Return an article as HTML: title and facts, what it names, and its text to unfold."""
    article = view.article
    published = interval_in_words(article.published) if article.published else "undated"
    facts = [article.source or "source unknown", published, count_in_words(view.word_count, "word"), article.id]
    rows = _rows(
        (label, [f"{item.entity.name} ×{len(item.spans)}" for item in mentioned])
        for label, mentioned in (
            ("People", view.people),
            ("Organizations", view.organizations),
            ("Places", view.places),
            ("Systems", view.systems),
        )
    )
    rows += _rows(
        (
            ("Amounts", list(dict.fromkeys(amount_in_words(item.amount) for item in view.amounts))),
            ("Dates", list(dict.fromkeys(interval_in_words(item.interval) for item in view.dates))),
        )
    )
    text = "".join(
        f"<p>{_marked(article.body, view.highlights, start=part.span.start, end=part.span.end)}</p>"
        for part in view.paragraphs
    )
    return (
        f"<div>{_titled(article.title, article.url)}{_DIM}{escape(' · '.join(facts))}</div>"
        f"{_TABLE}{rows}</table><details><summary>Text</summary>{text}</details></div>"
    )


def entity_html(view: EntityView) -> str:
    """Return an entity as HTML: its names, the years in which it is mentioned, what it appears with, its articles."""
    entity = view.entity
    facts = [kind_in_words(entity.kind), count_in_words(view.documents, "article"), entity.id]
    if entity.description:
        facts.insert(1, entity.description)
    rows = _rows(
        (
            ("Also written", [alias.text for alias in entity.aliases if alias.text != entity.name]),
            ("Mentioned years", [f"{year.year} ({year.documents:,})" for year in view.mentioned]),
            ("People", _counted(view.people)),
            ("Organizations", _counted(view.organizations)),
            ("Places", _counted(view.places)),
            ("Systems", _counted(view.systems)),
            ("Amounts", [amount_in_words(item.amount) for item in view.amounts]),
        )
    )
    articles = "".join(f"<tr>{_hit_cells(hit)}</tr>" for hit in view.articles)
    return (
        f"<div>{_titled(entity.name, None)}{_DIM}{escape(' · '.join(facts))}</div>"
        f"{_TABLE}{rows}</table>{_TABLE}{articles}</table></div>"
    )


def _hit_cells(hit: Hit) -> str:
    published = interval_in_words(hit.published) if hit.published else "undated"
    facts = " · ".join((hit.source or "source unknown", published, hit.id))
    snippets = "".join(
        f"<div>{'… ' * part.is_cut_before}{_marked(part.text, part.highlights)}{' …' * part.is_cut_after}</div>"
        for part in hit.snippets[:_MOST_SNIPPETS]
    )
    reason = f"{_DIM}{escape(hit.reason)}</div>" if hit.reason else ""
    names = "".join(
        f"<div>{_shortened(_names(entities))}</div>" for entities in (hit.people, hit.organizations, hit.systems)
    )
    title = _titled(hit.title, hit.url)
    return f"{_CELL}{title}{_DIM}{escape(facts)}</div>{snippets}{reason}</td>{_CELL}{names}</td>"


def _names(entities: Iterable[Entity]) -> list[str]:
    return [entity.name for entity in entities]


def _counted(counts: Iterable[EntityCount]) -> list[str]:
    return [f"{count.entity.name} ({count.documents:,})" for count in counts]


def _rows(named: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Rows of a label and its texts; labels without texts are left out."""
    return "".join(f"<tr>{_HEAD}{label}</th>{_CELL}{_shortened(texts)}</td></tr>" for label, texts in named if texts)


def _shortened(texts: Sequence[str]) -> str:
    more = f" +{len(texts) - _MOST_NAMES:,}" if len(texts) > _MOST_NAMES else ""
    return escape(", ".join(texts[:_MOST_NAMES])) + more


def _titled(title: str, url: str | None) -> str:
    written = f"<b>{escape(title)}</b>"
    if url is None or not url.startswith(("https://", "http://")):
        return f"<div>{written}</div>"
    return f'<div><a href="{escape(url)}" rel="noopener noreferrer">{written}</a></div>'


def _marked(text: str, highlights: Iterable[Highlight], *, start: int = 0, end: int | None = None) -> str:
    """The text from `start` to `end`, escaped, with what the query matched in `<mark>`."""
    stop = len(text) if end is None else end
    pieces = []
    # The ranges of query roles are disjoint and sorted; see `Highlight`.
    for highlight in sorted(mark for mark in highlights if mark.role in _QUERY_ROLES):
        first, last = max(start, highlight.start), min(stop, highlight.end)
        if first < last:
            pieces += [escape(text[start:first]), "<mark>", escape(text[first:last]), "</mark>"]
            start = last
    return "".join([*pieces, escape(text[start:stop])])
