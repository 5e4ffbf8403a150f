"""Writes names in capitals as a story would write them: a byline, a caption or a dateline is no spelling to show."""

import re

from index.model import Kind
from index.normalize.name_words import NameWords
from index.normalize.names import fold_name

__all__ = ["in_mixed_case"]

_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_PART = re.compile(r"[^\W\d_]+")
_VOWELS = frozenset("aeiouy")
_NUMBERS = frozenset({"II", "III", "IV"})
_DOTTED_I = "i\N{COMBINING DOT ABOVE}"
# A single word in capitals is an acronym ("MBS", "AMLO") when it is shorter than this.
_SHORTEST_ALONE = 5
_SHORTEST_WORD = 3
_SHORTEST_PLACE = 4


def in_mixed_case(text: str, kind: Kind, *, words: NameWords) -> str:
    """Return the name of a person or place without words in capitals; other names, and initials, stay as they are.

    >>> names = ("WANJIRU KARANJA", "Ismail DEMIR", "J.R. O'BRIEN-KHAN III", "SMITH", "MBS", "MARIA DE LA CRUZ")
    >>> known = NameWords(particles=frozenset({"de", "la"}))
    >>> [in_mixed_case(name, Kind.PEOPLE, words=known) for name in names]
    ['Wanjiru Karanja', 'Ismail Demir', "J.R. O'Brien-Khan III", 'Smith', 'MBS', 'Maria de la Cruz']
    >>> in_mixed_case("KIUNGA", Kind.PLACES, words=known), in_mixed_case("IBM", Kind.ORGANIZATIONS, words=known)
    ('Kiunga', 'IBM')
    """
    if kind not in (Kind.PEOPLE, Kind.PLACES) or not any(map(str.isupper, text.split())):
        return text
    written = text.split(" ")
    is_person = kind is Kind.PEOPLE
    if len(written) == 1:
        is_word = text.isupper() and len(text) >= (_SHORTEST_ALONE if is_person else _SHORTEST_PLACE)
        return _lower(text) if is_word and "." not in text else text
    is_all = text.isupper()
    small = words.particles if is_person else words.stop_words
    mixed = []
    for number, word in enumerate(written):
        folded = fold_name(word)
        if not word.isupper() or _INITIALS.fullmatch(word) or word in _NUMBERS or not _is_word(folded, words):
            mixed.append(word)
        elif is_all and number and folded in small:
            mixed.append(word.lower())
        else:
            mixed.append(_lower(word))
    return " ".join(mixed)


def _is_word(folded: str, words: NameWords) -> bool:
    if len(folded) < _SHORTEST_WORD:
        return folded in words.family_first | words.particles | words.stop_words | {"st"}
    return not _VOWELS.isdisjoint(folded)


def _lower(word: str) -> str:
    return _PART.sub(lambda part: part[0][0] + part[0][1:].lower().replace(_DOTTED_I, "i"), word)
