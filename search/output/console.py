"""Records as plain text for `print` and as one line for `repr`, in a console.

Characters that a terminal would obey, not show, are replaced: titles and names come from the articles.
"""

from collections.abc import Iterator
from typing import Final

from search.output.wording import PARTIAL_HEADING, amount_in_words, count_in_words, interval_in_words, kind_in_words
from search.results import Facet, Hit, SearchResult
from search.views import ArticleView, EntityView, MentionView

__all__ = [
    "article_line",
    "article_text",
    "entity_line",
    "entity_text",
    "facet_line",
    "facet_text",
    "hit_line",
    "hit_text",
    "mention_line",
    "result_line",
    "result_text",
]

_LONGEST_TITLE: Final = 60


def result_line(result: SearchResult) -> str:
    """Return one line: how many articles, and which of them are here."""
    first = (result.request.page - 1) * result.request.size + 1
    here = f", {first}–{first + len(result.hits) - 1} here" if result.hits else ""
    return f"<SearchResult {result.request.q!r}: {count_in_words(result.total, 'article')}{here}>"


def result_text(result: SearchResult) -> str:
    """Return lines: what was found and how the query was read, then each hit."""
    return "\n".join(_result_lines(result))


def hit_line(hit: Hit) -> str:
    """Return one line: id, date and title of a hit."""
    return f"<Hit {hit.id!r}: {_published(hit)}, {_short(hit.title)!r}>"


def hit_text(hit: Hit) -> str:
    """Return lines: the title of a hit, where and when it appeared, and its snippets."""
    return "\n".join(_hit_lines(hit))


def facet_line(facet: Facet) -> str:
    """Return one line: the facet, and how many values it has."""
    return f"<Facet {facet.parameter!r}: {len(facet.values):,} of {count_in_words(facet.distinct, 'value')}>"


def facet_text(facet: Facet) -> str:
    """Return a line for each value: its count and its label."""
    values = [f"{value.count:8,}  {_printable(value.label)}" for value in facet.values]
    return "\n".join([_printable(facet.label), *values])


def article_line(view: ArticleView) -> str:
    """Return one line: id, length and title of an article."""
    article = view.article
    return f"<ArticleView {article.id!r}: {count_in_words(view.word_count, 'word')}, {_short(article.title)!r}>"


def article_text(view: ArticleView) -> str:
    """Return lines: the title of an article, where and when it appeared, and its text."""
    article = view.article
    published = interval_in_words(article.published) if article.published else "undated"
    facts = (article.source or "source unknown", published, count_in_words(view.word_count, "word"), article.id)
    body = (article.body[part.span.start : part.span.end] for part in view.paragraphs)
    return "\n".join([_printable(article.title), _printable(" · ".join(facts)), "", *map(_printable, body)])


def mention_line(mention: MentionView) -> str:
    """Return one line: the text of a mention, what it means, and the article that it is in."""
    if mention.amount is not None:
        meaning = amount_in_words(mention.amount)
    elif mention.interval is not None:
        meaning = interval_in_words(mention.interval)
    else:
        meaning = mention.name or ""
    return f"<MentionView {_short(mention.text)!r}: {_printable(meaning)}, in {mention.article!r}>"


def entity_line(view: EntityView) -> str:
    """Return one line: id, name and kind of an entity, and in how many articles it is."""
    entity = view.entity
    found = count_in_words(view.documents, "article")
    return f"<EntityView {entity.id!r}: {_short(entity.name)!r}, {kind_in_words(entity.kind)}, {found}>"


def entity_text(view: EntityView) -> str:
    """Return lines: the name of an entity, what it is, and its articles."""
    entity = view.entity
    found = count_in_words(view.documents, "article")
    what = [kind_in_words(entity.kind), *([entity.description] if entity.description else []), found, entity.id]
    articles = (f"  {_printable(hit.title)} · {_published(hit)} · {hit.id}" for hit in view.articles)
    return "\n".join([_printable(entity.name), _printable(" · ".join(what)), *articles])


def _result_lines(result: SearchResult) -> Iterator[str]:
    some = " with some of the words" if result.is_any and result.total else ""
    read = f" · read as {_printable(result.interpretation)}" if result.interpretation else ""
    yield f"{count_in_words(result.total, 'article')}{some}{read}"
    yield from (_printable(notice.message) for notice in result.notices)
    yield from (f"Did you mean: {_printable(suggestion.q)}" for suggestion in result.suggestions)
    first = (result.request.page - 1) * result.request.size + 1
    for rank, hit in enumerate((*result.hits, *result.partial), first):
        if rank == first + len(result.hits):
            yield PARTIAL_HEADING
        title, *rest = _hit_lines(hit)
        yield f"{rank:3}  {title}"
        yield from (f"     {line}" for line in rest)


def _hit_lines(hit: Hit) -> Iterator[str]:
    yield _printable(hit.title)
    yield _printable(" · ".join((hit.source or "source unknown", _published(hit), hit.id)))
    yield from (_printable(snippet.text) for snippet in hit.snippets)


def _published(hit: Hit) -> str:
    return interval_in_words(hit.published) if hit.published else "undated"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1]}…"


def _printable(text: str) -> str:
    r"""Return the text in one line without control and direction characters.

    >>> _printable("a\x1b[31m\n\u202eb")
    'a [31m  b'
    """
    return "".join(character if character.isprintable() else " " for character in text)
