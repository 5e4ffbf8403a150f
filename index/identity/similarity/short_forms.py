"""Tests for short forms of a longer name: surname, given name, acronym, a firm without its legal form.

Each function takes the folded words of both names and says whether the short one *can* mean the long one; whether it
does depends on how many long ones there are. None of them holds for two equal names.
"""

from itertools import pairwise

from index.normalize.designators import is_designator
from index.normalize.name_words import NameWords, Words
from index.normalize.names import acronym_of, is_initial

__all__ = [
    "acronyms_of",
    "family_name",
    "is_acronym_of",
    "is_first_surname_of",
    "is_given_name_of",
    "is_part_of_firm",
    "is_part_of_person",
    "is_part_of_place",
    "is_part_of_system",
    "is_same_firm",
    "is_surname_of",
    "without_generation",
]

_SHORTEST_PART = 3
_SHORTEST_ACRONYM = 2
_MOST_WORDS_LEFT_OUT = 2
_SHORTEST_WITH_TWO_SURNAMES = 3
_CLASS = "class"


def family_name(full: Words, words: NameWords) -> Words:
    """The surname of a full name with its particles; empty when the name is a single word.

    >>> words = NameWords(particles=frozenset({"al"}), generations=frozenset({"jr"}))
    >>> family_name(("bashar", "al", "assad"), words), family_name(("john", "kennedy", "jr"), words)
    (('al', 'assad'), ('kennedy',))
    """
    core = without_generation(full, words)
    if len(core) < 2:
        return ()
    if core[0] in words.family_first and core[-1] not in words.family_first and len(core) <= 3:
        return core[:1]
    start = len(core) - 1
    while start > 1 and core[start - 1] in words.particles:
        start -= 1
    return core[start:]


def is_surname_of(short: Words, full: Words, words: NameWords) -> bool:
    """True for "demir" and "ismail demir", "assad" and "bashar al assad", "xi" and "xi jinping".

    Not for "salman" and "mohammed bin salman": that is his father. "trump jr" is that of "donald trump jr" alone.
    """
    core = without_generation(full, words)
    if len(short) > 1 and short[-1] in words.generations:
        if short[-1] != full[-1]:
            return False
        short = short[:-1]
    if len(core) < 2 or len(short) >= len(core) or is_initial(short[0]):
        return False
    family = family_name(full, words)
    if short == family:
        return True
    if family[0] in words.patronymics:
        return False
    return core[-len(short) :] == short and (len(short) == 1 or all(word in words.particles for word in short[:-1]))


def is_first_surname_of(short: Words, full: Words, words: NameWords) -> bool:
    """True for "brunt" and "ayla brunt" beside "ayla brunt kern", whose second surname may be left out.

    And for "bin rashid" beside "mohammed bin rashid al maktoum". Not when the word before the last is a given name, a
    patronymic or a particle.
    """
    core = without_generation(full, words)
    if len(short) == 2 and short[0] in words.patronymics:
        return short in pairwise(core[1:])
    if len(core) < _SHORTEST_WITH_TWO_SURNAMES or core[-1] in words.given:
        return False
    first = core[-2]
    is_surname = len(first) >= _SHORTEST_PART and first not in words.given | words.particles | words.patronymics
    return is_surname and short in {(first,), core[:-1]}


def is_part_of_person(short: Words, full: Words, words: NameWords) -> bool:
    """True when the short name leaves out or shortens given names: "tayyip erdogan", "j kennedy", "bill clinton".

    The surname must be there; an initial must be the initial of the name in its place; given names must be the
    same or spellings of the same name.
    """
    if len(short) < 2 or short == full or _generation(short, words) not in ("", _generation(full, words)):
        return False
    left, right = without_generation(short, words), without_generation(full, words)
    if len(left) < 2 or left[-1] != right[-1] or not 0 <= len(right) - len(left) <= _MOST_WORDS_LEFT_OUT:
        return False
    if len(left) == len(right):
        pairs = list(zip(left[:-1], right[:-1], strict=True))
        return all(_is_shorter_given_name(one, other, words) for one, other in pairs)
    return _is_subsequence(left[:-1], right[:-1], words)


