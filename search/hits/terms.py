"""Texts compared as terms of the index, and words counted."""

from index.analyzer import analyze

__all__ = ["count_words", "terms_of"]

# Tokens between spaces that are no words.
_NOT_WORDS = frozenset("-–—/|•*·")


def terms_of(text: str) -> tuple[str, ...]:
    """Return the terms of a text, by which names are compared: "Patriots" is the name "Patriot".

    >>> terms_of("Patriots") == terms_of("patriot")
    True
    """
    return tuple(token.term for token in analyze(text))


def count_words(text: str) -> int:
    """Count the words between whitespace, without lone dashes and bullets.

    >>> count_words("Ankara – a city")
    3
    """
    words = text.split()
    # Counting each sign in C is three times as fast as asking each word, and most texts have only one or two of them.
    return len(words) - sum(words.count(sign) for sign in _NOT_WORDS if sign in text)
