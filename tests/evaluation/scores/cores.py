"""Names without the words about whose borders people disagree: without an article, or down to their core."""

import re
from functools import cache

from index.packs.loader import load_packs
from tests.evaluation.scores.span_scores import GoldSpan, Range, Test

__all__ = ["core_of", "has_same_core", "is_equal_without_article"]

_WORD = re.compile(r"\w+(?:[-.&’']\w+)*")
_ARTICLE = re.compile(r"the\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"[’']s?$")


@cache
def _border_words() -> frozenset[str]:
    """Articles, titles, legal forms and words for nationalities, in small letters."""
    packs = load_packs(("core", "names"))
    columns = (("titles", "title"), ("legal_suffixes", "form"), ("demonyms", "demonym"))
    listed = (word for table, column in columns for row in packs.rows(table) for word in row[column].split("|"))
    return frozenset({"the", *(word.lower() for word in listed)})


def core_of(text: str, start: int, end: int) -> Range:
    """The span without titles, articles, legal forms, nationalities and words in small letters at its borders.

    A span that has nothing else is its own core.

    >>> core_of("the late President Ada Obi's", 0, 28)
    (19, 26)
    """
    words = [match.span() for match in _WORD.finditer(text, start, end)]
    kept = [(low, _end_of_name(text, low, high)) for low, high in words]
    while kept and _is_border(text[slice(*kept[0])]):
        kept.pop(0)
    while kept and _is_border(text[slice(*kept[-1])]):
        kept.pop()
    return (kept[0][0], kept[-1][1]) if kept else (start, end)


def is_equal_without_article(text: str) -> Test:
    """A test whether a found span of `text` is a gold one, or one of its alternatives; a leading "the" is no part."""

    def strip(span: Range) -> Range:
        article = _ARTICLE.match(text, *span)
        return (article.end(), span[1]) if article else span

    def test(gold: GoldSpan, found: Range) -> bool:
        name = strip(found)
        return any(strip(each) == name for each in gold.ranges)

    return test


def has_same_core(text: str) -> Test:
    """A test whether a found span of `text` and a gold one, or one of its alternatives, have the same core."""

    def test(gold: GoldSpan, found: Range) -> bool:
        core = core_of(text, *found)
        return any(core_of(text, *each) == core for each in gold.ranges)

    return test


def _end_of_name(text: str, start: int, end: int) -> int:
    possessive = _POSSESSIVE.search(text, start, end)
    return possessive.start() if possessive else end


def _is_border(word: str) -> bool:
    return word[0].islower() or word.lower() in _border_words()
