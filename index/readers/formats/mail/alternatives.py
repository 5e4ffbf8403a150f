"""Choose between forms of one text: the plain one, unless it is a stub that only points to the HTML one."""

import re
from collections.abc import Iterator, Sequence

__all__ = ["choose_texts"]

# Characters of languages without spaces count as words.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]|[^\W_]{2,}")
_LEAST_COVERAGE = 0.5
_MOST_WORDS_OF_STUB = 80
_POINTS_ELSEWHERE = re.compile(r"https?:|www\.|html", re.IGNORECASE)


def choose_texts(texts: Sequence[str]) -> Sequence[int]:
    """Return the places of the texts to show, in their order. The simplest comes first, the richest last.

    A text is left out when those chosen before it hold at least half of its words. A short first text is left out
    when it points to a page or to HTML and the text that is chosen after it has more words.

    >>> choose_texts(["The ferries are back.", "The ferries are back. Read more."])
    [0]
    >>> choose_texts(["See https://example.org/7", "The ferries between the islands are back."])
    [1]
    """
    chosen: list[int] = []
    known: set[str] = set()
    for place, text in enumerate(texts):
        words = set(_words(text))
        if not words or len(words & known) >= _LEAST_COVERAGE * len(words):
            continue
        if len(chosen) == 1 and _is_stub(texts[chosen[0]], known, richer=words):
            chosen.clear()
        chosen.append(place)
        known |= words
    return chosen


def _is_stub(text: str, words: set[str], *, richer: set[str]) -> bool:
    is_short = len(words) <= _MOST_WORDS_OF_STUB and len(words) < len(richer)
    return is_short and _POINTS_ELSEWHERE.search(text) is not None


def _words(text: str) -> Iterator[str]:
    for match in _WORD.finditer(text):
        yield match[0].casefold()
