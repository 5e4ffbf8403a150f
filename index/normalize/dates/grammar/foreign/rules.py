"""Rules for dates in languages other than English: days, months, years, weekdays, and what is counted from now."""

import re

from index.normalize.dates.calendar import Period, Unit, day_period, month_period, year_period
from index.normalize.dates.expressions import Basis, Expression, Fixed, Named, Range, Repeat, Shift, Step
from index.normalize.dates.grammar.figures import code_year, day_of, day_of_figures
from index.normalize.dates.grammar.foreign.around import Around
from index.normalize.dates.grammar.foreign.parts import make_part_rules
from index.normalize.dates.grammar.rules import Parse, Rule
from index.normalize.dates.grammar.years import part_of
from index.normalize.dates.holidays import holiday

__all__ = ["make_rules"]

_SENTENCE_START = re.compile(r"(?:^|[.!?:…\n–—-]\s*|[«»„“”\"'‘(]\s*)$")
_RANGE_AFTER = re.compile(r"[-–—/]\d|\s?[-–—/]\s?(?:1\d|20)\d\d(?!\d)")
_CLAUSE_END = re.compile(r"\s*(?:[.,;:)\]]|\n|$)")
_LEAP_YEAR = 2000
_LAST_CENTURY_DECADES = 20
_LAST_CENTURY = 30
_WINTER = 0
_OF = "(?:of|the)*"
_DAY = "(?:dayno|ordinal) dot?"
_TO = "(?:hyphen|slash|to hyphen?|and|or)"
_YEAR = "(?:comma|of|the)* (?:yearword the?)? yearno (?:yearword|eraword)?"
_WEEKDAY = "(?:weekday comma? (?:the|on|of)* dayword? (?:the|of)*)?"
_PART = "(?:(?:early|mid|late) (?:of|the|hyphen)*)?"
_STEP = "(?:this|last|next)"
_NUMBERED = "(?:(?:roman|dayno) dot?|ordinal)"
_UNIT = "(?:unit|yearword|eraword)"
_UNITS = ("unit", "yearword", "eraword")


