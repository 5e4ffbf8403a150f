"""English words that dates are made of, each with its grammar class and its value."""

from index.normalize.dates.calendar import Part, Unit
from index.normalize.dates.grammar.lexicon import Value
from index.normalize.dates.holidays import HOLIDAYS

__all__ = ["ABBREVIATIONS", "GUARDED_MONTHS", "NUMBER_WORDS", "ORDINAL_WORDS", "WORDS"]

_MONTHS = (
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip
_WEEKDAYS = (
    "monday mondays mon", "tuesday tuesdays tues tue", "wednesday wednesdays wed", "thursday thursdays thurs thur thu",
    "friday fridays fri", "saturday saturdays sat", "sunday sundays sun",
)  # fmt: skip
_SMALL = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]

# Month names that are also other words need a capital letter, and alone also a word before them ("in May").
GUARDED_MONTHS = frozenset({"may", "march", "august", "mar", "dec", "jan", "jun"})
# Written with a dot that belongs to the word; "sun." and "sat." alone end a sentence more often than they name a day.
ABBREVIATIONS = tuple(
    "jan feb mar apr jun jul aug sept sep oct nov dec mon tues tue wed thurs thur thu fri sat sun".split()  # noqa: SIM905 - reads better
)
NUMBER_WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_SMALL, 1)},
    **{word: value * 10 for value, word in enumerate(_TENS, 2)},
    "hundred": 100,
    "thousand": 1000,
}
ORDINAL_WORDS: dict[str, int] = {word: value for value, word in enumerate(_ORDINALS, 1)}

_UNITS = {
    Unit.DAY: "day days",
    Unit.WEEK: "week weeks",
    Unit.MONTH: "month months",
    Unit.YEAR: "year years yr yrs",
    Unit.DECADE: "decade decades",
    Unit.CENTURY: "century centuries",
}
_CLOCK_UNITS = {"H": "hour hours hr hrs", "M": "minute minutes min mins", "S": "seconds secs"}
_DECADES = {
    20: "twenties", 30: "thirties", 40: "forties", 50: "fifties", 60: "sixties", 70: "seventies", 80: "eighties",
    90: "nineties",
}  # fmt: skip
_ZONES = (
    "gmt utc est edt cst cdt mst mdt pst pdt bst cet cest eet eest et ct pt ist msk hkt sgt jst kst wib aest aedt nzst "
    "nzdt sast eat wat cat pkt trt"
)
_DAY_PARTS = {
    "MO": "morning mornings dawn daybreak sunrise",
    "MI": "noon midday",
    "AF": "afternoon afternoons",
    "EV": "evening evenings dusk sunset",
    "NI": "night nights overnight midnight nighttime",
}
_CLASSES: dict[str, dict[str, Value]] = {
    "month": {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()},
    "weekday": {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split()},
    "season": {"winter": 0, "wintertime": 0, "spring": 1, "springtime": 1, "summer": 2, "summers": 2, "summertime": 2,
               "winters": 0, "fall": 3, "autumn": 3},
    "unit": {word: unit for unit, words in _UNITS.items() for word in words.split()},
    "weekend": {"weekend": Unit.WEEKEND, "weekends": Unit.WEEKEND},
    "quarter": {"quarter": Unit.QUARTER, "quarters": Unit.QUARTER},
    "half": {"half": Unit.HALF, "halves": Unit.HALF},
    "fortnight": {"fortnight": Unit.WEEK, "fortnights": Unit.WEEK},
    "decadeword": {word: number for number, words in _DECADES.items() for word in words.split()},
    "period": {"period": None, "moment": None, "time": None, "term": None},
    "clockunit": {word: letter for letter, words in _CLOCK_UNITS.items() for word in words.split()},
    "daypart": {word: code for code, words in _DAY_PARTS.items() for word in words.split()},
    "today": {"today": 0, "yesterday": -1, "tomorrow": 1},
    "tonight": {"tonight": 0},
    "this": {"this": 0, "current": 0, "these": 0},
    "that": {"that": 0, "same": 0, "those": 0},
    "last": {"last": -1, "past": -1},
    "prior": {"previous": -1, "preceding": -1, "prior": -1},
    "next": {"next": 1, "coming": 1, "upcoming": 1},
    "following": {"following": 1, "ensuing": 1, "subsequent": 1},
    "latest": {"latest": 0},
    "recent": {"recent": None},
    "ago": {"ago": -1},
    "earlier": {"earlier": -1, "beforehand": -1},
    "later": {"later": 1, "afterwards": 1, "afterward": 1, "hence": 1},
    "before": {"before": -1},
    "after": {"after": 1},
    "early": {"early": Part.EARLY},
    "mid": {"mid": Part.MID, "middle": Part.MID},
    "late": {"late": Part.LATE},
    "start": {"beginning": Part.START, "start": Part.START, "onset": Part.START},
    "end": {"end": Part.END, "close": Part.END},
    "each": {"each": None, "every": None, "per": None},
    "several": {"several": None, "few": None, "many": None, "couple": 2, "dozen": 12, "dozens": None},
    "number": dict(NUMBER_WORDS),
    "ordinal": dict(ORDINAL_WORDS),
    "fiscal": {"fiscal": None, "financial": None},
    "full": {"full": None},
    "a": {"a": 1, "an": 1},
    "the": {"the": None},
    "of": dict.fromkeys(("of", "de", "del", "di")),  # "5 de marzo de 2019"
    "in": {"in": None},
    "within": {"within": None},
    "at": {"at": None},
    "on": {"on": None},
    "and": {"and": None},
    "or": {"or": None},
    "to": {"to": None, "through": None, "thru": None},
    "more": {"more": None},
    "than": {"than": None},
    "less": {"less": None, "fewer": None},
    "nearly": {"nearly": None, "almost": None},
    "least": {"least": None, "most": None},
    "up": {"up": None},
    "no": {"no": None},
    "old": {"old": None},
    "long": {"long": None},
    "possessive": {"'s": None, "’s": None, "'": None, "’": None},
    "comma": {",": None},
    "hyphen": {"-": None, "–": None, "‑": None, "—": None},
    "slash": {"/": None},
    "dot": {".": None},
    "holiday": {name: name for name in HOLIDAYS},
    "oclock": {"o'clock": None, "o’clock": None},
    "meridiem": {"am": "am", "pm": "pm", "a.m.": "am", "p.m.": "pm", "a.m": "am", "p.m": "pm"},
    "zone": dict.fromkeys(_ZONES.split()),
    "bc": dict.fromkeys(("bc", "b.c.", "bce", "b.c.e.", "b.c")),
    "ad": dict.fromkeys(("ad", "a.d.", "ce", "c.e.")),
    "vague": {
        **dict.fromkeys(("now", "currently", "presently", "nowadays"), "PRESENT_REF"),
        **dict.fromkeys(("recently", "lately"), "PAST_REF"),
    },
    "reference": {"future": "FUTURE_REF"},
    "repeat": {
        "daily": "P1D", "weekly": "P1W", "monthly": "P1M",
    },
}  # fmt: skip

WORDS: dict[str, tuple[str, Value]] = {}
for _name, _members in _CLASSES.items():
    for _word, _value in _members.items():
        WORDS.setdefault(_word, (_name, _value))
