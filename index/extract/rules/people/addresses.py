"""Ranks, honorifics and forms of address before the name of a person ("Tan Sri", "Smt.", "Lt. Gen."), no part of it."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from index.extract.rules.vocabulary import Vocabulary
from index.extract.tokens import Tokens

__all__ = ["Addresses"]

_LONGEST: Final = 3
_MARKS: Final = frozenset(".'’")
# "U Thant" and "Don Lemon" are whole names.
_WORDS_AFTER_FULL: Final = 2
_SHORTEST_NAME: Final = 3
_LONGEST_OF_TWO: Final = 4
_VOWELS: Final = ("a", "e", "i", "o")


class Addresses:
    """Finds the end of the forms of address at the start of words.

    >>> from index.extract.tokens import read_tokens
    >>> words = Vocabulary(addresses=frozenset({"Tan Sri"}), dotted_addresses=frozenset({"Lic"}))
    >>> addresses = Addresses(words)
    >>> [addresses.end(read_tokens(text), 0, 4) for text in ("Tan Sri Ayla Brunt", "Lic. Ayla Brunt", "Ayla Brunt")]
    [2, 2, 0]
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._phrases = frozenset(tuple(phrase.split()) for phrase in vocabulary.addresses)
        self._first = frozenset(phrase[0] for phrase in self._phrases)
        self._any_first = self._first | vocabulary.full_addresses | vocabulary.dotted_addresses
        self._full = vocabulary.full_addresses
        self._dotted = vocabulary.dotted_addresses
        self._titles = vocabulary.titles
        self._given = vocabulary.given
        self._family = vocabulary.family | vocabulary.unsure_family

    def end(self, tokens: Tokens, start: int, stop: int) -> int:
        """Return the position after all forms of address at `start`, at most `stop`; `start` when there is none.

        `stop` when there is nothing else.
        """
        if tokens.keys[start] not in self._any_first:
            return start
        end = start
        while end < stop:
            after = self._after_one(tokens, end, stop)
            if after == end and end > start and tokens.keys[end] in self._titles:
                # "Tun Dr", "Smt. Justice"
                after = end + 1
            if after == end:
                break
            end = self._past_marks(tokens, after, stop)
        rest = tokens.keys[end:stop]
        is_too_short = rest and not any(len(key) >= _SHORTEST_NAME for key in rest)
        # "Madame de Quell" is called so.
        is_particle = bool(rest) and rest[0][0].islower()
        return start if is_too_short or is_particle else min(end, stop)

    def end_before_name(self, tokens: Tokens, start: int) -> int:
        """Return the position after all forms of address at `start` that a capitalized word follows; else `start`."""
        if tokens.keys[start] not in self._any_first:
            return start
        stop = start
        sentence = tokens.sentences[start]
        while (
            stop < len(tokens)
            and tokens.sentences[stop] == sentence
            and (tokens.capital[stop] or tokens.words[stop] in _MARKS)
        ):
            stop += 1
        end = self.end(tokens, start, stop)
        return end if end < stop else start

    def is_title(self, tokens: Tokens, start: int) -> bool:
        """Return whether only people are addressed by the form at `start`."""
        keys = tokens.keys
        return (
            keys[start] in self._titles
            or " ".join(keys[start : start + 2]) in self._titles
            or (keys[start] in self._dotted and tokens.words[start + 1 : start + 2] == ["."])
        )

    def _after_one(self, tokens: Tokens, start: int, stop: int) -> int:
        keys = tokens.keys
        key = keys[start]
        if key in self._first:
            for length in range(_LONGEST, 0, -1):
                after = self._match(tokens, start, length)
                if after is not None and not self._is_family_name(keys[start:after], keys[after:stop]):
                    return after
        is_dotted = start + 1 < len(tokens) and tokens.words[start + 1] == "."
        if key in self._dotted and is_dotted:
            return start + 2
        if key in self._full and not is_dotted and tokens.words[start] == key:
            names = list(takewhile(str.isalpha, (part for key in keys[start + 1 : stop] for part in key.split("-"))))
            names = [name for name in names if name[0].isupper()]
            # "Don Pedro" is addressed, "Don King" has a surname.
            is_addressed = len(names) == 1 and names[0] in self._given and names[0].endswith(_VOWELS)
            if len(names) >= _WORDS_AFTER_FULL or is_addressed:
                return start + 1
        return start

    def _match(self, tokens: Tokens, start: int, length: int) -> int | None:
        """Return the end of a form of so many words at `start`, without marks between them; None if there is none."""
        words: list[str] = []
        position = start
        while len(words) < length and position < len(tokens) and tokens.sentences[position] == tokens.sentences[start]:
            if tokens.words[position] not in _MARKS:
                words.append(tokens.keys[position])
            elif not words:
                return None
            position += 1
        return position if tuple(words) in self._phrases else None

    def _is_family_name(self, form: Sequence[str], rest: Sequence[str]) -> bool:
        """Return whether the form is a family name that stands first: "Pak Pong-ju", but not "Pak Joko"."""
        if len(form) != 1 or form[0] not in self._family or not rest:
            return False
        return "-" in rest[0] or (len(rest) > 1 and all(len(key) <= _LONGEST_OF_TWO for key in rest[:2]))

    @staticmethod
    def _past_marks(tokens: Tokens, position: int, stop: int) -> int:
        while (
            position < stop
            and tokens.words[position] in _MARKS
            and tokens.starts[position] == tokens.ends[position - 1]
        ):
            position += 1
        return position
