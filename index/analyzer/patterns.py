"""Patterns of tokens: words, numbers, abbreviations, designators, addresses."""

import re
from collections.abc import Sequence
from functools import cache

__all__ = [
    "APOSTROPHES",
    "DESIGNATOR_PARTS",
    "HYPHEN",
    "THOUSANDS",
    "WORD_PARTS",
    "has_single_characters",
    "single_characters",
    "token_pattern",
]

_LETTER = r"[^\W\d_]"
# Marks that belong to the letter before them; Python counts them, and Indic vowel signs, as no part of a word.
_MARKS = (
    r"\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0730-\u074a\u08ca-\u08e1\u08e3-\u08ff\u0900-\u0963\u0966-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u0f71-\u0f84"
    r"\u102b-\u103e\u17b4-\u17d3\u200b-\u200d\u2060\u3099\u309a\ufb1e\ufeff\uff9e\uff9f"
)
_WORD_PART = rf"(?:[^\W_]|[{_MARKS}])"
WORD_PARTS = re.compile(rf"{_WORD_PART}+")
HYPHEN = r"[-\u2010\u2011\u2012\u2013\u2212]"
_APOSTROPHE_SIGNS = r"'\u2019\u02bc\uff07\u2018\u201b\u2032\u00b4`"
_APOSTROPHE = f"[{_APOSTROPHE_SIGNS}]"
APOSTROPHES = re.compile(_APOSTROPHE)
_URL = r"(?:[Hh][Tt][Tt][Pp][Ss]?://|[Ww][Ww][Ww]\.)[^\s<>\"]+"
_ABBREVIATION = rf"(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?!{_WORD_PART}))?|{_LETTER}\.{_LETTER}(?!{_WORD_PART}|\.)"
_NUMBER = rf"\d+(?:[.,]\d+)*(?:[\u3400-\u9fff]\d+(?:[.,]\d+)*)*{_WORD_PART}*"
_DESIGNATOR = rf"[^\W\d_]{{1,4}}{HYPHEN}\d{{1,4}}(?:{_LETTER}{{1,4}}\d{{0,2}})?(?!{_WORD_PART})"
_MIDDLE_DOT = r"(?<=[lL])[\u00b7\u2027\u2219\u22c5](?=[lL])"
# Gershayim stand before one of the last letters of an abbreviation; a quotation has marks on both sides.
_HEBREW = r"\u05d0-\u05ea"
_QUOTES = r"\"\u201c\u201d\u2033"
_GERSHAYIM = (
    rf"(?<=[{_HEBREW}\u0591-\u05c7])(?:[\u05f3\u05f4]|[{_QUOTES}](?=[{_HEBREW}]{{1,4}}(?![{_HEBREW}{_QUOTES}])))"
)
_JOINED = rf"(?:{_APOSTROPHE}|{_MIDDLE_DOT}|{_GERSHAYIM}){_LETTER}"
# In Chinese and Japanese numbers stand in the middle of words, with their commas and the signs of large numbers.
_IDEOGRAPHS = r"\u3040-\u30ff\u3400-\u9fff"
_BEHIND_DIGITS = "|".join(rf"(?<=[{_IDEOGRAPHS}]{digits})" for digits in (r"\d", r"\d\d", r"\d\d\d", r"\d\d\d\d"))
_WORD = rf"[^\W_]{_WORD_PART}*(?:(?:{_JOINED}|(?:{_BEHIND_DIGITS})(?:[.,]\d+)+){_WORD_PART}*)*"
# Most words, decided at once: nothing after them that could make them more than a word.
_PLAIN_WORD = rf"[A-Za-z]++(?!\w|[.:\u00b7\u2027\u2219\u22c5{_APOSTROPHE_SIGNS}\-\u2010-\u2013\u2212{_MARKS}])"

DESIGNATOR_PARTS = re.compile(rf"({_LETTER}+){HYPHEN}?(\d{{1,4}})({_LETTER}{{0,4}}\d{{0,2}})")
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SINGLE_CHARACTERS = (
    r"(?!\d)[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    rf"\uff66-\uff9d\U00020000-\U0003ffff][{_MARKS}]*|[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?"
)


@cache
def token_pattern(elided: Sequence[str] = ()) -> re.Pattern[str]:
    """Return the pattern of tokens; `elided` words before an apostrophe are a token with it, which has no term."""
    alternatives = [_PLAIN_WORD, _URL, _ABBREVIATION, _DESIGNATOR, _NUMBER, _WORD]
    if elided:
        alternatives.insert(0, rf"(?<!\w)(?i:{'|'.join(elided)}){_APOSTROPHE}(?=[^\W_])")
    return re.compile("|".join(alternatives))


@cache
def single_characters() -> re.Pattern[str]:
    """Return the pattern of characters that are a term each.

    Compiled when the first text needs it: so large a class of characters takes a hundredth of a start.
    """
    return re.compile(_SINGLE_CHARACTERS)


def has_single_characters(raw: str) -> bool:
    """True when a token has characters that are a term each."""
    # Curly quotes and dashes are past the first of these characters too; most texts have no others.
    is_likely = any(character >= "\u0e00" and not "\u2000" <= character <= "\u2bff" for character in raw)
    return is_likely and single_characters().search(raw) is not None
