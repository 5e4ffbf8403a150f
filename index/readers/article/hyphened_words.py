"""Tell words that have a hyphen of their own from words that were divided at the end of a line.

For languages whose words have hyphens so often that one at the end of a line says little ("est-il", "кто-то"): what
is no word of the tables in hyphens.tsv was divided, when it is divided where syllables meet.
"""

import re
import unicodedata
from collections.abc import Set
from functools import cache, lru_cache

from index.readers.article.tables import read_table

__all__ = ["has_many_hyphens", "has_own_hyphen", "hyphen_words", "is_divided_at_syllable"]

_VOWELS = frozenset("aeiouyæœаеиоуыэюяієъ")
# Signs that go with the letter before. In Bulgarian, where one is a vowel, hardly a syllable begins with it.
_NEVER_FIRST = frozenset("ьъ")
# "еле-еле", but "ма-ма".
_SHORTEST_REPEATED = 3
# "научно-технический", but "осно-вными" and "научно-го".
_SHORTEST_PART = 5
# Romanian letters that older texts write with a cedilla.
_COMMAS = str.maketrans("şţ", "șț")
_LATIN = re.compile("[a-z]")


def has_many_hyphens(language: str | None) -> bool:
    """Return whether words of a language have hyphens so often that one at the end of a line says little."""
    return language is not None and bool(hyphen_words(language, "before"))


def has_own_hyphen(first: str, second: str, language: str | None) -> bool:
    """Return whether two parts, in lower case, are words that a hyphen ties together.

    Of a text in no known language only the second part is looked at.

    >>> has_own_hyphen("porte", "parole", "fr"), has_own_hyphen("com", "mandes", "fr")
    (True, False)
    >>> has_own_hyphen("физико", "математический", "ru"), has_own_hyphen("заво", "дом", "ru")
    (True, False)
    """
    first, second = first.translate(_COMMAS), second.translate(_COMMAS)
    is_tied = second in hyphen_words(language, "behind")
    if not has_many_hyphens(language):
        return is_tied
    return not _is_undivided(first, second, language) and (
        is_tied
        or (first == second and len(first) >= _SHORTEST_REPEATED)
        or first in hyphen_words(language, "before")
        or first.endswith(_ends_before(second, language))
        or f"{first}-{second}" in hyphen_words(language, "whole")
        or _is_compound(first, second, language)
    )


def _is_compound(first: str, second: str, language: str | None) -> bool:
    ends = hyphen_words(language, "compound")
    return (
        (first in ends or (len(first) >= _SHORTEST_PART and first.endswith(tuple(ends))))
        and len(second) >= _SHORTEST_PART
        and second.endswith(tuple(hyphen_words(language, "adjective")))
    )


def is_divided_at_syllable(first: str, second: str, language: str | None) -> bool:
    """Return whether a word, in lower case, may be divided between these parts by the rules of its language.

    >>> is_divided_at_syllable("quel", "conque", "fr"), is_divided_at_syllable("vingt", "deux", "fr")
    (True, False)
    >>> is_divided_at_syllable("nord", "ouest", "fr"), is_divided_at_syllable("собы", "тия", "ru")
    (False, True)
    """
    before, after = _plain(first), _plain(second)
    if _VOWELS.isdisjoint(before) or _VOWELS.isdisjoint(after) or after[0] in _NEVER_FIRST:
        return False
    stop, start = _consonants(before[::-1])[::-1], _consonants(after)
    if not _LATIN.search(before):
        # Words in Cyrillic letters may be divided between vowels, and between any consonants.
        return bool(start) or not stop
    starts = hyphen_words(language, "starts")
    if not start:
        return not stop and "vowel" in starts
    return (len(start) == 1 or start in starts) and (len(stop) <= 1 or stop in hyphen_words(language, "stops"))


def _plain(word: str) -> str:
    """Return a word without accents; "й" is a letter of its own, and a consonant."""
    letters = unicodedata.normalize("NFC", word)
    return "".join(letter if letter == "й" else unicodedata.normalize("NFD", letter)[0] for letter in letters)


def _consonants(letters: str) -> str:
    """Return the consonants at the beginning."""
    for at, letter in enumerate(letters):
        if letter in _VOWELS:
            return letters[:at]
    return letters


def _is_undivided(first: str, second: str, language: str | None) -> bool:
    known, word = hyphen_words(language, "undivided"), first + second
    # "expli*" tells of "ex-pliquer", not of "explicá-lo".
    return word in known or any(f"{word[:length]}*" in known for length in range(len(first) + 1, len(word) + 1))


@lru_cache(maxsize=1024)
def _ends_before(second: str, language: str | None) -> tuple[str, ...]:
    """Return the ends of words that `second` is tied to by a hyphen."""
    rules = (rule.split(":") for rule in hyphen_words(language, "after"))
    return tuple(end for ends, words in rules if second in words.split(",") for end in ends.split("/"))


@cache
def hyphen_words(language: str | None, use: str) -> Set[str]:
    """Return the words of one use in hyphens.tsv, those of all languages when it is not known."""
    return frozenset(
        word
        for row in read_table("hyphens")
        if row["use"] == use and language in (None, row["language"])
        for word in row["words"].split("|")
    )
