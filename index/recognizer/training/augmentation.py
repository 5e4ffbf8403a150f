"""Augment training documents: replace names by others, and print headlines in other letter case.

The news of the training sets is a few years old and names the same few hundred people and places. The network has to
learn the contexts of names, also of people it has never seen. Every change is drawn from the given random numbers.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.recognizer.training.documents import Document, Name
from index.recognizer.words import read_words

__all__ = ["Chances", "NamePools", "collect_pools", "replace_names", "set_headline", "vary"]

_PARTICLES: Final = ("al-", "al-", "El-", "bin ", "van ", "van der ", "de ", "de la ", "von ", "da ", "dos ")
_SMALL: Final = frozenset({"a", "an", "and", "as", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"})
_MIN_HEADLINE_WORDS, _MAX_HEADLINE_WORDS = 5, 30
_MAX_ORGANIZATION: Final = 60
_MIN_ROUGH: Final = 4
_LETTERS = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class NamePools:
    """Names that replace others."""

    given: Sequence[str]
    surnames: Sequence[str]
    places: Sequence[str]
    organizations: Sequence[str]


@dataclass(frozen=True, slots=True)
class Chances:
    """Probabilities of the changes to a document, between 0 and 1."""

    people: float = 0.3
    places: float = 0.2
    organizations: float = 0.2
    title: float = 0.04
    upper: float = 0.04


def collect_pools(
    documents: Iterable[Document], *, given: Iterable[str], places: Iterable[str], rough: Collection[str]
) -> NamePools:
    """Collect pools of the given names and of the surnames and organizations in `documents`; each once, sorted.

    Organizations of the sets named in `rough` count only when they are named in several documents.
    """
    surnames: set[str] = set()
    organizations: Counter[str] = Counter()
    for document in documents:
        for name in document.names:
            text = document.text_of(name)
            if name.kind == "PERSON" and " " in text:
                last = text.rsplit(" ", 1)[1]
                if _LETTERS.fullmatch(last) and last[0].isupper() and len(last) > 2:
                    surnames.add(last)
            elif name.kind == "ORG" and len(text) <= _MAX_ORGANIZATION and "\n" not in text:
                organizations[text] += 1 if document.source in rough else _MIN_ROUGH
    often = [text for text, count in organizations.items() if count >= _MIN_ROUGH]
    return NamePools(sorted(set(given)), sorted(surnames), sorted(set(places)), sorted(often))


def vary(document: Document, pools: NamePools, chances: Chances, dice: random.Random) -> Document:
    """Return the document with random changes, with the probabilities `chances`."""
    changes: dict[str, str] = {}
    if dice.random() < chances.people:
        changes.update(_rename_people(document, pools, dice))
    if dice.random() < chances.places:
        changes.update(_draw(document, "GPE", pools.places, dice))
    if dice.random() < chances.organizations:
        changes.update(_draw(document, "ORG", pools.organizations, dice))
    if changes:
        document = replace_names(document, changes)
    chance = dice.random()
    if chance < chances.title:
        return set_headline(document, _to_title)
    if chance < chances.title + chances.upper:
        return set_headline(document, str.upper)
    return document


def _rename_people(document: Document, pools: NamePools, dice: random.Random) -> Mapping[str, str]:
    """Return a new name for each person of the document; a surname or given name alone changes with its full name."""
    forms = dict.fromkeys(document.text_of(name) for name in document.names if name.kind == "PERSON")
    parts: dict[str, str] = {}
    changes: dict[str, str] = {}
    for form in sorted(forms, key=lambda form: (-form.count(" "), form)):
        words = form.split(" ")
        if len(words) == 1:
            changes[form] = parts.get(form) or _surname(pools, dice)
            continue
        given, surname = dice.choice(pools.given), parts.get(words[-1]) or _surname(pools, dice)
        parts.setdefault(words[-1], surname)
        parts.setdefault(words[0], given)
        middle = f" {dice.choice(pools.given)}" if len(words) > 2 else ""
        changes[form] = f"{given}{middle} {surname}"
    return changes


def _surname(pools: NamePools, dice: random.Random) -> str:
    particle = dice.choice(_PARTICLES) if dice.random() < 0.06 else ""
    return particle + dice.choice(pools.surnames)


def _draw(document: Document, kind: str, pool: Sequence[str], dice: random.Random) -> Mapping[str, str]:
    """Return another name for half of the forms of `kind`.

    Forms with full stops stay, as no other name looks like them.
    """
    forms = dict.fromkeys(document.text_of(name) for name in document.names if name.kind == kind)
    return {form: dice.choice(pool) for form in forms if "." not in form and dice.random() < 0.5}


def replace_names(document: Document, changes: Mapping[str, str]) -> Document:
    """Return the document with the names of the forms in `changes` replaced."""
    parts: list[str] = []
    names: list[Name] = []
    end = length = 0
    for name in document.names:
        between = document.text[end : name.start]
        text = document.text_of(name)
        changed = changes.get(text, text) if name.kind is not None else text
        parts += [between, changed]
        start = length + len(between)
        length = start + len(changed)
        names.append(Name(start, length, name.kind))
        end = name.end
    return replace(document, text="".join([*parts, document.text[end:]]), names=tuple(names))


def set_headline(document: Document, change: Callable[[str], str]) -> Document:
    """Return the document with its first sentence as a headline in other letter case, on a line of its own.

    Unchanged when the first sentence is very short or long, or when `change` alters the length of the text.
    """
    read = read_words(document.text)
    second = next((number for number in range(1, len(read)) if read.openings[number]), len(read))
    if not _MIN_HEADLINE_WORDS <= second <= _MAX_HEADLINE_WORDS:
        return document
    end = read.ends[second - 1]
    if any(name.start < end < name.end for name in document.names):
        return document
    headline = change(document.text[:end])
    if len(headline) != end:
        return document
    stop = end - 1 if headline[-1] == "." else end
    break_ = "\n" if second < len(read) else ""
    rest = document.text[end:].lstrip()
    shift = stop + len(break_) - (len(document.text) - len(rest))
    names = tuple(_shift(document.names, end=end, stop=stop, shift=shift))
    return replace(document, text=headline[:stop] + break_ + rest, names=names)


def _shift(names: Iterable[Name], *, end: int, stop: int, shift: int) -> Iterator[Name]:
    for name in names:
        if name.end <= end:
            yield replace(name, end=min(name.end, stop))
        else:
            yield replace(name, start=name.start + shift, end=name.end + shift)


def _to_title(text: str) -> str:
    """Capitalize each word except small ones.

    >>> _to_title("Turkey will buy missiles of the U.S.")
    'Turkey Will Buy Missiles of the U.S.'
    """
    return _LETTERS.sub(lambda found: found[0] if found[0] in _SMALL else found[0][0].upper() + found[0][1:], text)
