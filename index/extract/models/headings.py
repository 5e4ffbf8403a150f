"""Tells ordinary words from names in headings, where every word looks like a name: in capitals, or alone on a line."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection

from index.extract.tokens import Casing, Tokens

__all__ = ["LoneWords", "PlainWords"]


class PlainWords:
    """The ordinary words of headings in capitals: the rest of the article writes them in small letters."""

    def __init__(self, tokens: Tokens, common: Collection[str]) -> None:
        self._common = common
        self._mixed = {
            paragraph
            for word, paragraph, casing in zip(tokens.words, tokens.paragraphs, tokens.casing, strict=True)
            if casing != Casing.UPPER and word != word.upper()
        }
        self._mixed_keys: set[str] = set()
        self._capital_inside: set[str] = set()
        if self._mixed.issuperset(tokens.paragraphs):
            return
        for position, key in enumerate(tokens.keys):
            if tokens.paragraphs[position] not in self._mixed:
                continue
            self._mixed_keys.add(key)
            if tokens.capital[position] and not tokens.is_sentence_start(position):
                self._capital_inside.add(key.lower())

    def are_all(self, tokens: Tokens, start: int, end: int) -> bool:
        """Return whether the words from token `start` to character `end` are ordinary words of such a heading."""
        if tokens.paragraphs[start] in self._mixed:
            return False
        return all(map(self._is_plain, tokens.keys[start : bisect_left(tokens.starts, end)]))

    def _is_plain(self, key: str) -> bool:
        lower = key.lower()
        if key in self._mixed_keys:
            # "WHO" in a story, too.
            return False
        is_written_small = lower in self._mixed_keys and lower not in self._capital_inside
        return is_written_small or key in self._common or key.capitalize() in self._common or not key[0].isalpha()


class LoneWords:
    """The headings of one word that nothing else in the article makes names: "Banks", "Weather".

    A word that stands with a capital letter inside a sentence, too, is a name in a heading as well.
    """

    def __init__(self, tokens: Tokens) -> None:
        lengths = Counter(
            paragraph for word, paragraph in zip(tokens.words, tokens.paragraphs, strict=True) if word[0].isalnum()
        )
        self._alone = {paragraph for paragraph, length in lengths.items() if length == 1}
        if len(self._alone) == len(lengths):
            # Nothing but lines of one word: a list.
            self._alone.clear()
        self._capital_inside = (
            {
                key.lower()
                for position, key in enumerate(tokens.keys)
                if tokens.capital[position]
                and tokens.paragraphs[position] not in self._alone
                and not tokens.is_sentence_start(position)
            }
            if self._alone
            else set()
        )

    def is_one(self, tokens: Tokens, position: int) -> bool:
        """Return whether the word at `position` is such a heading."""
        return tokens.paragraphs[position] in self._alone and tokens.keys[position].lower() not in self._capital_inside
