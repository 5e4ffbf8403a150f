"""Short names that an article explains by a long one: "Presidency of Defense Industries (SSB)"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.identity.naming.keys import key_of, words_of_key
from index.identity.records import Name
from index.identity.similarity.short_forms import is_acronym_of
from index.model import Kind, Mention
from index.normalize.name_words import NameWords, Words
from index.normalize.names import is_acronym

__all__ = ["ends_in_initials", "find_definitions"]

# "X (ABC)" defines whatever the letters; of other ways to define an acronym, its letters have to be the initials.
_GAP_OF_DEFINITION = " ("
_OPENS_DEFINITION = re.compile(
    r" \((?:the |also |or |hereafter |known as |called )*[\"“”'‘«]?"
    r"|,? (?:or|also known as|known as|called|abbreviated as) (?:the )?[\"“'‘]?"
)
_CLOSES_DEFINITION = re.compile(r"[\"”'’»]?[,).;]|[\"”'’»]? ")


def ends_in_initials(full: Words, acronym: Words, words: NameWords) -> bool:
    """True when the acronym is that of the name or of its end: "ICC" of "U.S. Interstate Commerce Commission"."""
    return len(acronym) == 1 and any(is_acronym_of(acronym, full[start:], words) for start in range(len(full) - 1))


def _defines(body: str, one: Mention, other: Mention, long: Name, short: Name, words: NameWords) -> bool:
    """True where an acronym stands behind its long form: "X (ABC)", "X (“ABC”)", "X, or ABC,"."""
    gap = body[one.span.end : other.span.start]
    if gap == _GAP_OF_DEFINITION and body[other.span.end : other.span.end + 1] == ")":
        return True
    return (
        _OPENS_DEFINITION.fullmatch(gap) is not None
        and _CLOSES_DEFINITION.match(body, other.span.end) is not None
        and ends_in_initials(words_of_key(long.key), words_of_key(short.key), words)
    )


def _is_explained(body: str, one: Mention, other: Mention, words: NameWords) -> bool:
    """True where a long form explains the acronym before it: "ABC (A Body of Common sense)"."""
    gap = body[one.span.end : other.span.start]
    if gap not in (_GAP_OF_DEFINITION, " (the ") or body[other.span.end : other.span.end + 1] != ")":
        return False
    short, full = (words_of_key(key_of(each.text, each.kind, reference=None, words=words)) for each in (one, other))
    return ends_in_initials(full, short, words)


def find_definitions(
    mentions: Sequence[Mention], written: Sequence[Name | None], body: str, words: NameWords
) -> dict[tuple[Kind, str], str]:
    """Keys of short names that an article explains right beside a longer name, with the longer name's key.

    A short name that is explained in two ways is left out.
    """
    found: dict[tuple[Kind, str], set[str]] = {}
    named = ((index, name) for index, name in enumerate(written) if name is not None)
    for (left, long), (right, short) in pairwise(named):
        if long.kind is not short.kind:
            continue
        one, other = mentions[left], mentions[right]
        if (
            len(words_of_key(long.key)) > 1
            and is_acronym(other.text)
            and _defines(body, one, other, long, short, words)
        ):
            found.setdefault((short.kind, short.key), set()).add(long.key)
        elif is_acronym(one.text) and _is_explained(body, one, other, words):
            found.setdefault((long.kind, long.key), set()).add(short.key)
    return {key: next(iter(keys)) for key, keys in found.items() if len(keys) == 1}
