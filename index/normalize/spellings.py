"""Fold spellings of one word: British and American English, plurals, and transliterations of one name.

Names are compared by the folded forms for equality only: no similarity is measured, so matches cannot chain.
"""

import re
from functools import lru_cache

__all__ = ["fold_spelling", "fold_transliteration"]

# British before American and short before long; only pairs that are the same word in both.
_BRITISH: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?<=[a-z]{3})isation(s?)$"), r"ization\1"),
    (re.compile(r"(?<=[a-z]{3})(?<!prom)ise(d?)$"), r"ize\1"),
    (re.compile(r"^defence"), "defense"),
    (re.compile(r"^(lab|harb|hon|arm|col|neighb|fav|riv|val)our"), r"\1or"),
    (re.compile(r"^(cent|theat|met|lit|fib)re(s?)$"), r"\1er\2"),
    (re.compile(r"^programme"), "program"),
    (re.compile(r"^aero?plane"), "airplane"),
    (re.compile(r"^mt$"), "mount"),
    (re.compile(r"^ft$"), "fort"),
)
_SHORTEST_PLURAL = 5
# Words of names repeat: 200,000 names of a real archive have some 100,000 different ones.
_REMEMBERED = 262144

# In order: groups of letters that different transliterations of Cyrillic, Arabic, Greek, Turkish and Hebrew names
# write for one sound. Vowels stay apart from each other, but for i/y/e in a row, so that Maria is not Mario.
_CONSONANTS: tuple[tuple[str, str], ...] = (
    ("shch", "sh"),
    ("sch", "sh"),
    ("tsch", "c"),
    ("tch", "c"),
    ("ch", "c"),
    ("ph", "f"),
    ("kh", "h"),
    ("qh", "h"),
    ("ck", "k"),
    ("q", "k"),
    ("gh", "g"),
    ("th", "t"),
    ("dh", "t"),
    ("dzh", "j"),
    ("dj", "j"),
    ("zh", "j"),
    ("tz", "ts"),
    ("ks", "x"),
    ("w", "v"),
)
_VOWELS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"ff$"), "v"),
    (re.compile(r"ou|oo|uu"), "u"),
    (re.compile(r"(?<=[aeou])[yi](?=[aeou])"), ""),
    (re.compile(r"ii|iy|yi|ij|yj|yy|ey$|ei$|ie$|y"), "i"),
    (re.compile(r"i(?=[aeou])"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[aeiou])h(?=[^aeiou]|$)"), ""),
)


@lru_cache(maxsize=_REMEMBERED)
def fold_spelling(word: str) -> str:
    """Return the form that British, American, singular and plural spellings of a folded word share.

    >>> fold_spelling("industries"), fold_spelling("defence"), fold_spelling("organisation"), fold_spelling("centre")
    ('industry', 'defense', 'organization', 'center')
    >>> fold_spelling("congress"), fold_spelling("us"), fold_spelling("status")
    ('congress', 'us', 'status')
    """
    if not word.isalpha():
        return word
    for pattern, replacement in _BRITISH:
        word = pattern.sub(replacement, word)
    if len(word) < _SHORTEST_PLURAL:
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and word[-2] not in "aius" else word


@lru_cache(maxsize=_REMEMBERED)
def fold_transliteration(word: str) -> str:
    """Return the form that transliterations of a folded word share; words with digits stay as they are.

    >>> fold_transliteration("mikheev") == fold_transliteration("mikheyev")
    True
    >>> fold_transliteration("zelenskyy") == fold_transliteration("zelenskiy") == fold_transliteration("zelensky")
    True
    >>> fold_transliteration("triumf") == fold_transliteration("triumph")
    True
    >>> fold_transliteration("maria") == fold_transliteration("mario")
    False
    """
    if not word.isalpha():
        return word
    for letters, sound in _CONSONANTS:
        if letters in word:
            word = word.replace(letters, sound)
    for pattern, replacement in _VOWELS:
        word = pattern.sub(replacement, word)
    return word