def make_rules(around: Around) -> tuple[Rule, ...]:
    """Return the rules for a language with these words around its dates."""
    days, years, relative = _Days(around), _Years(around), _Relative(around)
    return (
        *make_part_rules(years.decade, years.century),
        Rule("date in figures", f"{_WEEKDAY} (?:isodate|numericdate|nameddate)", _figures),
        Rule("date in figures", "dayword shortdate", _short_date),
        Rule(
            "day, month and year", f"{_WEEKDAY} the? {_DAY} {_OF} month {_YEAR} (?:comma? weekday dayword?)?", days.day
        ),
        Rule("month, day and year", "month dayno (?:comma|of)* yearno", days.day),
        Rule("day and month", f"{_WEEKDAY} the? {_DAY} {_OF} month {_STEP}?", days.day),
        Rule("date with a month's name", "dayno hyphen month dot? hyphen (?:yearno|dayno|digits)", days.joined),
        Rule("day and month", f"{_WEEKDAY} the? {_DAY} {_OF} month dot? (?:dayno|digits)", days.with_short_year),
        Rule("date in another language", f"{_DAY} {_OF} foreignmonth {_YEAR}", _foreign),
        Rule("days of a month", f"the? {_DAY} {_TO} the? {_DAY} {_OF} month (?:{_YEAR})?", days.days),
        Rule(
            "days of two months",
            f"the? {_DAY} {_OF} month (?:hyphen|to) the? {_DAY} {_OF} month (?:{_YEAR})?",
            days.days_of_months,
        ),
        Rule("months", f"month {_TO} the? month (?:{_YEAR})?", days.months),
        Rule("month and year", f"{_PART} month {_YEAR} (?:early|mid|late)?", days.month),
        Rule("month and year", "month yearno suffix (?:early|mid|late)", days.month),
        Rule("month", f"{_PART} {_STEP}? month (?:monthword|{_STEP})? (?:early|mid|late)?", days.month),
        Rule("season", f"{_PART} {_STEP}? (?:season|adverb) (?:{_YEAR}|{_STEP})?", days.season),
        Rule("season", "yearno (?:yearword|suffix)? season", days.season),
        Rule(
            "season",
            f"(?:season|adverb) {_OF} yearno (?:hyphen|slash) (?:yearno|dayno|digits) (?:yearword|eraword)?",
            days.season_over_years,
        ),
        Rule("holiday", f"holiday {_OF} (?:yearword the?)? yearno yearword?", _holiday),
        Rule(
            "quarter",
            f"(?:ordinal|roman|dayno dot?) quarter (?:{_YEAR}|{_STEP} {_UNIT}|{_UNIT} {_STEP})?",
            years.quarter,
        ),
        Rule("quarter", f"yearno suffix? yearword? {_OF} (?:ordinal|roman|dayno dot?) quarter", years.quarter),
        Rule("part of a year", "(?:quartercode|halfcode) (?:comma|of|the|slash)* (?:yearno|codedyear)", years.coded),
        Rule("part of a year", "quartercode|halfcode", years.coded),
        Rule("half year", f"(?:ordinal|roman|dayno dot?) half (?:{_YEAR})?|ordinal mid {_YEAR}", years.half),
        Rule("half year", f"yearno suffix? yearword? {_OF} (?:ordinal|roman|dayno dot?) half", years.half),
        Rule(
            "decade",
            f"{_PART} eraword {_OF} (?:decadeword|number|dayno|digits|codedyear|decade|shortdecade|yearno)",
            years.decade,
        ),
        Rule(
            "decade",
            f"{_PART} decadename {_OF} (?:eraword {_OF})? (?:decadeword|decade|shortdecade|yearno)",
            years.decade,
        ),
        Rule("decade", f"{_PART} (?:decadeword|decade|shortdecade) eraword", years.decade),
        Rule("decade", f"{_PART} (?:decade|shortdecade)", years.decade),
        Rule("year", f"{_PART} (?:yearword|eraword)? yearno yearword? (?:early|mid|late)?", years.year),
        Rule("year", "yearno suffix (?:early|mid|late)", years.year),
        Rule("years", "yearno (?:hyphen|slash) (?:digits|dayno) (?:yearword|eraword)?", years.short_range),
        Rule("years", f"eraword {_OF} yearno (?:to|hyphen) the? yearno", years.whole_range),
        Rule("year before Christ", "(?:yearno|digits|dayno) yearword? bc", years.before_christ),
        Rule("year before Christ", "bc (?:yearno|digits|dayno)", years.before_christ),
        Rule("century", f"{_PART} century {_NUMBERED}", years.century),
        Rule("century", f"{_PART} {_NUMBERED} century", years.century),
        Rule("centuries", f"century {_NUMBERED} (?:hyphen|and|to) the? {_NUMBERED}", years.centuries),
        Rule("centuries", f"{_NUMBERED} (?:hyphen|and|to) the? {_NUMBERED} century", years.centuries),
        Rule("day by today", "today", relative.today),
        Rule("period next to ours", "step", relative.named_step),
        Rule("period next to ours", f"{_PART} (?:{_STEP} {_UNIT}|{_UNIT} {_STEP})", relative.step),
        Rule("weekday", f"{_STEP}? weekday {_STEP}?", relative.weekday),
        Rule("time ago", f"ago (?:number|dayno) {_UNIT}|(?:number|dayno) {_UNIT} ago", relative.shift),
        Rule("time ahead", f"later (?:number|dayno) {_UNIT}", relative.shift),
    )


def _figures(parse: Parse) -> Expression | None:
    return day_of_figures(str(parse.value("isodate", "numericdate", "nameddate")))


def _short_date(parse: Parse) -> Expression | None:
    """Read a day and a month in figures after the word for day: "dia 7/8"."""
    day, month = (int(part) for part in str(parse.value("shortdate")).split("/"))
    return Named(Unit.DAY, month, day) if day_of(_LEAP_YEAR, month, day) else None


def _foreign(parse: Parse) -> Expression | None:
    day, month, year = parse.number("dayno", "ordinal"), parse.number("foreignmonth"), parse.number("yearno")
    made = day_of(year, month, day) if year and month and day else None
    return Fixed(made) if made else None