def is_given_name_of(short: Words, full: Words, words: NameWords) -> bool:
    """True for "ismail" and "ismail demir"."""
    return len(short) == 1 < len(full) and full[0] == short[0] and not is_initial(short[0])


def is_acronym_of(short: Words, full: Words, words: NameWords) -> bool:
    """True for "fbi" and "federal bureau of investigation", "dod" and "department of defense"."""
    return len(short) == 1 and len(short[0]) >= _SHORTEST_ACRONYM and short[0] in acronyms_of(full, words)


def acronyms_of(full: Words, words: NameWords) -> frozenset[str]:
    """The initials of a long name: with and without stop words and legal forms; empty for a single word."""
    if len(full) == 1:
        return frozenset()
    forms = {full, words.without_legal_forms(full)}
    stops = (words.stop_words, frozenset[str]())
    return frozenset(acronym_of(form, stop_words=stop) for form in forms for stop in stops) - {""}


def is_same_firm(short: Words, full: Words, words: NameWords) -> bool:
    """True when the names differ in legal forms and stop words only: "samsung" and "samsung co ltd"."""
    if short == full:
        return False
    return _bare(short, words) == _bare(full, words) and not words.is_generic(short)


def is_part_of_firm(short: Words, full: Words, words: NameWords) -> bool:
    """True for the beginning or the end of a longer name when it says something: "lockheed", "chargers"."""
    bare = words.without_legal_forms(full)
    if len(short) >= len(bare) or words.is_generic(short) or not _says_something(short):
        return False
    return bare[: len(short)] == short or bare[-len(short) :] == short


def is_part_of_place(short: Words, full: Words, words: NameWords) -> bool:
    """True for a building without the word that says what it is: "betty ford" and "betty ford center".

    Not for a single word, which is as likely the town in which the building stands.
    """
    if not 1 < len(short) < len(full) or words.is_generic(short):
        return False
    return full[: len(short)] == short and all(word in words.facilities for word in full[len(short) :])


def is_part_of_system(short: Words, full: Words) -> bool:
    """True for the designator or the nickname of a system that has both: "s400" or "triumf" and "s400 triumf".

    Not for "nimitz" and "nimitz class": that is a ship and its class.
    """
    if len(short) >= len(full) or not _says_something(short) or full[len(short)] == _CLASS:
        return False
    if full[: len(short)] == short:
        return not any(is_designator(word) or word.isdigit() for word in full[len(short) :]) or not _has_designator(
            short
        )
    return full[-len(short) :] == short and not _has_designator(short)


def without_generation(full: Words, words: NameWords) -> Words:
    """The name without "jr" at its end, if two words remain."""
    return full[:-1] if len(full) > 2 and full[-1] in words.generations else full


def _generation(full: Words, words: NameWords) -> str:
    return full[-1] if len(full) > 2 and full[-1] in words.generations else ""


def _is_shorter_given_name(short: str, full: str, words: NameWords) -> bool:
    if short == full or words.given_name(short) == words.given_name(full):
        return True
    return is_initial(short) and full.startswith(short[0]) and (len(short) == 1 or not is_initial(full))


def _is_subsequence(short: Words, full: Words, words: NameWords) -> bool:
    """True when `short` is what is left of `full` after leaving words out; the first or the last of them stays."""
    rest = iter(full)
    if not all(any(_is_shorter_given_name(one, other, words) for other in rest) for one in short):
        return False
    return _is_shorter_given_name(short[0], full[0], words) or _is_shorter_given_name(short[-1], full[-1], words)


def _bare(full: Words, words: NameWords) -> Words:
    return words.content(words.without_legal_forms(full))


def _says_something(short: Words) -> bool:
    return any(len(word) >= _SHORTEST_PART or is_designator(word) for word in short)


def _has_designator(short: Words) -> bool:
    return any(is_designator(word) for word in short)
