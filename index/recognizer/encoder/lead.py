"""The text of an article that its vector is made of: its title, then its story, without boilerplate."""

from collections.abc import Iterator
from typing import Final

from index.model import Article
from index.recognizer.encoder.text_pieces import LEAD_CHARACTERS

__all__ = ["is_known_language", "lead_text"]

# The encoder was trained on English; what it makes of other languages is in its model card.
_LANGUAGES: Final = frozenset({"en"})


def is_known_language(language: str | None) -> bool:
    """Return whether the encoder knows a language; True also for a text so short that its language is not known.

    >>> is_known_language("en"), is_known_language("tr"), is_known_language(None)
    (True, False, True)
    """
    return language is None or language in _LANGUAGES


def lead_text(article: Article) -> str:
    r"""Return the title and the beginning of the story, more than the encoder reads.

    >>> from index.model import Furniture, FurnitureReason, Span
    >>> menu = Furniture(Span(0, 6), FurnitureReason.MENU)
    >>> lead_text(Article("1", "a.txt", "", "Storm", "Home |\nIt rained.", furniture=(menu,)))
    'Storm\nIt rained.'
    """
    has_title = article.title_span is not None or not article.title_is_derived
    parts = [article.title] if has_title and article.title else []
    text = "\n".join([*parts, *_story(article)])
    return text[:LEAD_CHARACTERS]


def _story(article: Article) -> Iterator[str]:
    """Yield the first parts of the body between title and boilerplate."""
    left_out = [item.span for item in article.furniture]
    if article.title_span is not None:
        left_out.append(article.title_span)
    start = length = 0
    for span in sorted(left_out):
        part = article.body[start : max(start, span.start)][:LEAD_CHARACTERS].strip()
        if part:
            yield part
        length += len(part)
        if length >= LEAD_CHARACTERS:
            return
        start = max(start, span.end)
    rest = article.body[start : start + 2 * LEAD_CHARACTERS].strip()
    if rest:
        yield rest
