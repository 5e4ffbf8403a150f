"""Typos: compare two folded words, and compute keys that words with a typo share.

Similar spelling is never a reason to merge two names; it is a reason to ask a person.
"""

from functools import lru_cache
from itertools import pairwise

from index.normalize.spellings import fold_transliteration

__all__ = ["fold_vowels", "slip_keys", "slips_between"]

# In shorter words another letter is often another word; in long ones enough letters remain after two typos.
_SHORTEST_WITH_SLIP = 4
_SHORTEST_WITH_TWO = 10
_VOWELS = frozenset("aeiouyw")
# A word of a name is compared with those of all names that share a key with it.
_REMEMBERED = 262144


def slips_between(left: str, right: str) -> int | None:
    """Return the Damerau-Levenshtein distance of two words, or None when it is too large for a typo.

    One typo is allowed in words of four letters and more, two in words of ten. Different digits are never typos.

    >>> slips_between("lukashenko", "luakshenko"), slips_between("macron", "macrone"), slips_between("putin", "puntila")
    (1, 1, None)
    >>> slips_between("s300", "s400"), slips_between("ali", "alu"), slips_between("sechin", "sech1n")
    (None, None, 1)
    """
    if left == right:
        return 0
    shortest = min(len(left), len(right))
    most = 0 if shortest < _SHORTEST_WITH_SLIP else 1 if shortest < _SHORTEST_WITH_TWO else 2
    if not most or abs(len(left) - len(right)) > most:
        return None
    # After one typo, the beginning or the end of a word is still right.
    if most == 1 and left[0] != right[0] and left[-1] != right[-1]:
        return None
    if not (left.isalpha() or right.isalpha()) and _has_other_number(left, right):
        return None
    return _distance(left, right, most)


def slip_keys(word: str) -> tuple[str, ...]:
    """Return keys of which two words one edit apart share at least one: the word, and it without each letter.

    >>> slip_keys("abc")
    ('ab', 'abc', 'ac', 'bc')
    """
    return tuple(sorted({word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}))


@lru_cache(maxsize=_REMEMBERED)
def fold_vowels(word: str) -> str:
    """Return the first letter and the consonants of a folded word, which transliterations share more often than vowels.

    >>> fold_vowels("husayn") == fold_vowels("hussein"), fold_vowels("nuristani") == fold_vowels("nooristani")
    (True, True)
    >>> fold_vowels("medvedev") == fold_vowels("mendeleev")
    False
    """
    spelled = fold_transliteration(word)
    kept = spelled[:1] + "".join(letter for letter in spelled[1:] if letter not in _VOWELS)
    return kept[:1] + "".join(right for left, right in pairwise(kept) if left != right)


def _has_other_number(left: str, right: str) -> bool:
    """True when both words have digits, and different ones."""
    digits = [[character for character in word if character.isdigit()] for word in (left, right)]
    return all(digits) and digits[0] != digits[1]


def _distance(left: str, right: str, most: int) -> int | None:
    """Return the number of edits between two different words, None for more than `most`: one edit, then the rest."""
    one, other = _differing(left, right)
    if not one or not other:
        slips = len(one) + len(other)
        return slips if slips <= most else None
    if len(one) == len(other) <= 2 and (len(one) == 1 or one == other[::-1]):
        return 1
    if most == 1:
        return None
    rests = [(one[1:], other), (one, other[1:]), (one[1:], other[1:])]
    if one[:2] == other[1::-1]:
        rests.append((one[2:], other[2:]))
    return 2 if any(rest == also or _distance(rest, also, 1) is not None for rest, also in rests) else None


def _differing(left: str, right: str) -> tuple[str, str]:
    """Return two words without their common beginning and end."""
    end = min(len(left), len(right))
    start = 0
    while start < end and left[start] == right[start]:
        start += 1
    end -= start
    back = 0
    while back < end and left[-1 - back] == right[-1 - back]:
        back += 1
    return left[start : len(left) - back], right[start : len(right) - back]
