"""Text to terms with offsets: the one analyzer of every engine, for documents and queries alike.

Two streams come out of one pass and have the same positions: *terms* (folded and stemmed, what words find) and
*exact terms* (in lower case, accents and endings kept, what `=word` finds).

What becomes a term:

- Words, folded (see `fold`) and then stemmed by the Snowball stemmer for English, whatever the language: an
  archive is searched in one go, and other languages lose little by it.
- Possessives lose their ending ("Turkey's" -> turkey), "O'Brien" is one word, other apostrophes separate.
- Abbreviations lose their dots: "U.S." -> us.
- Designators have one form: "S-400", "S400" and "S-400s" are s400. A variant is its family followed by itself:
  "F-16C" is the two terms f16 f16c, so that "F-16" finds it and "F-16C" finds nothing else. The number alone does
  not find a designator. Longer names and years stay apart: "COVID-19" is covid 19, "mid-2019" is mid 2019.
- Numbers lose the commas between thousands ("1,000" -> 1000) and keep their decimals ("1.4").
- Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese characters are a term each: a query of several becomes a
  phrase, which is a search for the very string.
- Of a URL the first 16 words count. Terms are cut at 64 characters.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import chain
from operator import itemgetter

import Stemmer
from msgspec import Struct

__all__ = [
    "ANALYZER_FINGERPRINT",
    "MAX_TERM_LENGTH",
    "Token",
    "analyze",
    "analyze_exact",
    "fold",
    "index_terms",
    "token_starts",
]

ANALYZER_FINGERPRINT = "1:english"
"""Changes whenever the same text may give other terms: an index made with another one is outdated."""

MAX_TERM_LENGTH = 64
_MAX_URL_TERMS = 16
_MAX_CACHED = 200_000
_PIECE = 1_000_000


class Token(Struct, frozen=True):
    """A term and where it stands: `text[start:end]`, half-open. Its position is its index in the list it came in."""

    term: str
    start: int
    end: int


# -- Folding -----------------------------------------------------------------------------------------------------

# Latin letters that Unicode does not decompose into a base letter and marks.
_LATIN = {
    "ı": "i", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t",
    "ŋ": "n", "ĸ": "k", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ə": "a", "ǝ": "e", "ƒ": "f", "ɛ": "e", "ɔ": "o",
}  # fmt: skip
_INVISIBLE = {"\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"}


class _FoldedCharacters(dict[str, str]):
    """The folded form of each character met so far."""

    def __missing__(self, character: str) -> str:
        folded = "" if character in _INVISIBLE else _fold_character(character)
        self[character] = folded
        return folded


def _fold_character(character: str) -> str:
    if character.isspace():
        return character if character.isascii() else " "
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    lowered = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", character).casefold())
    out: list[str] = []
    for part in lowered:
        decomposed = unicodedata.normalize("NFKD", part)
        base = _LATIN.get(decomposed[0], decomposed[0])
        if base.isascii() or "\u0300" <= base <= "\u036f":
            # A Latin letter, or a mark that was written after one, as in decomposed text.
            out.append("".join(_LATIN.get(c, c) for c in decomposed if not "\u0300" <= c <= "\u036f"))
        else:
            out.append(part)
    # A few ligatures stand for several words; a term has no white space.
    folded = "".join("".join(out).split())
    # An accent with a place of its own, as in "0¯1", separates words; one that is a mark of a letter just goes.
    is_mark = unicodedata.category(character).startswith("M")
    return folded if folded or is_mark else " "


_FOLDED = _FoldedCharacters()


def fold(text: str) -> str:
    """Text without case and Latin accents; other scripts keep their marks. Folding twice changes nothing.

    >>> fold("İstanbul, Akıncı, Straße, Łódź, Ærø"), fold("Ёлка"), fold("٤٠٠")
    ('istanbul, akinci, strasse, lodz, aero', 'ёлка', '400')
    """
    return text.lower() if text.isascii() else "".join(map(_FOLDED.__getitem__, text))


def _lower(text: str) -> str:
    """Text as `=word` compares it: without case, with its accents, in one Unicode form."""
    if text.isascii():
        return text.lower()
    visible = "".join(character for character in text if character not in _INVISIBLE)
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", visible).casefold())


# -- Tokens ------------------------------------------------------------------------------------------------------

_LETTER = r"[^\W\d_]"
# Marks that belong to the letter before them; Python counts them, and Indic vowel signs, as no part of a word.
_MARKS = (
    r"\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    r"\u0730-\u074a\u0900-\u0963\u0966-\u0df3\u0e31-\u0e4e\u0eb1-\u0ecd\u0f71-\u0f84\u102b-\u103e\u17b4-\u17d3"
    r"\u200b-\u200d\u2060\u3099\u309a\ufeff"
)
_WORD_PART = rf"(?:[^\W_]|[{_MARKS}])"
_HYPHEN = r"[-\u2010\u2011\u2012\u2013\u2212]"
_APOSTROPHE = r"['\u2019\u02bc\uff07\u2018]"
_URL = r"(?:[Hh][Tt][Tt][Pp][Ss]?://|[Ww][Ww][Ww]\.)[^\s<>\"]+"
_ABBREVIATION = rf"(?:{_LETTER}\.){{2,}}(?:{_LETTER}(?!{_WORD_PART}))?|{_LETTER}\.{_LETTER}(?!{_WORD_PART}|\.)"
_NUMBER = rf"\d+(?:[.,]\d+)*{_WORD_PART}*"
_DESIGNATOR = rf"[^\W\d_]{{1,4}}{_HYPHEN}\d{{1,4}}(?:{_LETTER}{{1,4}}\d{{0,2}})?(?!{_WORD_PART})"
_WORD = rf"[^\W_]{_WORD_PART}*(?:{_APOSTROPHE}{_LETTER}{_WORD_PART}*)*"
# Most words, decided at once: nothing after them that could make them more than a word.
_PLAIN_WORD = rf"[A-Za-z]++(?!\w|[.:'\u2019\u02bc\uff07\u2018\-\u2010-\u2013\u2212{_MARKS}])"
_find = re.compile("|".join((_PLAIN_WORD, _URL, _ABBREVIATION, _DESIGNATOR, _NUMBER, _WORD)))

_DESIGNATOR_PARTS = re.compile(rf"({_LETTER}+){_HYPHEN}?(\d{{1,4}})({_LETTER}{{0,4}}\d{{0,2}})")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SINGLE_CHARACTERS = (
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
    rf"\uff66-\uff9d\U00020000-\U0003ffff][{_MARKS}]*"
)
_MAX_DESIGNATOR_LETTERS = 4
# Short words that stand before a number without naming a thing with it: "mid-2019", "top-10", "Dec-17".
_NOT_DESIGNATORS = frozenset({
    "mid", "pre", "post", "top", "non", "anti", "pro", "over", "age", "aged", "ages", "plus", "late", "past", "last",
    "next", "the", "and", "of", "in", "to", "at", "by", "on", "or", "vs", "no", "per", "than", "from", "jan", "feb",
    "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri",
    "sat", "sun",
})  # fmt: skip

# A term, its exact form, and its place in the raw token.
_Part = tuple[str, str, int, int]

_stem = Stemmer.Stemmer("english", 0).stemWord


def _split(raw: str) -> list[_Part]:
    """The terms of one match of `_find`."""
    if raw[:4].lower() in ("http", "www.") and len(raw) > len("www."):
        return _split_url(raw)
    if not raw.isascii() and _has_single_characters(raw):
        return _split_single_characters(raw)
    if "." in raw and not raw[0].isdecimal():
        return [(_cut(fold(raw.replace(".", ""))), _cut(_lower(raw.rstrip("."))), 0, len(raw))]
    if raw[0].isdecimal():
        return _split_number(raw)
    designator = _DESIGNATOR_PARTS.fullmatch(raw)
    if designator is not None:
        return _split_designator(raw, designator)
    if raw.isalpha():
        return [(_cut(_stem(fold(raw))), _cut(_lower(raw)), 0, len(raw))]
    return _split_apostrophes(raw)


def _cut(term: str) -> str:
    return term[:MAX_TERM_LENGTH]


def _word(raw: str, start: int, end: int) -> _Part:
    text = raw[start:end]
    return (_cut(_stem(fold(text))), _cut(_lower(text)), start, end)


def _shift(parts: list[_Part], offset: int) -> list[_Part]:
    return [(term, exact, start + offset, end + offset) for term, exact, start, end in parts]


def _split_url(raw: str) -> list[_Part]:
    start = raw.find("//") + 2 if "//" in raw[:8] else len("www.")
    parts: list[_Part] = []
    for match in re.finditer(rf"{_WORD_PART}+", raw[:2000]):
        if match.start() >= start and _lower(match[0]) != "www":
            parts.append(_word(raw, match.start(), match.end()))
        if len(parts) == _MAX_URL_TERMS:
            break
    return [part for part in parts if part[0]]


@cache
def _single_characters() -> re.Pattern[str]:
    """Compiled when the first text needs it: so large a class of characters takes a hundredth of a start."""
    return re.compile(_SINGLE_CHARACTERS)


def _has_single_characters(raw: str) -> bool:
    # Curly quotes and dashes are past the first of these characters too; most texts have no others.
    is_likely = any(character >= "\u0e00" and not "\u2000" <= character <= "\u2bff" for character in raw)
    return is_likely and _single_characters().search(raw) is not None


def _split_single_characters(raw: str) -> list[_Part]:
    parts: list[_Part] = []
    position = 0
    for match in _single_characters().finditer(raw):
        parts += _split_rest(raw, position, match.start())
        parts.append((_cut(fold(match[0])), _cut(_lower(match[0])), match.start(), match.end()))
        position = match.end()
    return parts + _split_rest(raw, position, len(raw))


def _split_rest(raw: str, start: int, end: int) -> list[_Part]:
    return [
        part for match in _find.finditer(raw[start:end]) for part in _shift(_split(match[0]), start + match.start())
    ]


def _split_number(raw: str) -> list[_Part]:
    digits = fold(raw)
    if "," in digits and not _THOUSANDS.match(digits):
        return [
            (_cut(fold(match[0])), _cut(_lower(match[0])), match.start(), match.end())
            for match in re.finditer(r"[^,]+", raw)
        ]
    return [(_cut(digits.replace(",", "")), _cut(_lower(raw)), 0, len(raw))]


def _split_designator(raw: str, match: re.Match[str]) -> list[_Part]:
    letters, digits, variant = (fold(group) for group in match.groups())
    is_year = len(digits) == 4 and digits[:2] in ("19", "20")
    if len(match[1]) > _MAX_DESIGNATOR_LETTERS or letters in _NOT_DESIGNATORS or is_year:
        return [_word(raw, *match.span(1)), (digits + variant, _lower(raw[match.start(2) :]), match.start(2), len(raw))]
    family = letters + digits
    exact = _lower(re.sub(_HYPHEN, "-", raw))
    if variant in ("", "s"):
        return [(family, exact, 0, len(raw))]
    return [(family, exact, 0, match.start(3)), (family + variant, exact, match.start(3), len(raw))]


def _split_apostrophes(raw: str) -> list[_Part]:
    pieces = re.split(_APOSTROPHE, raw)
    if len(pieces) > 1 and pieces[-1].lower() == "s":
        pieces.pop()
    length = len("'".join(pieces))
    is_one_word = len(pieces) > 1 and (len(pieces[0]) <= 2 or pieces[-1].lower() == "t")
    if is_one_word:
        text = "".join(pieces)
        return [(_cut(_stem(fold(text))), _cut(_lower("'".join(pieces))), 0, length)]
    parts: list[_Part] = []
    start = 0
    for piece in pieces:
        parts.append(_word(raw, start, start + len(piece)))
        start += len(piece) + 1
    return [part for part in parts if part[0]]


class _Cache(dict[str, tuple[tuple[str, ...], tuple[str, ...]]]):
    """The terms and exact terms of the raw tokens met so far; emptied when it grows too large."""

    def __missing__(self, raw: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        parts = _split(raw)
        streams = tuple(part[0] for part in parts), tuple(part[1] for part in parts)
        if len(raw) <= MAX_TERM_LENGTH:
            if len(self) >= _MAX_CACHED:
                self.clear()
            self[raw] = streams
        return streams


_cache = _Cache()
_first, _second = itemgetter(0), itemgetter(1)


def analyze(text: str) -> list[Token]:
    """The terms of a text in order, with disjoint, ascending offsets.

    >>> [(token.term, text[token.start : token.end]) for text in ["Turkey's S-400s"] for token in analyze(text)]
    [('turkey', 'Turkey'), ('s400', 'S-400s')]
    >>> [token.term for token in analyze("U.S. F-16C purchases of $1,000")]
    ['us', 'f16', 'f16c', 'purchas', 'of', '1000']
    """
    return [
        Token(term, match.start() + start, match.start() + end)
        for match in _find.finditer(text)
        for term, _, start, end in _split(match[0])
    ]


def analyze_exact(text: str) -> list[Token]:
    """The exact terms of a text, at the same positions and offsets as `analyze`.

    >>> [token.term for token in analyze_exact("Erdoğan's S\u2011400s")]
    ['erdoğan', 's-400s']
    """
    return [
        Token(exact, match.start() + start, match.start() + end)
        for match in _find.finditer(text)
        for _, exact, start, end in _split(match[0])
    ]


def index_terms(text: str) -> tuple[list[str], list[str]]:
    """Terms and exact terms by position: what `analyze` and `analyze_exact` give, several times faster.

    >>> index_terms("Purchases")
    (['purchas'], ['purchases'])
    """
    terms: list[str] = []
    exact: list[str] = []
    for piece in _pieces(text):
        streams = list(map(_cache.__getitem__, _find.findall(piece)))
        terms.extend(chain.from_iterable(map(_first, streams)))
        exact.extend(chain.from_iterable(map(_second, streams)))
    return terms, exact


def _pieces(text: str) -> Iterator[str]:
    """Yield a long text in pieces that end with a line end or blank, which no token holds: less to keep at a time."""
    start = 0
    while len(text) - start > _PIECE:
        limit = start + _PIECE
        end = max(text.rfind(" ", start, limit), text.rfind("\n", start, limit)) + 1
        if not end:
            break
        yield text[start:end]
        start = end
    yield text[start:] if start else text


def token_starts(text: str) -> list[int]:
    """The offset at which each position begins: `[token.start for token in analyze(text)]`."""
    return [match.start() + start for match in _find.finditer(text) for _, _, start, _ in _split(match[0])]