def _holiday(parse: Parse) -> Expression | None:
    """Read the day of a holiday in its year; without one, the words are names of people and places, too."""
    year = parse.number("yearno")
    is_of_two = _RANGE_AFTER.match(parse.right)  # "Silvester 2019/2020"
    day = holiday(str(parse.value("holiday")), year) if year and not is_of_two else None
    return Fixed(day_period(day)) if day else None


def _is_first_word(parse: Parse) -> bool:
    """True at the beginning of a sentence, unless a name follows."""
    return _SENTENCE_START.search(parse.left) is not None and not parse.right[1:2].isupper()


class _Days:
    """Builders for days, months and seasons."""

    def __init__(self, around: Around) -> None:
        self._around = around

    def day(self, parse: Parse) -> Expression | None:
        month, day, year = parse.number("month"), parse.number("dayno", "ordinal"), parse.number("yearno")
        if month is None or day is None or day_of(_LEAP_YEAR, month, day) is None:
            return None
        if year is None:
            step = parse.number("this", "last", "next")
            return Named(Unit.DAY, month, day, step=step, weekday=parse.number("weekday"))
        made = day_of(year, month, day)
        return Fixed(made) if made else None

    def joined(self, parse: Parse) -> Expression | None:
        """Read a day whose parts hyphens join, also with two figures for the year: "14-okt-2011", "14-okt-11"."""
        month, day, year = parse.number("month"), parse.number("dayno"), code_year(parse.tokens[-1].text)
        text = "".join(token.text for token in parse.tokens)
        if month is None or day is None or year is None or parse.tokens[-1].end - parse.tokens[0].start > len(text):
            return None
        made = day_of(year, month, day)
        return Fixed(made) if made else None

    def with_short_year(self, parse: Parse) -> Expression | None:
        """Read a day with two figures for the year, behind which the clause ends: "14. Okt 11."."""
        month, day = parse.number("month"), parse.number("dayno", "ordinal")
        text = parse.tokens[-1].text
        if month is None or day is None or len(text) != 2 or _CLAUSE_END.match(parse.right) is None:
            return None
        year = code_year(text)
        made = day_of(year, month, day) if year is not None else None
        return Fixed(made) if made else None

    def days(self, parse: Parse) -> Expression | None:
        month, days, year = parse.number("month"), parse.numbers("dayno", "ordinal"), parse.number("yearno")
        if month is None or len(days) != 2 or days[0] >= days[1]:
            return None
        return self._range(parse, (month, days[0]), (month, days[1]), year)

    def days_of_months(self, parse: Parse) -> Expression | None:
        months, days, year = parse.numbers("month"), parse.numbers("dayno", "ordinal"), parse.number("yearno")
        if len(months) != 2 or len(days) != 2:
            return None
        return self._range(parse, (months[0], days[0]), (months[1], days[1]), year)

    def _range(self, parse: Parse, low: tuple[int, int], high: tuple[int, int], year: int | None) -> Expression | None:
        if day_of(_LEAP_YEAR, *low) is None or day_of(_LEAP_YEAR, *high) is None:
            return None
        if year is None:
            return Range(Named(Unit.DAY, *low), Named(Unit.DAY, *high), parse.gap())
        first, last = day_of(year if low <= high else year - 1, *low), day_of(year, *high)
        return Range(Fixed(first), Fixed(last), parse.gap()) if first and last else None

    def months(self, parse: Parse) -> Expression | None:
        low, high = parse.numbers("month")
        year = parse.number("yearno")
        if year is not None:
            return Range(
                Fixed(month_period(year if low <= high else year - 1, low)),
                Fixed(month_period(year, high)),
                parse.gap(),
            )
        is_said = (
            parse.has("hyphen")
            or self._around.is_after("beforemonth", parse.left)
            or self._around.is_after("from", parse.left)
            or self._around.is_after("between", parse.left)
        )
        return Range(Named(Unit.MONTH, low), Named(Unit.MONTH, high), parse.gap()) if is_said else None

    def month(self, parse: Parse) -> Expression | None:
        month, year = parse.number("month"), parse.number("yearno")
        word = parse.texts("month")[0]
        if month is None or self._around.is_abbreviation(word):
            return None
        is_capital = word.istitle() and not self._around.has_capital_months
        if is_capital and parse.tokens[0].text == word and not _is_first_word(parse):
            return None  # "Clínica Mayo"
        if year is not None:
            return part_of(parse, Fixed(month_period(year, month)))
        if not parse.has("early", "mid", "late", "this", "last", "next", "monthword") and not self._is_month(parse):
            return None
        return part_of(parse, Named(Unit.MONTH, month, step=parse.number("this", "last", "next")))

    def _is_month(self, parse: Parse) -> bool:
        if self._around.has("aftermonth"):
            return self._around.is_before("aftermonth", parse.right)
        return self._around.is_after("beforemonth", parse.left)

    def season(self, parse: Parse) -> Expression | None:
        number, year = parse.number("season", "adverb"), parse.number("yearno")
        if number is None:
            return None
        if year is not None:
            return part_of(parse, Fixed(Period(Unit.SEASON, year * 4 + number)))
        step = parse.number("this", "last", "next")
        is_said = step is not None or parse.has("adverb", "early", "mid", "late")
        if not is_said and not self._around.is_after("beforemonth", parse.left):
            return None
        return part_of(parse, Named(Unit.SEASON, number, step=step))

    def season_over_years(self, parse: Parse) -> Expression | None:
        number, years = parse.number("season", "adverb"), parse.numbers("yearno")
        following = years[1] % 100 if len(years) > 1 else parse.number("dayno")
        text = parse.texts("digits")
        following = int(text[0]) if following is None and text and text[0].isdecimal() else following
        if number is None or following != (years[0] + 1) % 100:
            return None
        if number == _WINTER:
            return Fixed(Period(Unit.SEASON, (years[0] + 1) * 4))
        return Range(Fixed(year_period(years[0])), Fixed(year_period(years[0] + 1)), parse.gap())


