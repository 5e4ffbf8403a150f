"""The lexicon of a language other than English, made of its table."""

import re
from collections.abc import Callable, Mapping, Sequence

from index.normalize.alternatives import one_of
from index.normalize.dates.grammar.figures import FIGURES, classify_figures
from index.normalize.dates.grammar.lexicon import CLASS_LETTERS, Lexicon, Value
from index.normalize.dates.language_tables import TableRow, foreign_months, is_abbreviation, row_value

__all__ = ["make_lexicon"]

_MARKS: dict[str, str] = {",": "comma", "،": "comma", "-": "hyphen", "–": "hyphen", "—": "hyphen", "‑": "hyphen",
                          "/": "slash", ".": "dot"}  # fmt: skip
_ROMAN_DIGITS = {"X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}
_ROMAN = re.compile(r"(X{0,2}(?:IX|IV|V?I{0,3}))(?:e|è|ème|er|º|°|-го|-м|-й|-е)?")
_ROMAN_DATE = re.compile(r"(\d{1,2})([-./ ])([IVX]+)\2(\d{4})")
_DOTTED = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d\d)")
_PART_CODE = re.compile(r"(?P<first>[1-4])?(?P<sign>[^\W\d_])(?(first)(?P<year>\d\d(?:\d\d)?)?|(?P<last>[1-4]))")
_LATIN = str.maketrans("ХІ", "XI")  # Roman numbers are written with the letters of Cyrillic, too.
_CENTURY = 100
_SIGNS = {"quartersign": "quartercode", "halfsign": "halfcode"}
_PARTS = {"quartersign": 4, "halfsign": 2}
_FIRST = frozenset({"yearword", "eraword", "dayword", "monthword"})  # Of a word with two classes, these are taken.


def make_lexicon(rows: Sequence[TableRow], *, prefixes: str = "") -> Lexicon:
    """Return the lexicon of a table; `prefixes` are letters that may be written to the front of a word."""
    words: dict[str, tuple[str, Value]] = {}
    phrases: set[str] = set()
    endings = {kind: forms for kind, _, forms in rows if kind.endswith("ending") or kind in _SIGNS}
    for kind, value, forms in sorted(rows, key=lambda row: row[0] not in _FIRST):
        if kind not in CLASS_LETTERS:
            continue
        for form in forms:
            words.setdefault(form, (kind, row_value(kind, value)))
            if not form.isalpha():
                phrases.add(form)
            elif kind == "month" and is_abbreviation(form, forms):
                phrases.add(f"{form}.")
    return Lexicon(_token_pattern(phrases, endings, prefixes), _classifier(words, endings, prefixes))


def _token_pattern(phrases: set[str], endings: Mapping[str, Sequence[str]], prefixes: str) -> re.Pattern[str]:
    opened, closed = (
        one_of(sorted((phrase for phrase in phrases if phrase[-1].isalpha() == is_closed), key=len, reverse=True))
        for is_closed in (False, True)
    )
    spelled = rf"(?<!\w)[{prefixes}]?(?:(?:{closed})(?!\w)|(?:{opened}))".replace("[]?", "").replace("'", "['’]")
    days = "|".join(re.escape(ending) for ending in endings.get("dayending", ())) or "(?!)"
    years = "|".join(re.escape(ending) for ending in endings.get("yearending", ())) or "(?!)"
    decades = "|".join(re.escape(ending) for ending in endings.get("decadeending", ())) or "(?!)"
    special = rf"""
      {spelled}
    | (?<![\w.,])(?:\d{{1,2}}(?:{days})(?!\w) | \d{{4}}(?:{years})(?!\w) | (?:\d{{3}}|\d)0(?:{decades})(?!\w))
    | (?<![\w.-])\d{{1,2}}(?P<roman>[-./\ ])[IVX]{{1,4}}(?P=roman)\d{{4}}(?!\w)
    | (?<![\w.,])\d{{1,2}}\.\s?\d{{1,2}}\.\s?(?:\d{{4}}|\d\d)(?![\w]|[.,]\d)
    | (?<![\w.,/-])\d{{1,2}}/\d{{1,2}}(?![\w/-]|[.,]\d)
    | (?<![\w.,/-])(?:[1-4](?:{_signs(endings)})(?:\d\d(?:\d\d)?)?|(?:{_signs(endings)})[1-4])(?!\w)
    | [IVX]++(?:-го|-м|-й|-е|º|°)
    | ['’]\d0(?!\d){_suffixes(endings)}
    | [^\W\d_]++
    {FIGURES}
    | \n\s*\n
    | [^\s\w]
    """
    return re.compile(special.replace("'lar", "['’]lar").replace("'ler", "['’]ler"), re.VERBOSE | re.IGNORECASE)


