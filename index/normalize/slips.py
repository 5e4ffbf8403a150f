"""Slips of the pen: two folded words that are one word written wrongly, and keys under which such words meet.

Likeness by letters is never a reason to take two names for one; it is a reason to ask a person.
"""

from itertools import pairwise

from index.normalize.spellings import fold_transliteration

__all__ = ["fold_vowels", "slip_keys", "slips_between"]

# In shorter words another letter is another word as often as not; in long ones two slips leave enough to know it by.
_SHORTEST_WITH_SLIP = 4
_SHORTEST_WITH_TWO = 10
_VOWELS = frozenset("aeiouyw")


def slips_between(left: str, right: str) -> int | None:
    """The letters left out, added, replaced or swapped with the next; None when they are too many for a slip.

    One slip is let pass in words of four letters and more, two in words of ten. Digits are never slips of digits.

    >>> slips_between("lukashenko", "luakshenko"), slips_between("macron", "macrone"), slips_between("putin", "puntila")
    (1, 1, None)
    >>> slips_between("s300", "s400"), slips_between("ali", "alu"), slips_between("sechin", "sech1n")
    (None, None, 1)
    """
    if left == right:
        return 0
    shortest = min(len(left), len(right))
    most = 0 if shortest < _SHORTEST_WITH_SLIP else 1 if shortest < _SHORTEST_WITH_TWO else 2
    if abs(len(left) - len(right)) > most or _has_other_number(left, right):
        return None
    found = _distance(left, right)
    return found if found <= most else None


def slip_keys(word: str) -> tuple[str, ...]:
    """Keys of which two words that are one slip apart have one in common: the word, and it without each letter.

    >>> slip_keys("abc")
    ('ab', 'abc', 'ac', 'bc')
    """
    return tuple(sorted({word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}))


def fold_vowels(word: str) -> str:
    """The first letter and the consonants of a folded word, which transliterations share more often than vowels.

    >>> fold_vowels("husayn") == fold_vowels("hussein"), fold_vowels("nuristani") == fold_vowels("nooristani")
    (True, True)
    >>> fold_vowels("medvedev") == fold_vowels("mendeleev")
    False
    """
    spelled = fold_transliteration(word)
    kept = spelled[:1] + "".join(letter for letter in spelled[1:] if letter not in _VOWELS)
    return kept[:1] + "".join(right for left, right in pairwise(kept) if left != right)


def _has_other_number(left: str, right: str) -> bool:
    """True when both words have digits, and not the same ones."""
    digits = [[character for character in word if character.isdigit()] for word in (left, right)]
    return all(digits) and digits[0] != digits[1]


def _distance(left: str, right: str) -> int:
    """The optimal string alignment distance."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        before, last, row = row, before, [i]
        for j, other in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == right[j - 2] and left[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
