"""Forms of a text that are compared: folded, without case and marks, and in lower case, with its marks."""

import unicodedata
from collections.abc import Mapping
from functools import cache

from index.analyzer.tables import read_table

__all__ = ["fold", "lower"]

# Letters that Unicode does not decompose into a base letter and marks, or not into those that people write without.
_LETTERS = {
    # Latin
    "ı": "i", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ĸ": "k", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ə": "a", "ǝ": "e", "ƒ": "f", "ɛ": "e", "ɔ": "o", "ŀ": "l",
    # Cyrillic: й, ї, ў, ѓ and ќ are letters of their own, ё and ґ are often written without.
    "ё": "е", "ґ": "г", "ѐ": "е", "ѝ": "и",
    # Arabic: forms of alef, alef maksura, teh marbuta, and the kaf, yeh and heh of Persian and Urdu.
    "\u0622": "\u0627", "\u0623": "\u0627", "\u0625": "\u0627", "\u0671": "\u0627", "\u0672": "\u0627",
    "\u0673": "\u0627", "\u0675": "\u0627", "\u0649": "\u064a", "\u06cc": "\u064a", "\u06d2": "\u064a",
    "\u06d3": "\u064a", "\u06a9": "\u0643", "\u06aa": "\u0643", "\u0629": "\u0647", "\u06c0": "\u0647",
    "\u06c1": "\u0647", "\u06c2": "\u0647", "\u06be": "\u0647", "\u06d5": "\u0647", "\u06c3": "\u0647",
}  # fmt: skip
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_KASHIDA = "\u0640"
# Signs inside a word that it is also written without: modifier letters (ʼ, ʻ, ʾ), the dot of "col·leccions", and
# the geresh and gershayim of Hebrew abbreviations.
_UNWRITTEN = frozenset(
    "\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c0\u02c1\u02c8\u00b7\u2027\u2219\u22c5\u05f3\u05f4"
)
_DROPPED = _INVISIBLE | _UNWRITTEN | {_KASHIDA}


class _FoldedCharacters(dict[str, str]):
    """The folded form of each character met so far."""

    def __missing__(self, character: str) -> str:
        folded = self[character] = "" if character in _DROPPED else _fold_character(character)
        return folded


def _fold_character(character: str) -> str:
    if character.isspace():
        return character if character.isascii() else " "
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    lowered = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    # A few ligatures stand for several words; a term has no white space.
    folded = "".join("".join(map(_fold_part, lowered)).split())
    # An accent with a place of its own, as in "0¯1", separates words; one that is a mark of a letter just goes.
    is_mark = unicodedata.category(character).startswith("M")
    return folded if folded or is_mark else " "


def _fold_part(part: str) -> str:
    """Return the folded form of a character in lower case."""
    if part in _DROPPED or _is_dropped_mark(part):
        return ""
    if part in _LETTERS:
        return _LETTERS[part]
    if part >= "\u3400":
        return _simplified().get(part, part)
    decomposed = unicodedata.normalize("NFKD", part)
    base = _LETTERS.get(decomposed[0], decomposed[0])
    if base.isascii() or _is_greek(base):
        return "".join(_LETTERS.get(letter, letter) for letter in decomposed if not _is_dropped_mark(letter))
    return part


@cache
def _simplified() -> Mapping[str, str]:
    """Return the simplified form of traditional Chinese characters; read when the first text has one."""
    return {traditional: row["simplified"] for row in read_table("simplified") for traditional in row["traditional"]}


def _is_dropped_mark(character: str) -> bool:
    """True for accents, Hebrew points and cantillation, and the short vowels of Arabic."""
    return (
        "\u0300" <= character <= "\u036f"
        or "\u0483" <= character <= "\u0487"
        or ("\u0591" <= character <= "\u05c7" and character not in "\u05be\u05c0\u05c3\u05c6")
        or "\u0610" <= character <= "\u061a"
        or "\u064b" <= character <= "\u065f"
        or character == "\u0670"
        or ("\u06d6" <= character <= "\u06ed" and unicodedata.category(character) == "Mn")
        or "\u08ca" <= character <= "\u08e1"
        or "\u08e3" <= character <= "\u08ff"
    )


def _is_greek(character: str) -> bool:
    return "\u0370" <= character <= "\u03ff" or "\u1f00" <= character <= "\u1fff"


_FOLDED = _FoldedCharacters()


def fold(text: str) -> str:
    """Text without case, accents, points and other marks that people leave out. Folding twice changes nothing.

    Vowel signs of Indic scripts stay, as do й and ї. Composed and decomposed text become the same.

    >>> fold("İstanbul, Akıncı, Straße, Łódź, Ærø"), fold("Ёлка й"), fold("٤٠٠")
    ('istanbul, akinci, strasse, lodz, aero', 'елка й', '400')
    >>> fold("Άγγελος"), fold("שָׁלוֹם"), fold("المـيـنـاء إلى عُمان")
    ('αγγελοσ', 'שלום', 'الميناء الي عمان')
    """
    if text.isascii():
        return text.lower()
    folded = "".join(map(_FOLDED.__getitem__, unicodedata.normalize("NFC", text)))
    # Letters that stand side by side only now may become one: a kana of half width with its voicing mark.
    return folded if unicodedata.is_normalized("NFC", folded) else fold(folded)


def lower(text: str) -> str:
    r"""Text as `=word` compares it: without case, with its accents and points, in one Unicode form.

    >>> lower("E\u0301tude"), lower("Straße")
    ('étude', 'strasse')
    """
    if text.isascii():
        return text.lower()
    visible = "".join(character for character in text if character not in _INVISIBLE and character != _KASHIDA)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", visible).casefold())
