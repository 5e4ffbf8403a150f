"""Numbers beside currencies: found as they are written, and valued when the currency they stand beside is known."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from index.normalize.money.numbers.figures import (
    BLANKS,
    COMMA,
    FIGURE,
    POINT,
    UNCLEAR,
    FigureStyle,
    Mark,
    find_style,
    parse_figure,
)
from index.normalize.money.numbers.number_words import NumberWords
from index.normalize.money.numbers.scales import Scales
from index.normalize.numbers import (
    NUMBER_IN_WORDS,
    PART_OF_ONE,
    is_number_word,
    parse_part_of_one,
    read_number_words,
)

__all__ = ["Number", "Numeral", "NumeralReader", "find_local_numerals", "find_numerals", "plain_decimal"]

_LIMIT = Decimal(10) ** 18  # Longer runs of digits are identifiers, not quantities.
_ONE = Decimal(1)
_HALF = Decimal("0.5")
_NO_LANGUAGES: frozenset[str] = frozenset()
_PARTS = {"¼": Decimal("0.25"), "½": _HALF, "¾": Decimal("0.75")}
# Written without blanks before a currency, several in a row.
_UNSPACED_SCALE = re.compile("[十百千万萬亿億兆천만억조]|ร้อย|พัน|หมื่น|แสน|ล้าน")

_OF_A = r"(?:\s+of\s+an?(?=\s(?:thousand|million|billion|trillion|lakh|crore)\b))?"  # "3/4 of a million"

_NUMERAL = re.compile(
    rf"""
      (?=[\d.¼½¾])(?:
          (?<![\d.,/])(?<!\d[\s-])(?P<ratio>[1-9]\d?/(?:[2-9]|16|32|64))(?![\d/.,]?\d){_OF_A}
        | (?P<figure>{FIGURE})(?:[.,][-–—]{{1,2}}(?!\w))?
          (?P<part>[\s-][1-9]/[2-9](?![\d/])|[\s\u00a0]?[¼½¾])?(?:\s+and\s+(?P<and_part>{PART_OF_ONE})\b(?!\s+of\b))?
        | (?<![\w.,-])(?P<fraction>[¼½¾]){_OF_A})
    | (?P<english>{NUMBER_IN_WORDS})
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SCALE = re.compile(rf"(?P<gap>[\s{BLANKS}]?[-‑]?\s?)(?P<word>(?:{_UNSPACED_SCALE.pattern})+|[^\W\d_]+)")
_AND_HALF = re.compile(r"\s+and\s+(?:a|one)\s+half\b", re.IGNORECASE)
_NOT_WORDS = frozenset("'’-‑")
_MOST_SCALES = 3
_LONGEST_GAP = 2
_LETTER = 1
_FEW_LETTERS = 4  # Longer words of a scale are no abbreviations, and no full stop stands behind them.
# "10.000" alone: no price has three zeros for decimals, unless one beside it has three decimals.
_ROUND_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]000")
_PRECISE = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?<!000)(?![\d.,]\d)")
_PRECISE_REACH = 60
_NUMBER_BEFORE = re.compile(r"([a-z]+)(?:,?\s+and|,)?[\s-]+$", re.IGNORECASE)
_WORD_REACH = 24
_THOUSAND = Decimal(1000)
_SCALES_ONLY = re.compile(
    r"(?:hundred|thousand|lakh|million|crore|billion|trillion)s?"
    r"(?:\s+(?:hundred|thousand|lakh|million|crore|billion|trillion)s?)*+",
    re.IGNORECASE,
)


class Numeral(Struct, frozen=True):
    """A number as written: where it begins, where it ends without a scale, and its figure or its value in words.

    `extra` is what a fraction adds to the figure ("7-1/2"). `words` are the number in words before its multiplier and
    the multiplier; None for digits. A numeral without figure and words cannot be read, nor one that `needs_scale` and
    has none.
    """

    start: int
    end: int
    figure: str = ""
    extra: Decimal = Decimal(0)
    words: tuple[Decimal, Decimal] | None = None
    needs_scale: bool = False


class Number(Struct, frozen=True):
    """A numeral with its value. `value` includes the multiplier; `mantissa` is the number without it ("3.4" of 3.4 bn).

    `multiplier` is 1 when none is written. `is_grouped` is true for separated thousands ("10,000") and for decimals,
    `is_words` for a number in words, `is_short` when the word of its scale may end with a full stop. `languages` are
    those of its scale, empty for one that English has too.
    """

    start: int
    end: int
    value: Decimal
    mantissa: Decimal
    multiplier: Decimal = _ONE
    is_grouped: bool = False
    is_words: bool = False
    is_short: bool = False
    languages: frozenset[str] = _NO_LANGUAGES

    @property
    def is_plain(self) -> bool:
        """True for bare digits: "2019", not "2,019", "2019.5" or "2 bn"."""
        return not self.is_grouped and not self.is_words and self.multiplier == 1


