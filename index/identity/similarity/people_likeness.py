"""Similarity of two names of people."""

from typing import NamedTuple

from index.identity.similarity.grades import DIFFERENT, Grade, Likeness
from index.identity.similarity.short_forms import is_part_of_person, is_surname_of
from index.identity.similarity.spelling_keys import same_person_words
from index.normalize.name_words import NameWords, Words
from index.normalize.names import is_initial
from index.normalize.slips import fold_vowels, slips_between
from index.normalize.spellings import fold_transliteration

__all__ = ["PersonName", "compare_people", "compare_person_names", "person_name"]

_SHORTEST_TOGETHER = 8
_SHORTEST_SINGLE = 6
# "Stephen Rose" and "Steven Ross" are two; so are "Wood" and "Woods", whatever the given name.
_SHORTEST_SURNAME = 5
_DOUBTFUL = 30
_SHORTEST_JOINED = 9
_MOST_LEFT_OUT = 2
_SHORTEST_TRANSLITERATED = 7
# Consonants that two words must share at least to be one word with other vowels.
_FEWEST_CONSONANTS = 4
# What a woman's surname has at its end and her husband's or brother's has not.
_FEMININE = ("a", "aya", "na")


class _Match(NamedTuple):
    """Why two words of names may be one: `score` of 100 for no doubt, and the doubt in words."""

    score: int
    doubt: str = ""


class PersonName(NamedTuple):
    """A name, made ready for comparisons: `same` has one spelling for each word, `joined` is that as one text.

    `content` is without generation and particles; `is_of_father` is true for names with a patronymic.
    """

    words: Words
    same: Words
    joined: str
    content: Words
    is_of_father: bool


def person_name(full: Words, words: NameWords) -> PersonName:
    """A name of a person, as words without titles, ready to be compared with others."""
    same = same_person_words(full, words)
    return PersonName(full, same, "".join(same), _content(full, words), not words.patronymics.isdisjoint(full))


def compare_people(left: Words, right: Words, words: NameWords) -> Likeness:
    """Return the similarity of two different names of people, as words without titles."""
    return compare_person_names(person_name(left, words), person_name(right, words), words)


def compare_person_names(left: PersonName, right: PersonName, words: NameWords) -> Likeness:
    """Return the same as `compare_people` for names that were made ready once, to be compared with many."""
    if (len(left.words), left.words) > (len(right.words), right.words):
        left, right = right, left
    short, full, same_short, same_full = left.words, right.words, left.same, right.same
    if _has_other_generation(short, full, words):
        return DIFFERENT
    if left.joined == right.joined:
        return Likeness(Grade.CERTAIN, "spelling", "spellings of the same name", 95)
    if is_surname_of(short, full, words):
        return Likeness(Grade.CERTAIN, "surname", "the surname of the other", 70)
    if is_part_of_person(same_short, same_full, words) and not all(map(is_initial, short[:-1])):
        return Likeness(Grade.CERTAIN, "short form", "the other with given names left out or shortened", 90)
    if len(short) == 1:
        return _compare_single(short, full, words)
    one, other = left.content, right.content
    if left.is_of_father or right.is_of_father:
        # A son's name turned round is his father's.
        return _compare_aligned(one, other, words) or _compare_turned(same_short, same_full, words) or DIFFERENT
    return (
        _compare_aligned(one, other, words)
        or _compare_turned(same_short, same_full, words)
        or _compare_surname_first(one, other, words)
        or _compare_joined(one, other, words)
        or DIFFERENT
    )


def _has_other_generation(left: Words, right: Words, words: NameWords) -> bool:
    """True for father and son: both names say which they are, and not the same."""
    return left[-1] != right[-1] and left[-1] in words.generations and right[-1] in words.generations


def _content(full: Words, words: NameWords) -> Words:
    """A name without generation and particles; given names as they are written."""
    kept = full[:-1] if len(full) > 2 and full[-1] in words.generations else full
    return tuple(word for word in kept if word not in words.particles or is_initial(word)) or kept


