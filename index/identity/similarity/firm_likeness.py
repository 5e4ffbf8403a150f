"""Similarity of two names of organizations, places or systems."""

import re
from functools import lru_cache

from index.identity.similarity.grades import DIFFERENT, Grade, Likeness
from index.identity.similarity.short_forms import is_acronym_of, is_part_of_system
from index.identity.similarity.spelling_keys import spelling_key
from index.model import Kind
from index.normalize.designators import is_designator
from index.normalize.name_words import NameWords, Words
from index.normalize.slips import slips_between
from index.normalize.spellings import fold_spelling

__all__ = ["compare_firms", "compare_systems"]

_SHORTEST_ACRONYM = 3
_SHORTEST_TOGETHER = 8
# A name meets several others in its blocks.
_REMEMBERED = 65536
_SHORTEST_WITH_SLIP = 4
_SHORTEST_ALONE = 5
_SHORTEST_WITH_TWO = 12
# In a shorter word another letter makes another word, unless the other words of the name tell whose it is.
_SHORTEST_ALONE_WITH_TWO = 14
_SHORTEST_TELLING = 6
_DOUBTFUL = 30
_OF_PEOPLE = ("n", "an", "ian", "s", "ns", "ans", "ians", "ese", "er", "ers")
# What is a number at the end of a fund's or a division's name; a single letter is more often an initial.
_IS_ROMAN = re.compile(r"(?=[ivx]{2})x{0,3}(?:ix|iv|v?i{0,3})").fullmatch


def compare_firms(left: Words, right: Words, kind: Kind, words: NameWords) -> Likeness:
    """Return the similarity of two different names of organizations or of places, as words.

    A name that only has more words than the other is another firm as often as not: a subsidiary, a branch in another
    country, a fund with another number.
    """
    if kind is Kind.ORGANIZATIONS and _has_other_legal_form(left, right, words):
        return DIFFERENT
    if spelling_key(kind, left, words) == spelling_key(kind, right, words):
        return Likeness(Grade.CERTAIN, "spelling", "spellings of the same name", 95)
    short, full = sorted((left, right), key=lambda name: (len(name), name))
    if len(short[0]) >= _SHORTEST_ACRONYM and is_acronym_of(short, full, words):
        return Likeness(Grade.CERTAIN, "acronym", "the initials of the other", 70)
    one, other = (_bare(name, kind, words) for name in (short, full))
    if sorted(one) == sorted(other) and not words.is_generic(one):
        score = 65 if _names_itself(one, words) else _DOUBTFUL
        return Likeness(Grade.LIKELY, "word order", "the same words in another order", score)
    found = _compare_spelled(one, other, words)
    return found if found is not DIFFERENT else _compare_spelled(short, full, words)


def compare_systems(left: Words, right: Words, words: NameWords) -> Likeness:
    """Return the similarity of two different names of systems, as words, with the same designators and numbers."""
    if spelling_key(Kind.SYSTEMS, left, words) == spelling_key(Kind.SYSTEMS, right, words):
        return Likeness(Grade.CERTAIN, "spelling", "spellings of the same name", 95)
    short, full = sorted((left, right), key=lambda name: (len(name), name))
    if is_part_of_system(short, full):
        return Likeness(Grade.CERTAIN, "short form", "a part of the other that stands for it", 70)
    return _compare_spelled(short, full, words)


@lru_cache(maxsize=_REMEMBERED)
def _legal_form(full: Words, words: NameWords) -> str:
    return words.legal_form(full)


def _has_other_legal_form(left: Words, right: Words, words: NameWords) -> bool:
    one, other = _legal_form(left, words), _legal_form(right, words)
    return bool(one and other) and one != other


@lru_cache(maxsize=_REMEMBERED)
def _bare(full: Words, kind: Kind, words: NameWords) -> Words:
    if kind is not Kind.ORGANIZATIONS:
        return full
    return words.content(words.spelled_out(words.without_legal_forms(full)))


def _compare_spelled(one: Words, other: Words, words: NameWords) -> Likeness:
    """The words are parted in another way, or one or two of the same words differ by a slip."""
    joined, also_joined = "".join(one), "".join(other)
    letters = min(len(joined), len(also_joined))
    if len(one) != len(other):
        slips = slips_between(joined, also_joined) if letters >= _SHORTEST_TOGETHER else None
        if slips is None or _numbers(one) != _numbers(other):
            return DIFFERENT
        return Likeness(Grade.LIKELY, "words together", "nearly the same letters in other words", 70 - 10 * slips)
    differing = [tuple(sorted(pair)) for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
    found = [_slips(left, right, words, is_alone=len(one) == 1) for left, right in differing]
    total = sum(slips for slips in found if slips is not None)
    if None in found or len(found) > (1 if letters < _SHORTEST_WITH_TWO else 2):
        return DIFFERENT
    same = tuple(word for word, also in zip(one, other, strict=True) if word == also)
    is_doubtful = min(len(word) for pair in differing for word in pair) < _SHORTEST_TELLING
    is_plural = len(one) == 1 and max(one[0], other[0]) == f"{min(one[0], other[0])}s"
    is_doubtful = (
        is_plural
        or (is_doubtful and not _names_itself(same, words))
        or (len(one) == 1 and total > 1 and letters < _SHORTEST_ALONE_WITH_TWO)
    )
    said = "; ".join(
        f"“{left}” and “{right}” differ in {'one letter' if slips == 1 else 'two letters'}"
        for (left, right), slips in zip(differing, found, strict=True)
    )
    score = _DOUBTFUL if is_doubtful else 65 - 10 * total + min(20, letters // 2)
    return Likeness(Grade.LIKELY, "slip", said, score)


def _names_itself(full: Words, words: NameWords) -> bool:
    """True when a word is neither a place nor one that a thousand names have: not in "Bank of Tokyo"."""
    return any(len(word) > 1 and word not in words.places and not words.is_generic((word,)) for word in full)


def _slips(left: str, right: str, words: NameWords, *, is_alone: bool) -> int | None:
    """The slips between two words of a name; None between numbers and between places, which are two names."""
    if min(len(left), len(right)) < (_SHORTEST_ALONE if is_alone else _SHORTEST_WITH_SLIP):
        return None
    if _is_number(left) or _is_number(right) or (left in words.places and right in words.places):
        return None
    if _are_place_and_people(left, right, words):
        return None
    found = slips_between(left, right), slips_between(fold_spelling(left), fold_spelling(right))
    return min((max(1, slips) for slips in found if slips is not None), default=None)


def _are_place_and_people(left: str, right: str, words: NameWords) -> bool:
    """True for "victoria" and "victorian"."""
    short, long = sorted((left, right), key=len)
    return short in words.places and any(long == short + ending for ending in _OF_PEOPLE)


def _numbers(full: Words) -> list[str]:
    return [word for word in full if _is_number(word)]


def _is_number(word: str) -> bool:
    return word.isdigit() or is_designator(word) or _IS_ROMAN(word) is not None