def find_numerals(text: str, start: int, end: int) -> list[Numeral]:
    """Return the numerals of a part of the text, in order. It should begin and end between words.

    >>> [(numeral.figure, numeral.words is None) for numeral in find_numerals("3.4-billion, two million", 0, 24)]
    [('3.4', True), ('', False)]
    """
    found: list[Numeral] = []
    for match in _NUMERAL.finditer(text, start, end):
        if not (match["english"] and found and found[-1].figure and _is_scale_of(found[-1], match)):
            found.append(_numeral(match, start))
    return found


def find_local_numerals(text: str, start: int, end: int, numbers: NumberWords) -> list[Numeral]:
    """Return numbers in words of another language than English, for a scale or a currency must follow.

    Words that are not one number ("zwei drei") are one numeral that cannot be read.
    """
    return [
        Numeral(found.start, found.end)
        if found.value is None
        else Numeral(found.start, found.end, "0", found.value, needs_scale=True)
        for found in numbers.find(text, start, end)
    ]


class NumeralReader:
    """Values the numerals of one text in one language."""

    def __init__(
        self,
        text: str,
        language: str | None,
        scales: Scales,
        decimal_marks: Mapping[str, str],
        half: re.Pattern[str] = _AND_HALF,
    ) -> None:
        self._text = text
        self._half = half
        self._language = language
        self.scales = scales
        self._decimal_marks = decimal_marks
        self._style: FigureStyle | None = POINT
        self._is_styled = False

    def read(
        self, numeral: Numeral, codes: Sequence[str] = (), *, is_point: bool = False, limit: int | None = None
    ) -> Number | None:
        """Return the value of a numeral with its scale, beside one of the currencies `codes`; None when it is unclear.

        `is_point` is true for currencies whose countries write a decimal point in languages that write a comma. A scale
        ends before `limit`.
        """
        if numeral.words is not None:
            count, factor = numeral.words
            value = plain_decimal(count * factor)
            return Number(numeral.start, numeral.end, value, count, factor, is_words=True)
        if not numeral.figure:
            return None
        half_before = self._half.match(self._text, numeral.end)
        figure_end = half_before.end() if half_before else numeral.end
        scaled = self._read_scales(figure_end, len(self._text) if limit is None else limit, codes)
        if scaled is None:
            return None
        end, factor, languages, is_short = scaled
        if numeral.needs_scale and factor == 1:
            return None
        style = self._style_of(languages, is_point=is_point, is_scaled=factor != 1)
        mantissa = self._read_figure(numeral, style, factor)
        if mantissa is None or mantissa >= _LIMIT:
            return None
        if half_before:
            mantissa += _HALF
        elif factor != 1 and (half := self._half.match(self._text, end)):
            mantissa, end = mantissa + _HALF, half.end()
        is_grouped = not numeral.figure.isdecimal()
        value = plain_decimal(mantissa * factor)
        return Number(numeral.start, end, value, mantissa, factor, is_grouped, is_short=is_short, languages=languages)

    def may_reach(self, numeral: Numeral, position: int) -> bool:
        """False when words that are no scale stand between a numeral and a currency: a cheap test before reading."""
        if position - numeral.end <= _LONGEST_GAP or self._half.match(self._text, numeral.end):
            return True
        if numeral.words is not None:
            return numeral.words[1] >= _THOUSAND
        match = _SCALE.match(self._text, numeral.end, position)
        return match is not None and bool(_UNSPACED_SCALE.match(match["word"]) or match["word"].lower() in self.scales)

    def read_scale(self, position: int, codes: Sequence[str]) -> tuple[int, Decimal]:
        """Return the end and the factor of a scale behind a currency: "75 USD million"; no scale has the factor 1."""
        scaled = self._read_scales(position, len(self._text), codes)
        return (position, _ONE) if scaled is None else scaled[:2]

    def _read_figure(self, numeral: Numeral, style: FigureStyle, factor: Decimal) -> Decimal | None:
        mantissa = parse_figure(numeral.figure, style)
        if factor == 1 and _ROUND_THOUSANDS.fullmatch(numeral.figure) and self._is_round(numeral, style):
            mantissa = Decimal(numeral.figure.replace(",", "").replace(".", ""))
        return mantissa + numeral.extra if mantissa is not None else None

    def _is_round(self, numeral: Numeral, style: FigureStyle) -> bool:
        """True for a figure of which three zeros cannot be decimals, unless one beside it has three decimals."""
        around = max(0, numeral.start - _PRECISE_REACH), numeral.end + _PRECISE_REACH
        return style is not COMMA and not (style is POINT and _PRECISE.search(self._text, *around))

    def _read_scales(
        self, position: int, limit: int, codes: Sequence[str]
    ) -> tuple[int, Decimal, frozenset[str], bool] | None:
        """Return the end, factor and languages of the scale words at the position; None when they are unclear."""
        factor, power, languages, is_short = _ONE, 0, _NO_LANGUAGES, False
        for count in range(_MOST_SCALES):
            match = _SCALE.match(self._text, position, limit)
            if match is None:
                break
            word = match["word"].lower()
            if _UNSPACED_SCALE.match(word):
                return self._read_unspaced(match, factor)
            if word not in self.scales or not self._may_scale(match, is_first=count == 0):
                break
            scale = self.scales.resolve(word, self._language, codes)
            if scale is True:
                return None
            if isinstance(scale, bool) or scale.power < power:
                break
            position, power = match.end(), scale.power
            factor *= scale.factor
            languages |= scale.languages
            is_short = len(word) <= _FEW_LETTERS
        return position, factor, languages, is_short

    def _may_scale(self, match: re.Match[str], *, is_first: bool) -> bool:
        """True unless a single letter stands where it is something else: "5-m", "5 t", "two million k"."""
        gap, word = match["gap"], match["word"]
        if len(word) > _LETTER:
            return True
        if not gap:
            return is_first
        after = self._text[match.end() : match.end() + 1]
        return is_first and "-" not in gap and word not in "tT" and after not in _NOT_WORDS

    def _read_unspaced(self, match: re.Match[str], factor: Decimal) -> tuple[int, Decimal, frozenset[str], bool]:
        """Read scales in one row: the 千万 of 3千万 is ten million, พันล้าน a thousand millions."""
        languages = _NO_LANGUAGES
        for word in _UNSPACED_SCALE.findall(match["word"]):
            scale = self.scales.resolve(word, self._language, ())
            if not isinstance(scale, bool):
                factor *= scale.factor
                languages |= scale.languages
        return match.end(), factor, languages, False

    def _style_of(self, languages: frozenset[str], *, is_point: bool, is_scaled: bool) -> FigureStyle:
        """Return the style of a figure by the text and by the words and the currency beside it."""
        if not self._is_styled:
            self._style = find_style(self._text, self._language, self._decimal_marks)
            self._is_styled = True
        style = self._style
        if style is POINT:
            if not any(self._decimal_marks.get(language) == "," for language in languages):
                return POINT
            return COMMA if self._language is None else UNCLEAR
        if style is COMMA:
            return COMMA
        if is_point:
            return FigureStyle(comma=Mark.GROUP, point=Mark.UNCLEAR)
        if style is None:
            return FigureStyle(comma=Mark.DECIMAL if is_scaled else Mark.UNCLEAR, point=Mark.GROUP)
        return style


