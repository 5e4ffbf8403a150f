"""Lexicon and rules for languages that write without spaces: Chinese, Japanese, Thai."""

import re
from collections.abc import Callable, Sequence

from index.normalize.alternatives import one_of
from index.normalize.dates.calendar import Period, Unit, month_period, year_period
from index.normalize.dates.expressions import Basis, Expression, Fixed, Named, Range, Shift, Step, Stretch
from index.normalize.dates.grammar.figures import day_of, day_of_figures
from index.normalize.dates.grammar.lexicon import CLASS_LETTERS, Lexicon, Value
from index.normalize.dates.grammar.rules import Parse, Rule
from index.normalize.dates.grammar.years import part_of
from index.normalize.dates.language_tables import TableRow, row_value

__all__ = ["UNDIVIDED_RULES", "make_undivided_lexicon"]

_DIGIT = "〇零一二三四五六七八九"
_NUMBER = rf"(?:\d{{1,2}}|[一二三]?十[{_DIGIT[2:]}]?|[{_DIGIT[2:]}])"
_ERA_YEARS = 543  # The years of the Buddhist calendar in Thai are so many ahead.
_FIRST_BUDDHIST, _LAST_BUDDHIST = 2300, 2650
_REPUBLIC = 1911  # Years of the Republic of China are counted from it.
_LEAP_YEAR = 2000


def make_undivided_lexicon(rows: Sequence[TableRow]) -> Lexicon:
    """Return the lexicon of a table whose words stand anywhere in a text, without spaces between."""
    words: dict[str, tuple[str, Value]] = {}
    eras: dict[str, int] = {}
    for kind, value, forms in rows:
        if kind == "era":
            eras |= dict.fromkeys(forms, int(value))
        elif kind in CLASS_LETTERS:
            for form in forms:
                words.setdefault(form, (kind, row_value(kind, value)))
    known = one_of(sorted(words, key=len, reverse=True))
    era_names = one_of([*eras, "民國", "民国"])
    pattern = re.compile(
        rf"""
          \d{{4}}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?[日号號](?![本间間前])
        | (?:\d{{4}}|\d0|[{_DIGIT[2:]}]十)年代
        | (?:{era_names})\s?(?:{_NUMBER}|\d{{3}}|元)\s?年
        | (?:\d{{4}}|[{_DIGIT}]{{4}})\s?年(?!代|前|间|間)度?
        | {_NUMBER}\s?月(?![曜份]?[间間])份?
        | {_NUMBER}\s?[日号號](?![本间間前])
        | [(（][月火水木金土日一二三四五六][)）]
        | {known}
        | (?<!\d)\d{{1,2}}[./]\d{{1,2}}[./]\d{{4}}(?!\d) | (?<!\d)\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}(?!\d)
        | \d++(?:[.,]\d++)*+
        | [^\W\d_]
        | \n\s*\n
        | [^\s\w]
        """,
        re.VERBOSE,
    )
    return Lexicon(pattern, _classifier(words, eras))


