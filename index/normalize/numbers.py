"""Find numbers in a text, in digits, in words and with multipliers, as exact decimals."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from index.model import Span
from index.normalize.alternatives import one_of

__all__ = ["NumberMatch", "find_numbers", "parse_digits", "parse_multiplier", "parse_number_words"]

_LIMIT = Decimal(10) ** 18  # Longer runs of digits are identifiers, not quantities.

_SMALL_WORDS = {
    word: value
    for value, words in enumerate(
        (
            "zero nought naught", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
        )
    )
    for word in words.split()
}  # fmt: skip
_TENS_WORDS = {
    word: 10 * value
    for value, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_SCALE_WORDS = {
    "hundred": 10**2,
    "thousand": 10**3,
    "lakh": 10**5,
    "million": 10**6,
    "crore": 10**7,
    "billion": 10**9,
    "trillion": 10**12,
}
_SCALE_WORDS |= {"lakhs": 10**5, "crores": 10**7}
_MULTIPLIERS = {
    **{word: Decimal(value) for word, value in _SCALE_WORDS.items()},
    **{f"{word}s": Decimal(value) for word, value in _SCALE_WORDS.items() if not word.endswith("s")},
    **dict.fromkeys(("k",), Decimal(10**3)),
    **dict.fromkeys(("m", "mm", "mn", "mln", "mil", "mio"), Decimal(10**6)),
    **dict.fromkeys(("b", "bn", "bln", "bil"), Decimal(10**9)),
    **dict.fromkeys(("t", "tn", "trn", "tln"), Decimal(10**12)),
}
_FRACTIONS = {"¼": "0.25", "½": "0.5", "¾": "0.75"}
_HALF_WORDS = {
    "half a": "0.5", "half": "0.5", "a half": "0.5", "one half": "0.5", "one-half": "0.5",
    "a quarter": "0.25", "quarter": "0.25", "one quarter": "0.25", "one-quarter": "0.25",
    "a quarter of a": "0.25", "three quarters": "0.75", "three-quarters": "0.75",
    "three quarters of a": "0.75", "three-quarters of a": "0.75",
}  # fmt: skip

# A number in digits: groups of thousands ("1,234,567.89", Indian "12,34,567", "1.234.567,89", "10 000") before plain
# ones. Quantifiers are possessive, so that a hostile run of digits and commas is read once and never again.
_DIGITS = (
    r"(?:\d{1,3}+(?:,\d{2,3}(?!\d))++(?<=,\d{3})(?:\.\d++)?+"
    r"|\d{1,3}+(?:(?:\.\d{3}(?!\d)){2,}+(?:,\d++)?+|\.\d{3},\d++)"
    r"|\d{1,3}+(?:[\u00a0\u2009\u202f ]\d{3}(?![\d,])){1,4}+(?:\.\d++)?+"
    r"|\d++(?:[.,]\d++)?+)"
)
_WORD = one_of((*_SMALL_WORDS, *_TENS_WORDS, *_SCALE_WORDS))
_UNIT = one_of([word for word, value in _SMALL_WORDS.items() if value < 10])
_UNIT_OR_TEN = one_of((*_SMALL_WORDS, *_TENS_WORDS))
_SCALE = "hundred|thousand|lakh|million|crore|billion|trillion"
_LONG_MULTIPLIER = r"(?:hundred|thousand|lakh|million|crore|billion|trillion)s?(?:\s+crores?)?|mln|mn|bln|bn|tln|trn|tn"
_SHORT_MULTIPLIER = r"mm|mil|mio|bil|[kmbt]"
_WORDS = rf"{_WORD}(?:(?:\s*-\s*|\s+and\s+|\s+){_WORD}\b)*+"
_HALF = one_of(_HALF_WORDS)
# Beginnings of numbers in words: most words fail here and need not be tried against each form.
_FIRST_LETTERS = one_of(sorted({word[:3] for word in (*_SMALL_WORDS, *_TENS_WORDS, *_SCALE_WORDS, "half", "quarter")}))

_NUMBER = re.compile(
    rf"""
      (?=\d)(?<![\d.,])(?P<digits>{_DIGITS})
      (?:(?P<eighth>[\s-]\d/\d(?!\d)|[¼½¾]))?
      (?:(?P<gap>\s?-?\s?)(?P<long>{_LONG_MULTIPLIER})(?!\w)|(?P<short>{_SHORT_MULTIPLIER})(?![\w]|-\w))?
      (?P<and_half>\s+and\s+(?:a|one)\s+half\b)?
    | (?=[¼½¾])(?<![\w.,-])(?P<fraction>[¼½¾])(?:\s?(?P<fraction_scale>{_SCALE})\b)?
    | (?=[a-z])(?<!\w)(?=a\s|{_FIRST_LETTERS})(?:
      (?P<half>{_HALF})\s+(?P<half_scale>{_SCALE})\b
    | (?:a\s+)(?P<one>(?:{_SCALE})\b(?:\s+(?:{_SCALE})\b)*+)(?P<one_half>\s+and\s+a\s+half\b)?
    | (?P<mixed>{_UNIT_OR_TEN})\s+and\s+a\s+half\s+(?P<mixed_scale>{_SCALE})\b
    | (?P<whole>{_UNIT_OR_TEN})\s+point(?P<decimals>(?:\s+{_UNIT}\b){{1,4}}+)(?:\s+(?P<decimal_scale>{_SCALE})\b)?
    | (?P<words>{_WORDS})\b(?P<words_half>\s+and\s+(?:a|one)\s+half\b)?)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WORD_SPLIT = re.compile(r"[a-z]+")