def _is_scale_of(numeral: Numeral, match: re.Match[str]) -> bool:
    """True for the million of "5 million", which belongs to the figure before it."""
    gap = match.string[numeral.end : match.start()]
    return len(gap) <= _MOST_SCALES and not gap.strip(" -\n\u00a0") and _SCALES_ONLY.fullmatch(match[0]) is not None


def _numeral(match: re.Match[str], part_start: int) -> Numeral:
    start, end = match.span()
    if ratio := match["ratio"]:
        above, below = ratio.split("/")
        return Numeral(start, end, "0", Decimal(above) / Decimal(below))
    if match["fraction"]:
        return Numeral(start, end, "0", _PARTS[match["fraction"]])
    if match["english"]:
        words = None if _continues_number(match, part_start) else read_number_words(match)
        return Numeral(start, end, words=words)
    extra = Decimal(0)
    if part := match["part"]:
        above, _, below = part.lstrip("- \n\t").partition("/")
        extra = Decimal(above) / Decimal(below) if below else _PARTS[part.strip()]
    and_part = parse_part_of_one(match["and_part"]) if match["and_part"] else Decimal(0)
    is_unread = and_part is None or _continues_figure(match)
    return Numeral(start, end, "" if is_unread else match["figure"], extra + (and_part or 0))


def _continues_number(match: re.Match[str], part_start: int) -> bool:
    """True when a number in words begins before the part of the text that is searched."""
    if match.start() != part_start:
        return False
    before = _NUMBER_BEFORE.search(match.string, max(0, part_start - _WORD_REACH), part_start)
    return before is not None and is_number_word(before[1].lower())


def _continues_figure(match: re.Match[str]) -> bool:
    """True for "567 890" behind "1 234.5", which a blank may join: a part of a figure that makes no sense."""
    text, start = match.string, match.start()
    if start < 2 or text[start - 1] not in BLANKS or not text[start - 2].isdecimal():
        return False
    digits = len(match["figure"]) - len(match["figure"].lstrip("0123456789"))
    before = start - 2
    while before > 0 and start - before <= _FEW_LETTERS and text[before - 1].isdecimal():
        before -= 1
    return digits == 3 and start - 1 - before <= 3


def plain_decimal(value: Decimal) -> Decimal:
    """Return the same value without trailing zeros: "3.40 billion" is 3400000000."""
    whole = value.to_integral_value()
    return whole if whole == value else value.normalize()