def _compare_single(short: Words, full: Words, words: NameWords) -> Likeness:
    """One word beside another: a misspelling, or a name whose words are written together."""
    joined = "".join(full)
    if len(short[0]) < (_SHORTEST_SINGLE if len(full) == 1 else _SHORTEST_TOGETHER) or short[0][0] != joined[0]:
        return DIFFERENT
    if len(full) == 1 and (_are_known(short[0], full[0], words) or _are_man_and_woman(short[0], full[0])):
        return DIFFERENT
    slips = slips_between(short[0], joined)
    if slips is None:
        return DIFFERENT
    if len(full) > 1:
        return Likeness(Grade.LIKELY, "words together", f"“{joined}” written as {len(full)} words", 70 - 10 * slips)
    return Likeness(Grade.LIKELY, "slip", _slip(short[0], full[0], slips), 40)


def _compare_aligned(short: Words, full: Words, words: NameWords) -> Likeness | None:
    """Word by word in order: the surnames match, and each given name of the shorter matches one of the longer."""
    if len(short) > len(full):
        short, full = full, short
    if len(short) < 2 or len(full) - len(short) > _MOST_LEFT_OUT:
        return None
    if short == full:
        return Likeness(Grade.LIKELY, "short form", "the same but for a particle or a generation", 55)
    if full[: len(short)] == short:
        return Likeness(Grade.LIKELY, "surnames", f"“{' '.join(full[len(short) :])}” may be another surname", 45)
    surname = _match_surnames(short[-1], full[-1], words)
    given = None if surname is None else _match_given_names(short[:-1], full[:-1], words)
    if surname is None or given is None:
        return None
    if surname.doubt and len(short[-1]) < _SHORTEST_SURNAME and short[0] != full[0]:
        surname = surname._replace(score=_DOUBTFUL)
    doubts = [match.doubt for match in (surname, *given) if match.doubt]
    weak = [match.score for match in (surname, *given) if match.score < 100]
    left_out = len(full) - len(short)
    if (len(weak) == len(short) and sum(map(len, short)) < _SHORTEST_TOGETHER) or len(weak) > 2:
        return None
    score = min((*weak, 90)) - 15 * max(0, len(weak) - 1) - 5 * left_out
    if all(is_initial(one) or is_initial(other) for one, other in _pairs(short[:-1], full[:-1])):
        what = " ".join(short[:-1]), " ".join(full[:-1])
        said = "the same surname" if not surname.doubt else surname.doubt
        initial, name = sorted(what, key=len)
        return Likeness(
            Grade.LIKELY, "initial", f"{said}, and “{initial}” may stand for “{name}”", max(1, min(score, 50))
        )
    if not doubts:
        return Likeness(Grade.LIKELY, "short form", "the other with given names left out", max(1, score))
    return Likeness(Grade.LIKELY, "slip", "; ".join(doubts), max(1, score))


def _pairs(short: Words, full: Words) -> list[tuple[str, str]]:
    return list(zip(short, full, strict=False))


def _match_given_names(short: Words, full: Words, words: NameWords) -> list[_Match] | None:
    """A match for each of the fewer given names, in order; None when one has none, or all of them come late."""
    found: list[_Match] = []
    rest = list(full)
    for number, name in enumerate(short):
        match = None
        while rest and match is None:
            match = _match_given_name(name, rest.pop(0), words)
            if match is None and len(rest) < len(short) - number - 1:
                return None
        if match is None:
            return None
        found.append(match)
    return found


def _match_given_name(left: str, right: str, words: NameWords) -> _Match | None:
    if left == right or words.given_name(left) == words.given_name(right):
        return _Match(100)
    if is_initial(left) or is_initial(right):
        initial, name = sorted((left, right), key=len)
        return _Match(50) if name.startswith(initial[0]) and (len(initial) == 1 or not is_initial(name)) else None
    if words.is_nickname(left, right) or words.is_nickname(right, left):
        short, name = sorted((left, right), key=len)
        return _Match(70, f"“{short}” may be short for “{name}”")
    if _are_known(left, right, words):
        return None
    return _match_words(left, right)


