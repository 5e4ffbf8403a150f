"""Similar articles in words, as rows and as JSON: the same for terminal, files and page."""

from search.output.formats import Row
from search.results import SimilarArticle

__all__ = ["CLOSEST_HEADING", "SIMILAR_COLUMNS", "reasons_in_words", "similar_row"]

CLOSEST_HEADING = "No article has these words. Closest in meaning:"
"""Heading of the articles that are offered when none has any of the words of a query."""

SIMILAR_COLUMNS = ("locator", "cosine", "story", "entities", "title")


def reasons_in_words(article: SimilarArticle) -> str:
    """Return the reasons for a similar article on one line.

    >>> reasons_in_words(SimilarArticle("1", "Storm", "a.txt", None, None, 0.714, is_same_story=True))
    '71 % alike · same story'
    """
    parts = [f"{article.cosine:.0%} alike".replace("%", " %")]
    if article.is_same_story:
        parts.append("same story")
    if article.entities:
        parts.append(f"both name {', '.join(entity.name for entity in article.entities)}")
    return " · ".join(parts)


def similar_row(article: SimilarArticle) -> Row:
    """Return one similar article with every column of `SIMILAR_COLUMNS`."""
    return {
        "locator": article.locator,
        "cosine": round(article.cosine, 3),
        "story": "same" if article.is_same_story else "",
        "entities": [entity.name for entity in article.entities],
        "title": article.title,
    }