def _signs(endings: Mapping[str, Sequence[str]]) -> str:
    """Return the letters for quarters and halves of years, in capitals: "3T19", "S1"."""
    return "(?-i:" + one_of([sign.upper() for kind in _SIGNS for sign in endings.get(kind, ())]) + ")"


def _suffixes(endings: Mapping[str, Sequence[str]]) -> str:
    """Return the alternative for what is written after an apostrophe to a name or number, where a language has it."""
    return r" | (?<=\w)['’][^\W\d_]{1,6}(?!\w)" if "suffixending" in endings else ""


def _classifier(
    words: dict[str, tuple[str, Value]], endings: Mapping[str, Sequence[str]], prefixes: str
) -> Callable[[str], tuple[str, Value]]:
    months = foreign_months()

    def classify(text: str) -> tuple[str, Value]:
        if text[0].isspace():
            return "", None
        plain = " ".join(text.lower().replace("’", "'").split())
        if text == "I":
            return "roman", 1
        known = words.get(plain) or words.get(plain.rstrip("."))
        if known is None and prefixes and plain[0] in prefixes:
            known = words.get(plain[1:])
        if known is not None:
            return known
        if code := _classify_code(text, endings):
            return code
        if text[0] in "'’" and len(text) > 1 and not text[1].isdecimal():
            return "suffix", None
        if text[0].isdecimal() or (text[0] in "'’" and len(text) > 1):
            return _classify_figures(text.replace("’", "'"), endings)
        if text in _MARKS:
            return _MARKS[text], None
        text = text.translate(_LATIN)
        if text[0] in "IVX" and (roman := _ROMAN.fullmatch(text)):
            return "roman", _read_roman(roman[1])
        return ("foreignmonth", months[plain]) if plain in months else ("", None)

    return classify


def _classify_code(text: str, endings: Mapping[str, Sequence[str]]) -> tuple[str, Value] | None:
    """Return the class of a quarter or half year by its letter, with its number and year: "3T19" is "3 19"."""
    code = _PART_CODE.fullmatch(text)
    if code is None:
        return None
    number = code["first"] or code["last"]
    for kind, name in _SIGNS.items():
        if code["sign"].lower() in endings.get(kind, ()):
            return (name, f"{number} {code['year'] or ''}".strip()) if int(number) <= _PARTS[kind] else ("", None)
    return None


def _classify_figures(text: str, endings: Mapping[str, Sequence[str]]) -> tuple[str, Value]:
    if roman := _ROMAN_DATE.fullmatch(text):
        return "isodate", f"{roman[4]}-{_read_roman(roman[3])}-{roman[1]}"
    if dotted := _DOTTED.fullmatch(text):
        day, month, year = dotted.groups()
        if len(year) == 2 and len(day) + len(month) < len("3.12"):
            return "digits", text
        return "numericdate", f"{day}.{month}.{_whole_year(int(year))}"
    if "/" in text and text.count("/") == 1:
        return "shortdate", text
    figures = text.lstrip("'")
    digits = len(figures) - len(figures.lstrip("0123456789"))
    if not 1 <= digits <= len("2019"):
        return classify_figures(text)
    number, ending = int(figures[:digits]), figures[digits:].lower()
    if text[0] == "'":
        return "codedyear", number
    if ending in endings.get("decadeending", ()) and number % 10 == 0:
        return ("decade", number // 10) if digits == 4 else ("shortdecade", number)
    if ending in endings.get("yearending", ()) and digits == 4:
        return "yearno", number
    if ending in endings.get("dayending", ()) and 1 <= number <= 31:
        return "ordinal", number
    return classify_figures(text)


def _whole_year(year: int) -> int:
    return year if year >= _CENTURY else year + (2000 if year < 50 else 1900)


def _read_roman(text: str) -> int:
    return sum(_ROMAN_DIGITS[digit] for digit in re.findall("IX|IV|X|V|I", text))