class _Years:
    """Builders for years, and for units that are longer or counted in a year."""

    def __init__(self, around: Around) -> None:
        self._around = around

    def year(self, parse: Parse) -> Expression | None:
        number = parse.number("yearno")
        if number is None:
            return None
        is_said = parse.has("yearword", "eraword", "early", "mid", "late")
        if not is_said and not self._around.is_year(number, parse.left, parse.right):
            return None
        return part_of(parse, Fixed(year_period(number)))

    def short_range(self, parse: Parse) -> Expression | None:
        low, rest, gap = parse.number("yearno"), parse.texts("digits", "dayno"), parse.gap()
        if low is None or len(rest[0]) != 2 or not rest[0].isdecimal() or gap[1] - gap[0] != 1:
            return None
        if parse.right.startswith("/"):
            return None  # "Richtlinie 2004/38/EG"
        high = low - low % 100 + int(rest[0])
        return Range(Fixed(year_period(low)), Fixed(year_period(high)), gap) if high > low else None

    def whole_range(self, parse: Parse) -> Expression | None:
        low, high = parse.numbers("yearno")
        return Range(Fixed(year_period(low)), Fixed(year_period(high)), parse.gap()) if low < high else None

    def before_christ(self, parse: Parse) -> Expression | None:
        text = parse.texts("yearno", "digits", "dayno")[0]
        return Fixed(year_period(-int(text))) if text.isdecimal() and len(text) <= 4 else None

    def quarter(self, parse: Parse) -> Expression | None:
        return self._part_of_year(parse, Unit.QUARTER, 4)

    def half(self, parse: Parse) -> Expression | None:
        return self._part_of_year(parse, Unit.HALF, 2)

    def coded(self, parse: Parse) -> Expression | None:
        """Read a quarter or half year by its letter: "T3 2019", "3T19", "S1 2020"."""
        unit, count = (Unit.QUARTER, 4) if parse.has("quartercode") else (Unit.HALF, 2)
        number, _, short = str(parse.value("quartercode", "halfcode")).partition(" ")
        year = parse.number("yearno")
        if year is not None and short:
            return None  # "3T19, 2020": two dates
        if year is None:
            year = code_year(short or f"{parse.number('codedyear') or ''}")
        return Fixed(Period(unit, year * count + int(number) - 1)) if year is not None else None

    def _part_of_year(self, parse: Parse, unit: Unit, count: int) -> Expression | None:
        number, year = parse.number("ordinal", "roman", "dayno"), parse.number("yearno")
        if parse.value("half"):
            return None  # The half of a month.
        if number is None or not 1 <= number <= count:
            return None
        if year is not None:
            return Fixed(Period(unit, year * count + number - 1))
        step = parse.number("this", "last", "next") if parse.value(*_UNITS) is Unit.YEAR else None
        of_year = Step(Unit.YEAR, step, Basis.DOCUMENT) if step is not None else None
        return Named(unit, number - 1, year=of_year) if of_year or unit is Unit.QUARTER else None

    def decade(self, parse: Parse) -> Expression | None:
        decade, year = parse.number("decade"), parse.number("yearno")
        if _RANGE_AFTER.match(parse.right):
            return None  # "w latach 1990-1995"
        if decade is None and year is not None:
            decade = year // 10 if year % 10 == 0 else None
        short = parse.number("decadeword", "number", "shortdecade", "codedyear", "dayno")
        if decade is None and short is not None and short % 10 == 0:
            decade = (1900 + short if short >= _LAST_CENTURY_DECADES else 2000 + short) // 10
        if decade is None and (digits := parse.texts("digits")) and digits[0].isdecimal() and len(digits[0]) == 2:
            decade = (1900 + int(digits[0])) // 10 if int(digits[0]) % 10 == 0 else None
        return part_of(parse, Fixed(Period(Unit.DECADE, decade))) if decade is not None else None

    def century(self, parse: Parse) -> Expression | None:
        number = parse.number("roman", "ordinal", "dayno")
        if number is None or not 1 <= number <= _LAST_CENTURY:
            return None
        return part_of(parse, Fixed(Period(Unit.CENTURY, number - 1)))

    def centuries(self, parse: Parse) -> Expression | None:
        numbers = parse.numbers("roman", "ordinal", "dayno")
        if len(numbers) != 2 or not 1 <= numbers[0] < numbers[1] <= _LAST_CENTURY:
            return None
        low, high = (Fixed(Period(Unit.CENTURY, number - 1)) for number in numbers)
        return Range(low, high, parse.gap())


