"""Lookup tables of the written forms of names, and the spellings of systems."""

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass

from index.extract.rules.pack_names.contexts import Condition
from index.extract.tokens import read_tokens
from index.packs.loader import PackEntry

__all__ = ["Form", "FormTable", "Match", "spellings_of", "words_of"]

_DESIGNATOR = re.compile(r"([A-Za-z]{1,4})-(\d+\w*)")
_MIN_SPACED_LETTERS = 2
_MIN_SURE_NUMBER = 3


@dataclass(frozen=True, slots=True)
class Form:
    """One written form: the words after its first one, its entry, and the condition on it (None: no condition)."""

    rest: tuple[str, ...]
    entry: PackEntry
    condition: Condition | None


@dataclass(frozen=True, slots=True)
class Match:
    """A form found at words `[start, end)`."""

    start: int
    end: int
    form: Form


class FormTable:
    """Forms by their words; the time of a lookup does not depend on the size of the table."""

    def __init__(self) -> None:
        self._forms: dict[tuple[str, ...], list[Form]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}

    @property
    def first_words(self) -> Container[str]:
        """Return the words that begin a form. Check these first: most words of a text do not."""
        return self._lengths

    def add(self, keys: tuple[str, ...], entry: PackEntry, condition: Condition | None) -> None:
        """Add the form of the words `keys`, at least one, unless it is there."""
        forms = self._forms.setdefault(keys, [])
        form = Form(keys[1:], entry, condition)
        if form not in forms:
            forms.append(form)

    def sort(self, rank: Callable[[Form], int]) -> None:
        """Sort the forms of the same words by rank, the highest first; call it before looking up."""
        lengths: dict[str, set[int]] = {}
        for keys, forms in self._forms.items():
            lengths.setdefault(keys[0], set()).add(len(keys))
            if len(forms) > 1:
                forms.sort(key=rank, reverse=True)
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    def beginning(self, keys: list[str], position: int) -> list[Form]:
        """Return the forms that begin at `position`, with one of `first_words`; longer before shorter."""
        found: list[Form] = []
        for length in self._lengths[keys[position]]:
            forms = self._forms.get(tuple(keys[position : position + length]))
            # At the end of a text the slice is shorter than it should be, and found again for a smaller length.
            if forms is not None and len(forms[0].rest) == length - 1:
                found.extend(forms)
        return found

    def single(self, key: str) -> list[Form]:
        """Return the forms that are this one word."""
        return self._forms.get((key,), [])


def words_of(written: str) -> tuple[str, ...]:
    """Return the words of a written form, folded like those of a text.

    >>> words_of("Grand National Assembly"), words_of("Türkiye's S‑400")
    (('Grand', 'National', 'Assembly'), ('Turkiye', "'s", 'S-400'))
    """
    if written.isascii() and written.replace(" ", "").isalnum():
        # What the reading of texts comes to, for a tenth of the time; most of 20,000 forms are so plain.
        return tuple(written.split())
    return tuple(read_tokens(written).keys)


def spellings_of(keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Return other spellings of a system: the plural, and without its hyphen ("F16", "Su 57").

    With each, whether it is so short that it needs the context of the entry.

    >>> [" ".join(form) for form, _ in spellings_of(("Su-57",))]
    ['Su-57s', 'Su57', 'Su57s', 'Su 57', 'Su 57s']
    """
    *before, last = keys
    if last[-1].isalnum() and last[-1] not in "sS":
        yield (*before, last + "s"), False
    designator = _DESIGNATOR.fullmatch(last)
    if designator is not None:
        letters, number = designator.groups()
        is_loose = not before and len(letters) == 1 and len(number) < _MIN_SURE_NUMBER
        for form in (letters + number, letters + number + "s"):
            yield (*before, form), is_loose
        if len(letters) >= _MIN_SPACED_LETTERS:
            yield (*before, letters, number), is_loose
            yield (*before, letters, number + "s"), is_loose
