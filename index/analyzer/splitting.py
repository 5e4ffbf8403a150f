"""One token of a text becomes its terms."""

import re

from index.analyzer.folding import fold, lower
from index.analyzer.languages import WordRules
from index.analyzer.patterns import (
    APOSTROPHES,
    DESIGNATOR_PARTS,
    HYPHEN,
    THOUSANDS,
    WORD_PARTS,
    has_single_characters,
    single_characters,
    token_pattern,
)

__all__ = ["MAX_TERM_LENGTH", "Part", "split_token"]

MAX_TERM_LENGTH = 64
_MAX_URL_TERMS = 16
_MAX_DESIGNATOR_LETTERS = 4
# Short words that stand before a number without naming a thing with it: "mid-2019", "top-10", "Dec-17".
_NOT_DESIGNATORS = frozenset({
    "mid", "pre", "post", "top", "non", "anti", "pro", "over", "age", "aged", "ages", "plus", "late", "past", "last",
    "next", "the", "and", "of", "in", "to", "at", "by", "on", "or", "vs", "no", "per", "than", "from", "jan", "feb",
    "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri",
    "sat", "sun",
})  # fmt: skip
# Here an apostrophe is a letter or a sign inside a word: Cyrillic "п'ять", Hebrew "צ'כיה".
_APOSTROPHE_IN_WORD = re.compile(
    rf"(?<=[\u0400-\u052f\u0591-\u05ea]){APOSTROPHES.pattern}(?=[\u0400-\u052f\u05d0-\u05ea])"
)
_GERSHAYIM = re.compile("[\u05f4\u201c\u201d\u2033]")

# A term, its exact form, and its place in the token.
Part = tuple[str, str, int, int]


def split_token(raw: str, rules: WordRules) -> list[Part]:
    """Return the terms of one match of `token_pattern`, by the rules of a language."""
    if raw[:4].lower() in ("http", "www.") and len(raw) > len("www."):
        return _split_url(raw, rules)
    if not raw.isascii() and has_single_characters(raw):
        return _split_single_characters(raw, rules)
    if "." in raw and not raw[0].isdecimal():
        return [(_cut(fold(raw.replace(".", ""))), _cut(lower(raw.rstrip("."))), 0, len(raw))]
    if raw[0].isdecimal():
        return _split_number(raw)
    designator = DESIGNATOR_PARTS.fullmatch(raw)
    if designator is not None:
        return _split_designator(raw, designator, rules)
    if raw.isalpha() and "\u02bc" not in raw:
        return [_word(raw, 0, len(raw), rules)]
    return _split_apostrophes(raw, rules)


def _cut(term: str) -> str:
    return term[:MAX_TERM_LENGTH]


def _word(raw: str, start: int, end: int, rules: WordRules) -> Part:
    text = raw[start:end]
    return (_cut(rules.stem(fold(text))), _cut(lower(text)), start, end)


def _shift(parts: list[Part], offset: int) -> list[Part]:
    return [(term, exact, start + offset, end + offset) for term, exact, start, end in parts]


def _split_url(raw: str, rules: WordRules) -> list[Part]:
    start = raw.find("//") + 2 if "//" in raw[:8] else len("www.")
    parts: list[Part] = []
    for match in WORD_PARTS.finditer(raw[:2000]):
        if match.start() >= start and lower(match[0]) != "www":
            parts.append(_word(raw, match.start(), match.end(), rules))
        if len(parts) == _MAX_URL_TERMS:
            break
    return [part for part in parts if part[0]]


def _split_single_characters(raw: str, rules: WordRules) -> list[Part]:
    parts: list[Part] = []
    position = 0
    for match in single_characters().finditer(raw):
        parts += _split_rest(raw, position, match.start(), rules)
        parts.append((_cut(fold(match[0])), _cut(lower(match[0])), match.start(), match.end()))
        position = match.end()
    return parts + _split_rest(raw, position, len(raw), rules)


def _split_rest(raw: str, start: int, end: int, rules: WordRules) -> list[Part]:
    return [
        part
        for match in token_pattern().finditer(raw[start:end])
        for part in _shift(split_token(match[0], rules), start + match.start())
    ]


def _split_number(raw: str) -> list[Part]:
    digits = fold(raw)
    if "," in digits and not THOUSANDS.match(digits):
        return [
            (_cut(fold(match[0])), _cut(lower(match[0])), match.start(), match.end())
            for match in re.finditer(r"[^,]+", raw)
        ]
    return [(_cut(digits.replace(",", "")), _cut(lower(raw)), 0, len(raw))]


def _split_designator(raw: str, match: re.Match[str], rules: WordRules) -> list[Part]:
    letters, digits, variant = (fold(group) for group in match.groups())
    is_year = len(digits) == 4 and digits[:2] in ("19", "20")
    if len(match[1]) > _MAX_DESIGNATOR_LETTERS or letters in _NOT_DESIGNATORS or is_year:
        number = (digits + variant, lower(raw[match.start(2) :]), match.start(2), len(raw))
        return [_word(raw, *match.span(1), rules), number]
    family = letters + digits
    exact = lower(re.sub(HYPHEN, "-", raw))
    if variant in ("", "s"):
        return [(family, exact, 0, len(raw))]
    return [(family, exact, 0, match.start(3)), (family + variant, exact, match.start(3), len(raw))]


def _split_apostrophes(raw: str, rules: WordRules) -> list[Part]:
    if raw[:-1].lower() in rules.elided:
        return []
    pieces = APOSTROPHES.split(raw)
    if len(pieces) > 1 and (pieces[-1].lower() == "s" or rules.drops_endings) and len(pieces[0]) > 1:
        pieces = pieces[:1] if rules.drops_endings else pieces[:-1]
    length = len("'".join(pieces))
    is_one_word = len(pieces) > 1 and (len(pieces[0]) <= 2 or pieces[-1].lower() == "t")
    is_one_word = is_one_word or len(_APOSTROPHE_IN_WORD.findall(raw)) == len(pieces) - 1
    if is_one_word:
        exact = _GERSHAYIM.sub('"', "'".join(pieces))
        return [(_cut(rules.stem(fold("".join(pieces).replace('"', "")))), _cut(lower(exact)), 0, length)]
    parts: list[Part] = []
    start = 0
    for piece in pieces:
        parts.append(_word(raw, start, start + len(piece), rules))
        start += len(piece) + 1
    return [part for part in parts if part[0]]
