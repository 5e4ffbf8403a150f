"""Grammar rules over word classes: a small notation, and the longest match of many rules at each position."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from index.normalize.dates.expressions import Expression
from index.normalize.dates.grammar.lexicon import CLASS_LETTERS, Lexicon, Token, Value
from index.normalize.numbers import parse_number_words

__all__ = ["Grammar", "Parse", "Reading", "Rule"]

_NAMES = {letter: name for name, letter in CLASS_LETTERS.items()}
_CONNECTORS = frozenset({"hyphen", "slash", "to", "and", "or"})
_REMEMBERED_ROWS, _LONGEST_REMEMBERED = 20_000, 60
_LEFT_CONTEXT, _RIGHT_CONTEXT = 40, 24


@dataclass(frozen=True, slots=True)
class Parse:
    """The words that a rule matched, for its builder; `left` and `right` are some text on either side."""

    tokens: Sequence[Token]
    left: str
    right: str

    def has(self, *names: str) -> bool:
        """True when a word of one of the classes is there."""
        return any(_NAMES[token.letter] in names for token in self.tokens)

    def value(self, *names: str) -> Value:
        """Return the value of the first word of one of the classes, or None."""
        return next((token.value for token in self.tokens if _NAMES[token.letter] in names), None)

    def values(self, *names: str) -> list[Value]:
        """Return the values of all words of the classes, in order."""
        return [token.value for token in self.tokens if _NAMES[token.letter] in names]

    def number(self, *names: str) -> int | None:
        """Return the value like `value`, for classes whose values are numbers."""
        value = self.value(*names)
        return value if isinstance(value, int) else None

    def numbers(self, *names: str) -> list[int]:
        """Return the values of all words of the classes, in order."""
        values = [token.value for token in self.tokens if _NAMES[token.letter] in names]
        return [value for value in values if isinstance(value, int)]

    def texts(self, *names: str) -> list[str]:
        """Return the words of the classes as written, in order."""
        return [token.text for token in self.tokens if _NAMES[token.letter] in names]

    def of_classes(self, *names: str) -> list[Token]:
        """Return the words of the classes, in order."""
        return [token for token in self.tokens if _NAMES[token.letter] in names]

    def has_before(self, name: str, *following: str) -> bool:
        """True when a word of one class stands directly before one of the other classes."""
        return any(
            _NAMES[token.letter] == name and _NAMES[after.letter] in following for token, after in pairwise(self.tokens)
        )

    def after(self, *names: str) -> "Parse":
        """Return the rest of the words after the first one of the classes."""
        first = next(place for place, token in enumerate(self.tokens) if _NAMES[token.letter] in names)
        return Parse(self.tokens[first + 1 :], self.left, self.right)

    def starting_at(self, *names: str) -> "Parse":
        """Return the rest of the words from the first one of the classes on."""
        first = next(place for place, token in enumerate(self.tokens) if _NAMES[token.letter] in names)
        return Parse(self.tokens[first:], self.left, self.right)

    def gap(self) -> tuple[int, int]:
        """Return the position of the word or mark between the two ends of a range, with the whitespace around it."""
        place = next(place for place, token in enumerate(self.tokens) if _NAMES[token.letter] in _CONNECTORS)
        after = place + 1
        while _NAMES[self.tokens[after].letter] in _CONNECTORS:
            after += 1
        return self.tokens[place - 1].end, self.tokens[after].start

    def gap_in(self, name: str) -> tuple[int, int]:
        """Return the position of the slash or dash inside the word of a class ("FY2018/19")."""
        token = next(token for token in self.tokens if _NAMES[token.letter] == name)
        place = next(place for place, mark in enumerate(token.text) if mark in "/-–")
        return token.start + place, token.start + place + 1

    def quantity(self) -> Decimal | None:
        """Return the number in digits or words ("2", "twenty-five", "a"); None when there is no number or several."""
        words = self.texts("number")
        if words:
            return parse_number_words([word.lower() for word in words])
        digits = self.texts("dayno", "digits", "yearno")
        if digits:
            compact = digits[0].replace(",", "")
            whole = Decimal(compact) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,4})?", compact) else None
            if whole is not None and self.has("slash"):
                return whole + Decimal("0.5") if len(digits) == 3 else None
            return whole if len(digits) == 1 else None
        count = self.number("several") if self.has("several") else self.number("a")
        return Decimal(count) if count is not None else None


Builder = Callable[[Parse], Expression | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern over word classes and the builder for its words.

    The notation is that of regular expressions with class names for letters and spaces for readability: "the? ordinal
    quarter (of yearno)?". A builder can refuse with None; then the next longest rule is tried.
    """

    name: str
    pattern: str
    build: Builder


@dataclass(frozen=True, slots=True)
class Reading:
    """An expression of time in a text, and the rule that found it."""

    start: int
    end: int
    expression: Expression
    rule: str


class Grammar:
    """A lexicon and a set of rules: at each position the longest match wins, among equals the first rule."""

    def __init__(self, lexicon: Lexicon, rules: Sequence[Rule], *, divided: bool = True) -> None:
        self._lexicon = lexicon
        self._divided = divided
        self._rules = [(re.compile(_spell(rule.pattern)), rule) for rule in rules]
        self._any = re.compile("|".join(_spell(rule.pattern) for rule in rules))
        # The same few rows of classes come again and again, so the matches of each are cached.
        self._candidates = lru_cache(maxsize=_REMEMBERED_ROWS)(self._match_rules)

    def read(self, text: str) -> Iterator[Reading]:
        """Return every expression of time in the text, in order and disjoint."""
        for island in self._lexicon.islands(text):
            end = 0
            candidates = self._candidates if len(island.letters) <= _LONGEST_REMEMBERED else self._match_rules
            for position, matches in candidates(island.letters):
                if position < end:
                    continue
                for size, rule in matches:
                    reading = _build(text, island.tokens(position, position + size), rule, divided=self._divided)
                    if reading is not None:
                        end = position + size
                        yield reading
                        break

    def _match_rules(self, letters: str) -> tuple[tuple[int, tuple[tuple[int, Rule], ...]], ...]:
        """Return the lengths of all matches with their rules at each position, the longest first."""
        found = []
        position = 0
        while (first := self._any.search(letters, position)) is not None:
            position = first.start()
            sizes = [
                (match.end() - position, rule)
                for pattern, rule in self._rules
                if (match := pattern.match(letters, position))
            ]
            found.append((position, tuple(sorted(sizes, key=lambda item: -item[0]))))
            position += 1
        return tuple(found)


def _build(text: str, tokens: Sequence[Token], rule: Rule, *, divided: bool) -> Reading | None:
    start, end = tokens[0].start, tokens[-1].end
    left, right = text[max(0, start - _LEFT_CONTEXT) : start], text[end : end + _RIGHT_CONTEXT]
    if divided and (left[-1:].isalnum() or right[:1].isalnum()):
        return None  # "anna1980": part of a longer name.
    expression = rule.build(Parse(tokens, left, right))
    return Reading(start, end, expression, rule.name) if expression is not None else None


def _spell(pattern: str) -> str:
    """Return the notation as a regular expression over class letters."""
    return re.sub(r"[a-z]+", lambda name: CLASS_LETTERS[name[0]], pattern).replace(" ", "")
