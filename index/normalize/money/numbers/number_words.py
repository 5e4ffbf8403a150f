"""Numbers in words of languages other than English: "vingt-cinq", "zweieinhalb", "двести пятьдесят"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from index.normalize.alternatives import one_of

__all__ = ["NumberWords", "WordedNumber", "composed"]

_ONE, _TEN, _TWENTY, _HUNDRED, _THOUSAND = map(Decimal, (1, 10, 20, 100, 1000))
_FOUR, _SIXTY, _EIGHTY = map(Decimal, (4, 60, 80))
_HALF = Decimal("0.5")
_GAP = re.compile(r"[\s\u00a0]|[-‑]")
_NUMBER_BEFORE = re.compile(r"(?:\d|\w\.)[\s\u00a0-]?$")
_DOTTED = "i\u0307"  # The small letter of "İ" in Python.


@dataclass(frozen=True, slots=True)
class WordedNumber:
    """A number in words and its position; `value` is None for words that are not one number."""

    start: int
    end: int
    value: Decimal | None


@dataclass(frozen=True)
class NumberWords:
    """The words of one language, with their values in small letters.

    `joining` stand between tens and ones ("treinta y dos"); `glue` are what joins the parts of one word ("und" in
    "fünfundzwanzig", which is 5 and 20), None where words are not glued. `prefixes` are written in one word with a
    scale: "полмиллиона".
    """

    values: Mapping[str, Decimal]
    joining: Sequence[str] = ()
    glue: Sequence[str] | None = None
    prefixes: Mapping[str, Decimal] | None = None

    def find(self, text: str, start: int, end: int) -> Iterator[WordedNumber]:
        """Yield the numbers in words of a part of the text, in order and disjoint.

        A thousand at the end is left to the scale: "dos mil" is 2 and then a scale.
        """
        words = [(match, self._value(match)) for match in self._word.finditer(text, start, end)]
        position = 0
        while position < len(words):
            last = self._last_of_row(text, words, position)
            if (number := self._number(words[position : last + 1])) is not None:
                yield number
            position = last + 1

    def _last_of_row(self, text: str, words: Sequence[tuple[re.Match[str], Decimal | None]], first: int) -> int:
        """Return the place of the last word of a number. Words after a blank belong to it, readable or not."""
        last = first
        while last + 1 < len(words):
            gap = text[words[last][0].end() : words[last + 1][0].start()]
            if not _GAP.fullmatch(gap):
                value, next_value = words[last][1], words[last + 1][1]
                if value is None or next_value is None or not self._joining.fullmatch(gap):
                    break
                is_ten = _TWENTY <= value < _HUNDRED and next_value < _TWENTY
                if not is_ten and not (value >= _HUNDRED and next_value < value and "e" in self.joining):
                    break
            last += 1
        return last

    def _number(self, words: Sequence[tuple[re.Match[str], Decimal | None]]) -> WordedNumber | None:
        values = [value for _, value in words]
        first, last = words[0][0], words[-1][0]
        if values[0] == _THOUSAND and _NUMBER_BEFORE.search(first.string, max(0, first.start() - 3), first.start()):
            return None  # The scale of "500 mil" and "2 тыс. ...".
        if len(values) > 1 and values[-1] == _THOUSAND:
            values, last = values[:-1], words[-2][0]
        if len(values) == 2 and values[0] == _ONE and values[1] is not None and values[1] < _ONE:
            values = values[1:]  # "eine halbe Million", "un demi-milliard"
        read = [value for value in values if value is not None]
        value = read[0] if len(values) == len(read) == 1 else composed(read) if len(read) == len(values) else None
        return WordedNumber(first.start(), last.end(), value)

    def _value(self, match: re.Match[str]) -> Decimal | None:
        if match["prefix"]:
            return (self.prefixes or {}).get(match["prefix"].lower())
        word = match[0].lower().replace(_DOTTED, "i")
        if self.glue is None or word in self.values:
            return self.values.get(word)
        return self._glued(word)

    def _glued(self, word: str) -> Decimal | None:
        """Return the value of one word with several parts; ones stand before their tens in German and Dutch."""
        parts = self._part.findall(word)
        values: list[Decimal] = []
        is_joined = False
        for part in parts:
            value = self.values.get(part)
            if value is None:
                is_joined = True
            elif is_joined and values and _TWENTY <= value < _HUNDRED:
                values.insert(-1, value)
                is_joined = False
            else:
                values.append(value)
                is_joined = False
        return None if is_joined else composed(values)

    @cached_property
    def _part(self) -> re.Pattern[str]:
        return re.compile(one_of((*self.values, *(self.glue or ()))))

    @cached_property
    def _joining(self) -> re.Pattern[str]:
        return re.compile(rf"\s{one_of(self.joining)}\s", re.IGNORECASE)

    @cached_property
    def _word(self) -> re.Pattern[str]:
        one = one_of((*self.values, *(self.glue or ())))
        words = f"(?={one_of(self.values)})(?:{one})++" if self.glue is not None else one_of(self.values)
        prefix = rf"(?P<prefix>{one_of(self.prefixes or ())})(?=\w)"
        return re.compile(rf"(?<!\w)(?:(?:{words})(?!\w)|{prefix})", re.IGNORECASE)


def composed(values: Sequence[Decimal]) -> Decimal | None:
    """Return the number that words in a row make, by their values; None when they are not one number.

    >>> [str(composed([Decimal(value) for value in row])) for row in ([2, 1000, 500], [4, 20, 10, 7], [5, 7])]
    ['2500', '97', 'None']
    """
    total = group = Decimal(0)
    room = _THOUSAND * _THOUSAND
    for place, value in enumerate(values):
        if value >= room and value not in {_TWENTY, _HUNDRED, _THOUSAND}:
            return None
        if value == _THOUSAND and not total:
            total, group, room = (group or _ONE) * _THOUSAND, Decimal(0), _THOUSAND
        elif value == _HUNDRED and group < _TEN:
            group, room = (group or _ONE) * _HUNDRED, _HUNDRED
        elif value == _TWENTY and group % _HUNDRED == _FOUR:  # "quatre-vingts"
            group, room = group - _FOUR + _EIGHTY, _TWENTY
        elif value < room and value < _THOUSAND and value != _HUNDRED:
            if value < _ONE and place != len(values) - 1:
                return None
            group += value
            room = _room_after(value)
        else:
            return None
    return total + group if values else None


def _room_after(value: Decimal) -> Decimal:
    """Return the bound for the next word: ones after tens, nothing but a half after ones."""
    if value >= _HUNDRED:
        return _HUNDRED
    if value == _SIXTY:
        return _TWENTY  # "soixante-quinze"
    if value >= _TWENTY or value == _TEN:
        return _TEN  # "dix-sept", "on iki"
    return _ONE if value >= _ONE else Decimal(0)
