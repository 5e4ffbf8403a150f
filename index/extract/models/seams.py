"""Parts two names that a recognizer read as one: over the end of a sentence, a dash, a colon, or two firms in a row.

"He bought Viamax Inc. | Redwood holds", "NEW YORK - | Net income", "SMITH: | Nothing", "Viamax Inc | Corvid Corp".
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from dataclasses import replace
from typing import Final

from index.extract.models.weighing import LABELS
from index.extract.rules.vocabulary import Vocabulary
from index.extract.tokens import Tokens
from index.model import Kind
from index.recognizer.reading import Found, Recognizer

__all__ = ["Seams"]

_DASHES: Final = frozenset("-\N{EN DASH}\N{EM DASH}")
_WHOLE_NAME: Final = 2
_AND: Final = frozenset({"and", "&", ",", "/"})


class Seams:
    """Finds the seams in names, and reads what lies between them again, each part by itself."""

    def __init__(self, recognizer: Recognizer, vocabulary: Vocabulary) -> None:
        self._recognizer = recognizer
        self._towns = vocabulary.towns
        self._marks = vocabulary.organization_mark
        self._no_new_name = vocabulary.organization_mark | vocabulary.organization_last | vocabulary.organization_of
        self._no_new_name |= vocabulary.partners

    def part(self, tokens: Tokens, names: list[Found], places: Container[tuple[int, int]] = ()) -> list[Found]:
        """Return the names, those with seams replaced by what is read in their parts; in order and disjoint.

        `places` are the ranges in the text of places that packs know.
        """
        parted: list[Found] = []
        for name in names:
            first = max(0, bisect_right(tokens.starts, name.start) - 1)
            seams = list(self._seams(tokens, first, bisect_left(tokens.starts, name.end), places))
            parted.extend(self._read_again(tokens, name, seams, places) if seams else (name,))
        return parted

    def _seams(
        self, tokens: Tokens, first: int, stop: int, places: Container[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Yield each seam as the tokens `[end of a part, start of the next)`."""
        for position in range(first + 1, stop):
            if tokens.sentences[position] != tokens.sentences[position - 1]:
                yield position, position
            elif self._is_dash(tokens, position, places) or self._is_colon(tokens, position):
                yield position, position + 1
            elif self._is_second_firm(tokens, first, position, stop) or self._is_behind_form(tokens, first, position):
                yield position, position

    def _is_dash(self, tokens: Tokens, position: int, places: Container[tuple[int, int]]) -> bool:
        """Return whether this is a dash with blanks around it, or the first of two hyphens.

        A hyphen is a dash behind capitals and the town of a dateline: "NEW YORK - Net", "Hamburg - Ayla Brunt". Some
        texts have blanks around the hyphens of names.
        """
        following = position + 1
        if tokens.words[position] not in _DASHES or following == len(tokens):
            return False
        if tokens.words[following] in _DASHES:
            return True
        is_open = (
            tokens.ends[position - 1] < tokens.starts[position] and tokens.ends[position] < tokens.starts[following]
        )
        is_sure = tokens.words[position] != "-" or tokens.words[position - 1].isupper()
        return is_open and (is_sure or self._ends_dateline(tokens, position, places))

    def _ends_dateline(self, tokens: Tokens, hyphen: int, places: Container[tuple[int, int]]) -> bool:
        """Return whether a paragraph begins with a place that packs know, and after this hyphen with a whole name.

        A single word may belong to the place: "Baden - Württemberg", "Paris - Roubaix".
        """
        start = bisect_left(tokens.paragraphs, tokens.paragraphs[hyphen])
        following = tokens.capital[hyphen + 1 : hyphen + 3]
        is_town = " ".join(key.capitalize() for key in tokens.keys[start:hyphen]) in self._towns
        return (
            len(following) == _WHOLE_NAME
            and all(following)
            and (is_town or (tokens.starts[start], tokens.ends[hyphen - 1]) in places)
        )

    @staticmethod
    def _is_colon(tokens: Tokens, position: int) -> bool:
        following = position + 1
        return (
            tokens.words[position] == ":"
            and following < len(tokens)
            and tokens.ends[position] < tokens.starts[following]
        )

    def _is_second_firm(self, tokens: Tokens, first: int, position: int, stop: int) -> bool:
        """Return whether a legal form stands before a word that begins another name."""
        before = position - 1
        while before > first and (tokens.words[before] == "." or tokens.words[before] in _AND):
            before -= 1
        return (
            before > first
            and tokens.keys[before] in self._marks
            and tokens.capital[position]
            and tokens.keys[position] not in self._no_new_name
            and any(key in self._marks for key in tokens.keys[position:stop])
        )

    def _is_behind_form(self, tokens: Tokens, first: int, position: int) -> bool:
        """Return whether a legal form with stops inside ends a sentence before this word: "Corvin S.A. | Paris"."""
        before = position - 1
        return (
            before > first
            and tokens.keys[before] in self._marks
            and "." in tokens.words[before].rstrip(".")
            and tokens.words[before].endswith(".")
            and tokens.capital[position]
            and tokens.keys[position] not in self._no_new_name
        )

    def _read_again(
        self, tokens: Tokens, name: Found, seams: list[tuple[int, int]], places: Container[tuple[int, int]]
    ) -> Iterator[Found]:
        first = bisect_left(tokens.sentences, tokens.sentences[bisect_right(tokens.starts, name.start) - 1])
        last = bisect_right(tokens.sentences, tokens.sentences[bisect_left(tokens.starts, name.end) - 1])
        borders = [first, *(border for seam in seams for border in seam), last]
        for begin, end in zip(borders[::2], borders[1::2], strict=True):
            if begin >= end:
                continue
            offset = tokens.starts[begin]
            if end < last and tokens.words[end] == "-" and self._ends_dateline(tokens, end, places):
                # A town alone may be read as a person.
                yield replace(name, start=offset, end=tokens.ends[end - 1], kind=LABELS[Kind.PLACES])
                continue
            for found in self._recognizer.read(tokens.text[offset : tokens.ends[end - 1]]).names:
                again = replace(found, start=found.start + offset, end=found.end + offset)
                if again.start < name.end and name.start < again.end:
                    yield again
