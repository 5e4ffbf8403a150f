"""Words of a language around a date that decide whether and when it is one: prepositions, verbs, repeated days."""

import re
from collections.abc import Mapping, Sequence
from functools import cached_property

from index.normalize.dates.language_tables import TableRow, is_abbreviation
from index.normalize.dates.tense import Tense

__all__ = ["Around"]

_SENTENCE_END = re.compile(r"[.!?。！？؟][\"'”’»)]*\s+(?=[^\W\d_a-zà-ÿа-я])|\n\s*\n|[。！？]")
_CLAUSE_STOP = re.compile(r"[，、。]|[,;:—]\s|[.!?]\s|\n")
_SAID = (Tense.PAST, Tense.FUTURE)
_VERB_REACH = 120
_LAST_LIKELY_YEAR, _FIRST_LIKELY_YEAR = 2049, 1900
_LAST_HOUR, _MINUTES = 24, 60
# "2030 GMT", "de 1900 à 2000 UTC"
_CLOCK_AFTER = re.compile(r"(?:\s?\S{1,3}\s?\d{4})?\s?(?:GMT|UTC|MSK|[A-Z]{2,4}T|МСК|мск|h|hs|hrs)(?!\w)")
_JOINED = frozenset("-./,$€£")
_RANGE_BEFORE = re.compile(r"(?<!\d)(\d{4})\s?[-–—/]\s?$")
_RANGE_AFTER = re.compile(r"\s?[-–—/]\s?(\d{4})(?!\d)")
_PREFIX_WITH_HYPHEN = re.compile(r"(?<=[\u05d0-\u05ea])-$")  # In Hebrew, figures are joined to a preposition.
_CLAUSE_END = re.compile(r"\s*(?:[,.;:!?)\]»”\"–—-]|$|\n)")