def _classifier(words: dict[str, tuple[str, Value]], eras: dict[str, int]) -> Callable[[str], tuple[str, Value]]:
    def classify(text: str) -> tuple[str, Value]:
        if text in words or " ".join(text.split()) in words:
            return words.get(text) or words[" ".join(text.split())]
        if text.endswith("年代"):
            number = _number(text[:-2])
            return ("decade", number // 10) if number > 99 else ("shortdecade", number)
        for era, first in (*eras.items(), ("民國", _REPUBLIC), ("民国", _REPUBLIC)):
            if text.startswith(era):
                count = text.removeprefix(era).strip(" 年")
                return "yearno", first + (1 if count == "元" else _number(count))
        if re.fullmatch(r"\d{4}\s?年.*[日号號]", text) or re.fullmatch(r"\d{4}([-/.])\d{1,2}\1\d{1,2}", text):
            return "isodate", text
        if re.fullmatch(r"\d{1,2}([./])\d{1,2}\1\d{4}", text):
            return "numericdate", _western(text)
        for ending, name in (("年度", "fiscalcode"), ("年", "yearno"), ("月份", "month"), ("月", "month")):
            if text.endswith(ending) and len(text) > len(ending):
                return name, _number(text.removesuffix(ending).strip())
        if text[-1] in "日号號" and len(text) > 1:
            return "dayno", _number(text[:-1].strip())
        if text[0] in "(（" and len(text) > 1:
            return "suffix", None
        return _classify_number(text) if text.isdecimal() else ("", None)

    return classify


def _western(text: str) -> str:
    """Return a date in figures with the year of the Gregorian calendar, for Thai."""
    year = int(text[-4:])
    return f"{text[:-4]}{year - _ERA_YEARS if year >= _FIRST_BUDDHIST else year}"


def _classify_number(text: str) -> tuple[str, Value]:
    number = int(text) if len(text) <= 4 else 0
    if _FIRST_BUDDHIST <= number <= _LAST_BUDDHIST:
        return "yearno", number - _ERA_YEARS
    if 1000 <= number <= 2100:
        return "yearno", number
    return ("dayno", number) if 1 <= number <= 31 else ("digits", text)


def _number(text: str) -> int:
    """Return the number in Western or Chinese figures: "2019", "二〇一九", "二十一".

    >>> _number("二十一"), _number("二〇一九"), _number("十")
    (21, 2019, 10)
    """
    if text.isdecimal():
        return int(text)
    if "十" in text:
        tens, _, units = text.partition("十")
        return 10 * (_number(tens) if tens else 1) + (_number(units) if units else 0)
    digits = [max(_DIGIT.index(digit) - 1, 0) for digit in text if digit in _DIGIT]
    return int("".join(map(str, digits)) or 0)


def _figures(parse: Parse) -> Expression | None:
    return day_of_figures(str(parse.value("isodate", "numericdate")))


def _year(parse: Parse) -> Expression | None:
    """Return the year that is written or counted from now ("last year"); None without one."""
    number = parse.number("yearno")
    if number is not None:
        return Fixed(year_period(number))
    return _step_of(parse, Unit.YEAR)


def _step_of(parse: Parse, unit: Unit) -> Step | None:
    name, _, count = str(parse.value("step") or "").partition(" ")
    return Step(unit, int(count), Basis.DOCUMENT) if name == unit.value else None


def _day(parse: Parse) -> Expression | None:
    month, day, year = parse.number("month"), parse.number("dayno"), _year(parse)
    if month is None or day is None or day_of(_LEAP_YEAR, month, day) is None:
        return None
    if isinstance(year, Fixed):
        made = day_of(year.period.year, month, day)
        return Fixed(made) if made else None
    return Named(Unit.DAY, month, day, year=year)


def _month(parse: Parse) -> Expression | None:
    month, year = parse.number("month"), _year(parse)
    if month is None or not 1 <= month <= 12:
        return None
    if isinstance(year, Fixed):
        return part_of(parse, Fixed(month_period(year.period.year, month)))
    return part_of(parse, Named(Unit.MONTH, month, year=year))


def _days(parse: Parse) -> Expression | None:
    """Read days of one or two months: "10月15日至20日", "5月12日から6月3日"."""
    months, days, year = parse.numbers("month"), parse.numbers("dayno"), parse.number("yearno")
    if len(days) != 2 or not months:
        return None
    low, high = (months[0], days[0]), (months[-1], days[1])
    if day_of(_LEAP_YEAR, *low) is None or day_of(_LEAP_YEAR, *high) is None or (len(months) == 1 and low >= high):
        return None
    if year is None:
        return Range(Named(Unit.DAY, *low), Named(Unit.DAY, *high), parse.gap())
    first, last = day_of(year, *low), day_of(year if low <= high else year + 1, *high)
    return Range(Fixed(first), Fixed(last), parse.gap()) if first and last else None


def _years(parse: Parse) -> Expression | None:
    low, high = parse.numbers("yearno")
    return Range(Fixed(year_period(low)), Fixed(year_period(high)), parse.gap()) if low < high else None


def _whole_year(parse: Parse) -> Expression | None:
    year = _year(parse)
    number = parse.number("fiscalcode")
    if number is not None:
        return Fixed(year_period(number), is_loose=True)
    is_said = parse.has("yearword", "early", "mid", "late", "step") or not parse.texts("yearno")[0].isdecimal()
    return part_of(parse, year) if year is not None and is_said else None


def _part_of_year(parse: Parse) -> Expression | None:
    year = _year(parse)
    unit, count = (Unit.QUARTER, 4) if parse.has("quarter") else (Unit.HALF, 2)
    if parse.has("season"):
        unit, count = Unit.SEASON, 4
    number = parse.number("quarter", "half", "season")
    if number is None or year is None:
        return None
    index = number if unit is Unit.SEASON else number - 1
    if isinstance(year, Fixed):
        return Fixed(Period(unit, year.period.year * count + index))
    return Named(unit, index, year=year)


def _decade(parse: Parse) -> Expression | None:
    decade, short = parse.number("decade"), parse.number("shortdecade")
    if decade is None and short is not None:
        decade = (1900 + short) // 10
    if decade is None:
        return None
    return part_of(parse, Fixed(Period(Unit.DECADE, decade)))


def _weekday(parse: Parse) -> Expression | None:
    number = parse.number("weekday")
    return Named(Unit.DAY, number) if number is not None else None


def _today(parse: Parse) -> Expression | None:
    days = parse.number("today")
    return Step(Unit.DAY, days, Basis.DOCUMENT) if days is not None else None


def _step(parse: Parse) -> Expression | None:
    name, _, count = str(parse.value("step")).partition(" ")
    return part_of(parse, Step(Unit(name), int(count), Basis.DOCUMENT))


def _day_of_month(parse: Parse) -> Expression | None:
    """Read a day of this month or a month beside it: "今月30日"."""
    step, day = _step_of(parse, Unit.MONTH), parse.number("dayno")
    return Stretch(Unit.DAY, 1, day, step) if step is not None and day is not None and 1 <= day <= 31 else None


def _ago(parse: Parse) -> Expression | None:
    unit, text = parse.value("agounit"), parse.tokens[0].text
    return (
        Shift(-int(text), unit, Basis.DOCUMENT)
        if isinstance(unit, Unit) and text.isdecimal() and len(text) < 4
        else None
    )


def _fiscal(parse: Parse) -> Expression | None:
    step = parse.number("fiscal")
    return Step(Unit.YEAR, step, Basis.DOCUMENT) if step is not None else None


_YEAR = "(?:(?:yearword|of)* yearno of?|step)"
_TO = "(?:to|hyphen)"
_PART = "(?:early|mid|late)"
UNDIVIDED_RULES = (
    Rule("date in figures", "isodate suffix?|numericdate", _figures),
    Rule("day, month and year", f"{_YEAR} month dayno suffix?", _day),
    Rule("day, month and year", f"dayword? dayno month {_YEAR}", _day),
    Rule("day and month", "month dayno suffix?|dayword? dayno month", _day),
    Rule("days of a month", f"{_YEAR}? month dayno suffix? {_TO} month? dayno suffix?", _days),
    Rule("days of a month", f"dayword? dayno {_TO} dayno month (?:{_YEAR})?", _days),
    Rule("month and year", f"{_YEAR} month {_PART}?|monthword? month {_YEAR}", _month),
    Rule("month", f"month {_PART}|monthword month|month", _month),
    Rule("years", f"yearno {_TO} yearno", _years),
    Rule("year", f"{_PART}? {_YEAR} {_PART}?|fiscalcode", _whole_year),
    Rule("part of a year", f"{_YEAR} (?:quarter|half|season)|(?:quarter|half) {_YEAR}", _part_of_year),
    Rule("decade", f"(?:decade|shortdecade) {_PART}?", _decade),
    Rule("weekday", "weekday", _weekday),
    Rule("day by today", "today", _today),
    Rule("time ago", "(?:dayno|digits) agounit", _ago),
    Rule("day of a month", "step dayno", _day_of_month),
    Rule("fiscal year", "fiscal", _fiscal),
    Rule("period next to ours", f"step {_PART}?", _step),
)
