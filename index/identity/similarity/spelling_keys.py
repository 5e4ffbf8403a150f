"""Keys that names of a kind share when they differ only in spelling."""

from functools import lru_cache

from index.model import Kind
from index.normalize.name_words import NameWords, Words
from index.normalize.spellings import fold_spelling, fold_transliteration

__all__ = ["same_person_words", "spelling_key"]

# Below this many letters two different names are easily transliterations of each other.
_SHORTEST_TRANSLITERATED = 7
_SHORTEST_NICKNAME = 5
# A name is asked for again when it meets others in a block.
_REMEMBERED = 65536


@lru_cache(maxsize=_REMEMBERED)
def spelling_key(kind: Kind, full: Words, words: NameWords) -> str:
    """Return the key that names of a kind share when they differ only in spelling or in the spaces between words."""
    match kind:
        case Kind.PEOPLE:
            return "".join(same_person_words(full, words))
        case Kind.ORGANIZATIONS:
            bare = words.spelled_out(words.without_legal_forms(full))
            return "".join(map(_firm_word, words.content(bare) if len(bare) > 1 else bare))
        case Kind.SYSTEMS:
            return " ".join(fold_transliteration(word) if len(word) >= _SHORTEST_NICKNAME else word for word in full)
        case _:
            return " ".join(map(fold_spelling, full) if len(full) > 1 else full)


def same_person_words(full: Words, words: NameWords) -> Words:
    """A person's name with one spelling for each given name, and for all words when the name is long enough."""
    given = tuple(words.given_name(word) for word in full[:-1])
    same = (*given, *full[-1:])
    if sum(map(len, full)) < _SHORTEST_TRANSLITERATED:
        return same
    # "II" and "III" are father and son.
    return tuple(word if word in words.generations else fold_transliteration(word) for word in same)


def _firm_word(word: str) -> str:
    spelled = fold_spelling(word)
    return fold_transliteration(spelled) if len(spelled) >= _SHORTEST_TRANSLITERATED else spelled
