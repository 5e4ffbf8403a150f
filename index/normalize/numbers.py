"""English numbers in words, as exact decimals."""

import re
from collections.abc import Sequence
from decimal import Decimal

from index.normalize.alternatives import one_of

__all__ = [
    "NUMBER_IN_WORDS",
    "PART_OF_ONE",
    "is_number_word",
    "parse_number_words",
    "parse_part_of_one",
    "read_number_words",
]

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
_HALF_WORDS = {
    "half a": "0.5", "half": "0.5", "a half": "0.5", "one half": "0.5",
    "a quarter": "0.25", "quarter": "0.25", "one quarter": "0.25",
    "three quarters": "0.75",
}  # fmt: skip
_PARTS_OF_ONE = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip

_WORD = one_of((*_SMALL_WORDS, *_TENS_WORDS, *_SCALE_WORDS))
_UNIT = one_of([word for word, value in _SMALL_WORDS.items() if value < 10])
_UNIT_OR_TEN = one_of((*_SMALL_WORDS, *_TENS_WORDS))
_SCALE = "hundred|thousand|lakh|million|crore|billion|trillion"
# Quantifiers are possessive, so that a hostile run of words is read once and never again.
_WORDS = rf"{_WORD}(?:(?:\s*-\s*|\s+and\s+|\s+){_WORD}\b)*+"
_HALF = one_of(_HALF_WORDS).replace(r"\s+", r"[\s-]+")
PART_OF_ONE = rf"(?:(?:a|{_UNIT})[\s-]+)?{one_of(_PARTS_OF_ONE)}"
"""A pattern for a part of one in words, which `parse_part_of_one` reads."""
# Beginnings of numbers in words: most words fail here and need not be tried against each form.
_FIRST_LETTERS = one_of(sorted({word[:3] for word in (*_SMALL_WORDS, *_TENS_WORDS, *_SCALE_WORDS, *_PARTS_OF_ONE)}))
NUMBER_IN_WORDS = rf"""
    (?=[a-z])(?<!\w)(?=a[\s-]|{_FIRST_LETTERS})(?:
      (?P<share>{PART_OF_ONE})\s+of\s+(?:an?|one)[\s-]+(?P<share_scale>{_SCALE})\b
    | (?P<half>{_HALF})[\s-]+(?P<half_scale>{_SCALE})\b
    | (?:a[\s-]+)(?P<one>(?:{_SCALE})\b(?:\s+(?:{_SCALE})\b)*+)(?!(?:\s+and)?[\s-]+(?:{_UNIT_OR_TEN})\b)
      (?P<one_half>\s+and\s+a\s+half\b)?
    | (?P<mixed>{_UNIT_OR_TEN})[\s-]+and[\s-]+(?P<mixed_part>{PART_OF_ONE})[\s-]+(?P<mixed_scale>{_SCALE})\b
    | (?P<whole>{_UNIT_OR_TEN})\s+point(?P<decimals>(?:\s+{_UNIT}\b){{1,4}}+)(?:\s+(?P<decimal_scale>{_SCALE})\b)?
    | (?:a[\s-]+(?=(?:{_SCALE})\b))?(?P<words>{_WORDS})\b(?P<words_half>\s+and\s+(?:a|one)\s+half\b)?)
"""
"""A pattern for a number in words (verbose, any letter case), whose matches `read_number_words` reads."""

_WORD_SPLIT = re.compile(r"[a-z]+")
_ONE = Decimal(1)
_A_HALF = Decimal("0.5")


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


def parse_part_of_one(words: str) -> Decimal | None:
    """Return the value of "three quarters" or "a tenth"; None when it has no end in decimals ("two thirds").

    >>> str(parse_part_of_one("three-quarters")), parse_part_of_one("two thirds"), str(parse_part_of_one("half"))
    ('0.75', None, '0.5')
    """
    *count, part = re.split(r"[\s-]+", words.lower())
    number = _SMALL_WORDS.get(count[0], 1) if count else 1
    below = _PARTS_OF_ONE[part]
    return Decimal(number) / below if number * 100 % below == 0 or below == 8 else None


def read_number_words(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """Return the number before its multiplier, and the multiplier, of a match of `NUMBER_IN_WORDS`.

    None for words that are not one number.

    >>> pattern = re.compile(NUMBER_IN_WORDS, re.VERBOSE | re.IGNORECASE)
    >>> [tuple(map(str, read_number_words(pattern.match(text)) or ())) for text in ("half a billion", "two hundred")]
    [('0.5', '1000000000'), ('2', '100')]
    """
    if match["share"]:
        part = parse_part_of_one(match["share"])
        return None if part is None else (part, _scale(match["share_scale"]))
    if match["half"]:
        return Decimal(_HALF_WORDS[" ".join(re.split(r"[\s-]+", match["half"].lower()))]), _scale(match["half_scale"])
    if match["one"]:
        factor = _ONE
        for word in match["one"].lower().split():
            factor *= _scale(word)
        return _ONE + (_A_HALF if match["one_half"] else 0), factor
    if match["mixed"]:
        part = parse_part_of_one(match["mixed_part"])
        whole = parse_number_words([match["mixed"]])
        return None if part is None or whole is None else (whole + part, _scale(match["mixed_scale"]))
    if match["whole"]:
        return _read_spoken_decimals(match)
    words = _WORD_SPLIT.findall(match["words"].lower())
    value = parse_number_words(words)
    if value is None:
        return None
    factor = _ONE
    while len(words) > 1 and words[-1] in _SCALE_WORDS:
        factor *= _SCALE_WORDS[words.pop()]
    return value / factor + (_A_HALF if match["words_half"] else 0), factor


def is_number_word(word: str) -> bool:
    """True for a word in small letters that is an English number or a part of one.

    >>> is_number_word("forty"), is_number_word("million"), is_number_word("apples")
    (True, True, False)
    """
    return word in _SMALL_WORDS or word in _TENS_WORDS or word in _SCALE_WORDS


def _read_spoken_decimals(match: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """Return the number of "two point five million"."""
    whole = parse_number_words([match["whole"]])
    digits = "".join(str(_SMALL_WORDS[word]) for word in match["decimals"].lower().split())
    scale = match["decimal_scale"]
    if whole is None:
        return None
    return whole + Decimal(f"0.{digits}"), _scale(scale) if scale else _ONE


def _scale(word: str) -> Decimal:
    return Decimal(_SCALE_WORDS[word.lower()])
