"""Similarity of two names with its reason, independent of the other names of an archive.

What is certain is what the rules of the archive link when nothing else has such a name. What is likely is offered to a
person and never linked: an initial with a surname, a slip of the pen, a middle name that only one of them has together
with another spelling, the words in another order.
"""

from index.identity.naming.keys import key_of
from index.identity.naming.words import builtin_words
from index.identity.similarity.firm_likeness import compare_firms, compare_systems
from index.identity.similarity.grades import DIFFERENT, Grade, Likeness
from index.identity.similarity.people_likeness import compare_people
from index.model import Kind
from index.normalize.name_words import NameWords, Words

__all__ = ["Grade", "Likeness", "compare_names", "same_name"]


def same_name(left: str, right: str, *, kind: Kind, words: NameWords | None = None) -> Likeness:
    """Return the similarity of two written names of a kind; symmetric.

    `words` defaults to the built-in pack `names`; those of other packs know more: see `words_of`.

    >>> same_name("Aleksandr Mikheyev", "Alexander Mikheev", kind=Kind.PEOPLE).grade.value
    'certain'
    >>> print(same_name("A. Mikheev", "Alexander Mikheev", kind=Kind.PEOPLE).evidence)
    the same surname, and “a” may stand for “alexander”
    >>> same_name("Ahmet Demir", "Ismail Demir", kind=Kind.PEOPLE).grade.value
    'different'
    """
    known = builtin_words() if words is None else words
    one, other = (tuple(key_of(text, kind, reference=None, words=known).split()) for text in (left, right))
    return compare_names(one, other, kind=kind, words=known)


def compare_names(left: Words, right: Words, *, kind: Kind, words: NameWords) -> Likeness:
    """Return the similarity of two names, given as the words of their keys."""
    if not left or not right:
        return DIFFERENT
    if left == right:
        return Likeness(Grade.CERTAIN, "same name", "the same name", 99)
    match kind:
        case Kind.PEOPLE:
            return compare_people(left, right, words)
        case Kind.SYSTEMS:
            return compare_systems(left, right, words)
        case _:
            return compare_firms(left, right, kind, words)
