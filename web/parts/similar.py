"""Similar articles as links with their reasons, for the pages of an article and of results."""

from collections.abc import Iterable

from search.output.similar import reasons_in_words
from search.request import SearchRequest
from search.results import SimilarArticle
from web.addresses.urls import article_url
from web.parts.records import Link

__all__ = ["similar_links"]


def similar_links(articles: Iterable[SimilarArticle]) -> tuple[Link, ...]:
    """Return a link to each article, with its reasons beside it."""
    return tuple(
        Link(article.title, article_url(article.id, SearchRequest()), reasons_in_words(article)) for article in articles
    )