class Around:
    """The rows of a table that say what stands around dates, compiled when first used."""

    def __init__(self, rows: Sequence[TableRow], *, divided: bool = True) -> None:
        self._forms: Mapping[str, tuple[str, ...]] = {kind: forms for kind, _, forms in rows}
        self._values: Mapping[str, str] = {kind: value for kind, value, _ in rows}
        self._divided = divided
        self._abbreviations = frozenset(
            form for kind, _, forms in rows if kind == "month" for form in forms if is_abbreviation(form, forms)
        )
        self._patterns: dict[str, re.Pattern[str]] = {}

    @property
    def has_capital_months(self) -> bool:
        """True when months may be written with a capital letter."""
        return self.writes_capitals or self._values.get("capitalmonths") == "1"

    @property
    def writes_capitals(self) -> bool:
        """True when weekdays are written with a capital letter."""
        return self._values.get("capitals") == "1"

    def is_after(self, kind: str, left: str) -> bool:
        """True when a word of a kind stands directly before."""
        return self._pattern(kind, before=True).search(left) is not None

    def is_before(self, kind: str, right: str) -> bool:
        """True when a word of a kind follows directly."""
        return self._pattern(kind, before=False).match(right) is not None

    def has(self, kind: str) -> bool:
        """True when the language has words of a kind."""
        return bool(self._forms.get(kind))

    def is_abbreviation(self, month: str) -> bool:
        """True for a short name of a month without its dot, which is often another word."""
        return month.lower() in self._abbreviations

    def opening(self, kind: str, left: str) -> str | None:
        """Return the words of a kind directly before, with the whitespace after them; None without any."""
        found = self._pattern(kind, before=True).search(left)
        return found[0] if found else None

    def fills(self, kinds: Sequence[str], gap: str) -> bool:
        """True when a gap between two dates is one word of the kinds, perhaps with an article."""
        words = gap.strip(" ,-\n").lower().replace("’", "'")
        return any(words in self._forms.get(kind, ()) or self._with_article(words, kind) for kind in kinds)

    def _with_article(self, words: str, kind: str) -> bool:
        articles = self._forms.get("the", ())
        return any(words == f"{form} {article}" for form in self._forms.get(kind, ()) for article in articles)

    def is_year(self, number: int, left: str, right: str) -> bool:
        """True when a number of four figures without a word for year is one, by the words around it."""
        left = _PREFIX_WITH_HYPHEN.sub(" ", left)
        if left[-1:] in _JOINED and not _RANGE_BEFORE.search(left):
            return False
        if self._is_numbered(left):
            return False
        if re.match(r"[.,]\d|\s?(?:%|€|\$|£|°)", right) or (_is_clock(number) and _CLOCK_AFTER.match(right)):
            return False
        before = _RANGE_BEFORE.search(left)
        if before is not None and (int(before[1]) >= number or self._is_numbered(left[: before.start()])):
            return False
        if before is not None:
            rest = f"{left[before.start(1) + 4 :]}{number}{right}"
            return self.is_year(int(before[1]), left[: before.start()], rest)
        if any(self.is_before(kind, right) for kind in ("afteryear", "yearword", "eraword")):
            return True
        following = _RANGE_AFTER.match(right) or self._year_after_word().match(right)
        if following is not None:
            if int(following[1]) == number + 1 and _RANGE_AFTER.match(right):
                return True  # "la saison 2019-2020"
            return number < int(following[1]) and self.is_year(int(following[1]), left, right[following.end() :])
        is_ended = _CLAUSE_END.match(right) is not None or self.is_before("functions", right)
        is_likely = _FIRST_LIKELY_YEAR <= number <= _LAST_LIKELY_YEAR and number % 100 != 0
        if re.search(r"[(\[]$", left) and re.match(r"[)\],–-]", right):
            return is_likely or number > 1000
        if self.is_after("beforeyear", left):
            return is_ended or (is_likely and not self._is_counted(right))
        return self._values.get("bareyear") == "1" and is_ended

    def _is_numbered(self, left: str) -> bool:
        return self.is_after("numbered", left) or re.search(r"[§№°º#]\s?$", left) is not None

    def _year_after_word(self) -> re.Pattern[str]:
        """Return the pattern for the second year of "1914 ile 1918"."""
        if "year after word" not in self._patterns:
            words = "|".join(_spell(form) for kind in ("to", "and") for form in self._forms.get(kind, ()))
            self._patterns["year after word"] = re.compile(rf"\s(?:{words or '(?!)'})\s(\d{{4}})(?!\d)", re.IGNORECASE)
        return self._patterns["year after word"]

    def _is_counted(self, right: str) -> bool:
        """True before a noun or adjective in a language that writes nouns with a capital letter."""
        if self._values.get("bareyear") != "1" or self.is_before("functions", right):
            return False
        return re.match(r"\s+(?:[A-ZÄÖÜ]|[a-zäöüß]+e[nrsm]?\b)", right) is not None

    def tense_at(self, text: str, start: int, end: int) -> Tense:
        """Return the tense of the verb that is nearest to a date in its clause: before it, or else after it.

        In languages whose verbs stand last, those after the date count first. Words such as "by" mean the future where
        no verb says otherwise.
        """
        left = text[max(0, start - _VERB_REACH) : start]
        cuts = [match.end() for match in _SENTENCE_END.finditer(left)]
        left = left[cuts[-1] :] if cuts else left
        right = text[end : end + _VERB_REACH]
        stop = (_SENTENCE_END if self._verb_last else _CLAUSE_STOP).search(right)
        right = right[: stop.start() + 1] if stop else right
        before = {tense: [len(left) - verb.end() for verb in self._verbs(tense).finditer(left)] for tense in _SAID}
        after = {tense: [verb.start() for verb in self._verbs(tense).finditer(right)] for tense in _SAID}
        for side in (after, before) if self._verb_last else (before, after):
            distances = [(min(found), tense) for tense, found in side.items() if found]
            if distances:
                return min(distances)[1]
        return Tense.FUTURE if self.is_after("by", left) else Tense.NONE

    @cached_property
    def _verb_last(self) -> bool:
        return self._values.get("verbafter") == "1"

    def _verbs(self, tense: Tense) -> re.Pattern[str]:
        kind = tense.value
        if kind not in self._patterns:
            forms = [
                re.escape(form).replace(r"\*", r"\w+").replace(r"\ ", r"\s+") for form in self._forms.get(kind, ())
            ]
            words = "|".join(forms) or "(?!)"
            border = (r"(?<!\w)", r"(?!\w)") if self._divided else ("", "")
            self._patterns[kind] = re.compile(f"{border[0]}(?:{words}){border[1]}", re.IGNORECASE)
        return self._patterns[kind]

    def _pattern(self, kind: str, *, before: bool) -> re.Pattern[str]:
        key = f"{kind} {before}"
        if key not in self._patterns:
            forms = sorted(self._forms.get(kind, ()), key=len, reverse=True)
            words = "|".join(_spell(form) for form in forms) or "(?!)"
            self._patterns[key] = re.compile(self._placed(words, before=before), re.IGNORECASE)
        return self._patterns[key]

    def _placed(self, words: str, *, before: bool) -> str:
        if not self._divided:
            return rf"(?:{words})\s*$" if before else rf"\s*(?:{words})"
        if before:
            return rf"(?<!\w)(?:{words})(?:(?<=['’])|[\s-]\s*)(?:{self._articles}\s*)?$"
        return rf"\s*(?:{words})(?!\w)"

    @cached_property
    def _articles(self) -> str:
        return "(?:" + ("|".join(map(_spell, self._forms.get("the", ()))) or "(?!)") + ")"


def _is_clock(number: int) -> bool:
    return number // 100 <= _LAST_HOUR and number % 100 < _MINUTES


def _spell(form: str) -> str:
    return re.escape(form).replace("'", "['’]").replace(r"\ ", r"\s+")