def _match_surnames(left: str, right: str, words: NameWords) -> _Match | None:
    if left == right or fold_transliteration(left) == fold_transliteration(right):
        return _Match(100)
    if words.given_name(left) == words.given_name(right):
        found: _Match | None = _Match(75, f"“{min(left, right)}” and “{max(left, right)}” are spellings of one name")
    else:
        found = _match_words(left, right)
    # Asked last, because hardly any two words come so far.
    if found is None or is_initial(left) or is_initial(right) or _are_man_and_woman(left, right):
        return None
    if max(left, right) == f"{min(left, right)}s":
        return found._replace(score=_DOUBTFUL)
    return found


def _match_words(left: str, right: str) -> _Match | None:
    slips = slips_between(left, right)
    if slips is None and min(len(left), len(right)) >= _SHORTEST_TRANSLITERATED:
        slips = slips_between(fold_transliteration(left), fold_transliteration(right))
    if slips is not None:
        # A wrong first letter is seen at once: "Handel" and "Mandel" are two, unless one of them is far rarer.
        return _Match(75 - 10 * slips - (30 if left[0] != right[0] else 0), _slip(left, right, slips))
    consonants = fold_vowels(left)
    if len(consonants) >= _FEWEST_CONSONANTS and consonants == fold_vowels(right):
        return _Match(60, f"“{min(left, right)}” and “{max(left, right)}” differ in vowels only")
    return None


def _compare_turned(short: Words, full: Words, words: NameWords) -> Likeness | None:
    """The surname before the given names: not when every word is a given name, which makes two people of it."""
    turns = (short[place:] + short[:place] for place in range(1, len(short)))
    if full not in turns or all(word in words.given for word in short):
        return None
    return Likeness(Grade.LIKELY, "word order", "the same words in another order", 55)


def _compare_surname_first(short: Words, full: Words, words: NameWords) -> Likeness | None:
    """One of two words turned beside a longer name, or beside another spelling: "Rotenberg Arkady"."""
    if len(short) != 2 or all(word in words.given for word in short):
        return None
    found = _compare_aligned(short[::-1], full, words)
    if found is None or found.rule not in ("short form", "slip") or found.score < 50:
        return None
    said = "the surname before the given name" + (f"; {found.evidence}" if found.rule == "slip" else "")
    return Likeness(Grade.LIKELY, "word order", said, found.score - 15)


def _compare_joined(short: Words, full: Words, words: NameWords) -> Likeness | None:
    """A slip in a short word of a long name, or in names whose words are parted in other ways."""
    if len(short) == len(full):
        differing = [pair for pair in zip(short, full, strict=True) if pair[0] != pair[1]]
        # Nothing differs in surnames alone with other particles, "De Silva" and "Da Silva", which says too little.
        if len(differing) != 1 or _differ_at_both_ends(*differing[0]):
            return None
    left, right = "".join(short), "".join(full)
    if min(len(left), len(right)) < _SHORTEST_JOINED:
        return None
    if len(short) == len(full):
        one, other = differing[0]
        if is_initial(one) or is_initial(other):
            return None
        if _are_known(one, other, words) or _are_man_and_woman(one, other):
            return None
    slips = slips_between(left, right)
    if slips is None or (slips > 1 and len(short) == len(full)):
        return None
    return Likeness(Grade.LIKELY, "slip", _slip(left, right, slips), 45)


def _differ_at_both_ends(left: str, right: str) -> bool:
    """True for two words that a single slip does not explain, as it leaves the beginning or the end right."""
    return max(len(left), len(right)) > 2 and left[0] != right[0] and left[-1] != right[-1]


def _are_known(left: str, right: str, words: NameWords) -> bool:
    """True for two given names that packs know and that are not spellings of one."""
    return left in words.given and right in words.given and words.given_name(left) != words.given_name(right)


def _are_man_and_woman(left: str, right: str) -> bool:
    """True for "petrov" and "petrova": one family, two people."""
    short, long = sorted((left, right), key=len)
    return len(short) > 2 and any(
        long == short + ending or (short[-1] in "iy" and long == short[:-1] + ending) for ending in _FEMININE
    )


def _slip(left: str, right: str, slips: int) -> str:
    one, other = sorted((left, right))
    return f"“{one}” and “{other}” differ in {'one letter' if slips == 1 else 'two letters'}"