_BLANK = re.compile(r"\s")
_DOTTED_THOUSANDS = re.compile(r"\d{1,3}(?:(?:\.\d{3}){2,}(?:,\d+)?|\.\d{3},\d+)")
_COMMA_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?")
_COMMA_DECIMALS = re.compile(r"\d+,\d+")
# "10.000" alone: no price has three zeros for decimals, unless one beside it has three decimals.
_ROUND_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.000")
_PRECISE = re.compile(r"(?<![\d.,])\d{1,3}\.\d{3}(?<!000)(?![\d.,]\d)")
_PRECISE_REACH = 60
_PLAIN_NUMBER = re.compile(r"\d+(\.\d+)?")
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A number in a text. `value` includes the multiplier; `mantissa` is the number without it ("3.4" of "3.4 bn").

    `multiplier` is 1 when none is written. `is_grouped` is true for separated thousands ("10,000") and for decimals,
    `is_words` for a number in words.
    """

    span: Span
    value: Decimal
    mantissa: Decimal
    multiplier: Decimal
    is_grouped: bool
    is_words: bool


def find_numbers(text: str, start: int = 0, end: int | None = None) -> list[NumberMatch]:
    """Return every number of a text with its multiplier, in order; a space or hyphen may stand before the multiplier.

    `start` and `end` bound the part of the text that is searched; it should begin and end between words.

    >>> [(text_number.span.start, str(text_number.value)) for text_number in find_numbers("3.4-billion, two million")]
    [(0, '3400000000'), (13, '2000000')]
    """
    stop = len(text) if end is None else end
    return [number for match in _NUMBER.finditer(text, start, stop) if (number := _read(match)) is not None]


def parse_digits(text: str) -> Decimal | None:
    """Return the value of a number in digits, or None when its separators make no sense.

    A comma before exactly three digits marks thousands, before one or two (or after dots) decimals; several dots mark
    thousands; one dot marks decimals.

    >>> [str(parse_digits(text)) for text in ("1,234.56", "1.234,56", "12,34,567", "1,5", "1.234", "10 000")]
    ['1234.56', '1234.56', '1234567', '1.5', '1.234', '10000']
    """
    if text.isdecimal():
        return Decimal(text)
    compact = _BLANK.sub("", text)
    if _DOTTED_THOUSANDS.fullmatch(compact):
        compact = compact.replace(".", "").replace(",", ".")
    elif _COMMA_THOUSANDS.fullmatch(compact):
        compact = compact.replace(",", "")
    elif _COMMA_DECIMALS.fullmatch(compact):
        compact = compact.replace(",", ".")
    return Decimal(compact) if _PLAIN_NUMBER.fullmatch(compact) else None


def parse_multiplier(text: str) -> Decimal | None:
    """Return the factor of a word or letter after a number, or None.

    >>> str(parse_multiplier("bn")), str(parse_multiplier("lakh crore")), parse_multiplier("apples")
    ('1000000000', '1000000000000', None)
    """
    factor = Decimal(1)
    for word in text.lower().split():
        part = _MULTIPLIERS.get(word)
        if part is None:
            return None
        factor *= part
    return factor


def parse_number_words(words: Sequence[str]) -> Decimal | None:
    """Return the value of a number in words, or None when they are not one number ("nineteen ninety-eight" is two).

    >>> str(parse_number_words(["two", "hundred", "and", "forty", "thousand", "six"]))
    '240006'
    >>> parse_number_words(["nineteen", "ninety", "eight"]) is None
    True
    """
    total = group = 0
    room = 10**15  # The next part must be smaller than this: "forty five", never "five forty".
    for word in words:
        lower = word.lower()
        if lower == "and":
            continue
        if lower in _SCALE_WORDS:
            scale = _SCALE_WORDS[lower]
            if scale == 100:
                group = (group or 1) * 100
                room = 100
            elif total and not group:
                total *= scale
                room = 10**15
            else:
                total += (group or 1) * scale
                group, room = 0, scale
            continue
        value = _SMALL_WORDS.get(lower, _TENS_WORDS.get(lower))
        if value is None or value >= room or (group % 100 and value >= (10 if group % 10 == 0 else 1)):
            return None
        group += value
        room = 10 if value >= 20 else 1 if value else room
    return Decimal(total + group) if words else None


def _read(match: re.Match[str]) -> NumberMatch | None:
    span = Span(match.start(), match.end())
    if match["digits"]:
        return _read_digits(match, span)
    if match["fraction"]:
        mantissa = Decimal(_FRACTIONS[match["fraction"]])
        return _number(span, mantissa, _MULTIPLIERS.get((match["fraction_scale"] or "").lower(), Decimal(1)))
    if match["half"]:
        mantissa = Decimal(_HALF_WORDS[" ".join(match["half"].lower().split())])
        return _number(span, mantissa, _MULTIPLIERS[match["half_scale"].lower()])
    half = Decimal("0.5")
    if match["one"]:
        factor = parse_multiplier(match["one"]) or Decimal(1)
        return _number(span, Decimal(1) + (half if match["one_half"] else 0), factor)
    if match["mixed"]:
        mantissa = (parse_number_words([match["mixed"]]) or Decimal(0)) + half
        return _number(span, mantissa, _MULTIPLIERS[match["mixed_scale"].lower()])
    if match["whole"]:
        return _read_spoken_decimals(match, span)
    words = _WORD_SPLIT.findall(match["words"].lower())
    value = parse_number_words(words)
    if value is None:
        return None
    factor = Decimal(1)
    while len(words) > 1 and words[-1] in _SCALE_WORDS:
        factor *= _SCALE_WORDS[words.pop()]
    if match["words_half"]:
        value += half * factor
    return _number(span, value / factor, factor)


def _read_spoken_decimals(match: re.Match[str], span: Span) -> NumberMatch | None:
    """Return the number of "two point five million"."""
    whole = parse_number_words([match["whole"]])
    digits = "".join(str(_SMALL_WORDS[word]) for word in match["decimals"].lower().split())
    scale = match["decimal_scale"]
    if whole is None:
        return None
    return _number(span, whole + Decimal(f"0.{digits}"), _MULTIPLIERS[scale.lower()] if scale else _ONE)


def _read_digits(match: re.Match[str], span: Span) -> NumberMatch | None:
    mantissa = parse_digits(match["digits"])
    if mantissa is None or mantissa >= _LIMIT:
        return None
    if match["eighth"]:
        part = match["eighth"].lstrip("-").strip()
        if part in _FRACTIONS:
            mantissa += Decimal(_FRACTIONS[part])
        elif part[-1] == "0":
            return None
        else:
            mantissa += Decimal(int(part[0])) / Decimal(int(part[-1]))
    around = max(0, span.start - _PRECISE_REACH), span.end + _PRECISE_REACH
    written = match["long"] or match["short"]
    factor = (parse_multiplier(written) or _ONE) if written else _ONE
    if match["and_half"]:
        mantissa += Decimal("0.5")
    if factor == 1 and _ROUND_THOUSANDS.fullmatch(match["digits"]) and not _PRECISE.search(match.string, *around):
        mantissa *= 1000
    grouped = any(mark in match["digits"] for mark in ",. \u00a0\u2009\u202f")
    return NumberMatch(span, _plain(mantissa * factor), mantissa, factor, grouped, is_words=False)


def _number(span: Span, mantissa: Decimal, factor: Decimal) -> NumberMatch:
    return NumberMatch(span, _plain(mantissa * factor), mantissa, factor, is_grouped=False, is_words=True)


def _plain(value: Decimal) -> Decimal:
    """Return the same value without trailing zeros: "3.40 billion" is 3400000000."""
    whole = value.to_integral_value()
    return whole if whole == value else value
