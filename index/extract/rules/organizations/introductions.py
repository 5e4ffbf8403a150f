"""Signs beside a name that it is that of an organization: "the union X", "X, a law firm in", "analysts at X"."""

from typing import Final

from index.extract.rules.vocabulary import Vocabulary
from index.extract.tokens import Tokens

__all__ = ["Introductions"]

_ARTICLES: Final = frozenset({"a", "an", "the", "another"})
_AFTER_NOUN: Final = frozenset({",", ".", ";", ")", "of", "that", "which", "based", "in", "with", "founded", "owned"})
_MOST_BEFORE_NOUN: Final = 4


class Introductions:
    """Finds the words that introduce an organization.

    >>> from index.extract.tokens import read_tokens
    >>> introductions = Introductions(Vocabulary(organization_nouns=frozenset({"union"}), shares=frozenset({"shares"})))
    >>> introductions.sign(read_tokens("He leads the union Moldis."), 4, 5)
    "'union' before the name"
    >>> introductions.sign(read_tokens("Moldis, a dockers' union, struck."), 0, 1)
    "'union' after the name"
    >>> introductions.sign(read_tokens("He sold shares in Moldis."), 4, 5)
    "'shares in' before the name"
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        # "the producer X" may be a person.
        self._nouns = vocabulary.organization_nouns - vocabulary.roles
        self._described = vocabulary.described
        self._behind = {"in": vocabulary.shares, "at": vocabulary.workers_at, "of": vocabulary.things_of}
        self._after = vocabulary.after_organization
        self._owned = vocabulary.owned_by_organization

    def sign(self, tokens: Tokens, start: int, end: int) -> str:
        """Return the sign that introduces the name at words `[start, end)`; empty when there is none."""
        sentence = tokens.sentences[start]
        keys = tokens.keys
        before = start - 1
        if before >= 0 and tokens.sentences[before] == sentence:
            if keys[before] in self._nouns or (keys[before] in self._described and keys[before].lower() in self._nouns):
                return f"'{keys[before]}' before the name"
            is_inserted = tokens.words[before] == "," and before and tokens.words[end : end + 1] == [","]
            if is_inserted and keys[before - 1] in self._nouns:
                return f"'{keys[before - 1]}' before the name"
            if before and keys[before - 1].lower() in self._behind.get(keys[before], ()):
                return f"'{tokens.words[before - 1]} {keys[before]}' before the name"
        if end >= len(tokens) or tokens.sentences[end] != sentence:
            return ""
        if keys[end] in self._after:
            return f"'{keys[end]}' after the name"
        if keys[end] == "'s" and keys[end + 1 : end + 2] and keys[end + 1] in self._owned:
            return f"'{keys[end + 1]}' after the name"
        noun = self._noun_behind_comma(tokens, end)
        return f"'{noun}' after the name" if noun else ""

    def _noun_behind_comma(self, tokens: Tokens, comma: int) -> str:
        keys = tokens.keys
        first = comma + 2
        if tokens.words[comma] != "," or first >= len(tokens) or keys[comma + 1] not in _ARTICLES:
            return ""
        for position in range(first, min(first + _MOST_BEFORE_NOUN, len(tokens) - 1)):
            if keys[position] in self._nouns and tokens.words[position + 1] in _AFTER_NOUN:
                return keys[position]
            if not keys[position].isalpha() and keys[position] not in ("'", "'s"):
                break
        return ""
