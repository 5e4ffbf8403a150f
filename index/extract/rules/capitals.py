"""Words that are no names by themselves in a text in capitals, where letter case tells nothing: "THE", "US"."""

from collections.abc import Mapping

from index.extract.tokens import Casing, Tokens
from index.packs.loader import Packs, split_cell

__all__ = ["WordsInCapitals", "is_plain_word", "read_words_in_capitals"]

WordsInCapitals = Mapping[str, frozenset[str]]
"""The words, each with those before which it is a name all the same; it is one behind "THE", too, where it has any."""

_ARTICLE = "THE"


def read_words_in_capitals(packs: Packs) -> WordsInCapitals:
    """Read the table of the packs."""
    return {row["word"].upper(): frozenset(split_cell(row["before"])) for row in packs.rows("capitals")}


def is_plain_word(words: WordsInCapitals, tokens: Tokens, start: int, end: int) -> bool:
    """Return whether tokens `[start, end)` of a paragraph in capitals are one such word, or "THE" and one."""
    if tokens.casing[start] != Casing.UPPER:
        return False
    has_article = end - start > 1 and tokens.keys[start] == _ARTICLE
    word = start + has_article
    before = words.get(tokens.keys[word].upper()) if end - word == 1 else None
    if before is None:
        return False
    if not before:
        return True
    is_after_article = has_article or (start > 0 and tokens.keys[start - 1] == _ARTICLE)
    return not is_after_article and not (end < len(tokens) and tokens.keys[end].upper() in before)
