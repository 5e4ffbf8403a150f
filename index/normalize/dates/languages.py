"""The grammar and the words around dates of each language, made from its table when first used."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from index.normalize.dates.frames import ENGLISH_FRAME, ForeignFrame, Frame
from index.normalize.dates.grammar import absolute, durations, parts_of_years, relative, times, years
from index.normalize.dates.grammar.foreign.around import Around
from index.normalize.dates.grammar.foreign.lexicon import make_lexicon
from index.normalize.dates.grammar.foreign.rules import make_rules
from index.normalize.dates.grammar.foreign.undivided import UNDIVIDED_RULES, make_undivided_lexicon
from index.normalize.dates.grammar.rules import Grammar
from index.normalize.dates.grammar.tokens import ENGLISH
from index.normalize.dates.language_tables import LANGUAGES, UNDIVIDED, read_table
from index.normalize.dates.orders import DateOrder
from index.normalize.dates.tense import Tense, english_tense_at

__all__ = ["Language", "language_of"]

_ENGLISH = "en"
_PREFIXES = {"he": "בלמהוש", "ar": "وبلف"}


@dataclass(frozen=True, slots=True)
class Language:
    """Forms of dates in a language; `order` is that of day and month in figures, where there is only one."""

    grammar: Grammar
    frame: Frame
    tense_at: Callable[[str, int, int], Tense]
    order: DateOrder | None
    is_english: bool


def language_of(code: str | None) -> Language:
    """Return the language with an ISO 639-1 code; English for None and for languages without a table."""
    return _language(code if code in LANGUAGES or code in UNDIVIDED else _ENGLISH)


@cache
def _language(code: str) -> Language:
    if code == _ENGLISH:
        rules = (
            *absolute.RULES,
            *years.RULES,
            *parts_of_years.RULES,
            *relative.RULES,
            *times.RULES,
            *durations.RULES,
        )
        return Language(Grammar(ENGLISH, rules), ENGLISH_FRAME, english_tense_at, None, is_english=True)
    rows = read_table(code)
    around = Around(rows, divided=code not in UNDIVIDED)
    if code in UNDIVIDED:
        undivided = Grammar(make_undivided_lexicon(rows), UNDIVIDED_RULES, divided=False)
        return Language(undivided, ForeignFrame(around), around.tense_at, DateOrder.DAY_FIRST, is_english=False)
    grammar = Grammar(make_lexicon(rows, prefixes=_PREFIXES.get(code, "")), make_rules(around))
    return Language(grammar, ForeignFrame(around), around.tense_at, DateOrder.DAY_FIRST, is_english=False)