class _Relative:
    """Builders for dates that are counted from the day of publication."""

    def __init__(self, around: Around) -> None:
        self._around = around

    def today(self, parse: Parse) -> Expression | None:
        days = parse.number("today")
        return Step(Unit.DAY, days, Basis.DOCUMENT) if days is not None else None

    def named_step(self, parse: Parse) -> Expression | None:
        name, _, count = str(parse.value("step")).partition(" ")
        return Step(Unit(name), int(count), Basis.DOCUMENT)

    def step(self, parse: Parse) -> Expression | None:
        unit, step = parse.value(*_UNITS), parse.number("this", "last", "next")
        if not isinstance(unit, Unit) or step is None or unit is Unit.DAY:
            return None
        return part_of(parse, Step(unit, step, Basis.DOCUMENT))

    def weekday(self, parse: Parse) -> Expression | None:
        number, step = parse.number("weekday"), parse.number("this", "last", "next")
        if number is None:
            return None
        if step is None and self._around.is_after("habitual", parse.left):
            return Repeat(f"XXXX-WXX-{number + 1}")
        if (
            step is None
            and self._around.has("afterweekday")
            and not self._around.is_before("afterweekday", parse.right)
        ):
            return None
        word = parse.texts("weekday")[0]
        if len(word.rstrip(".")) <= 2:
            return None
        if (
            step is None
            and self._around.has("beforeweekday")
            and not self._around.is_after("beforeweekday", parse.left)
        ):
            return None
        if word.istitle() and not self._around.writes_capitals and not _is_first_word(parse):
            return None  # "Plácido Domingo", in languages that write weekdays without a capital letter.
        return Named(Unit.DAY, number, step=step)

    def shift(self, parse: Parse) -> Expression | None:
        unit, count = parse.value(*_UNITS), parse.number("number", "dayno")
        if not isinstance(unit, Unit) or count is None:
            return None
        is_ahead = parse.number("later") is not None
        return Shift(count if is_ahead else -count, unit, Basis.DOCUMENT)
