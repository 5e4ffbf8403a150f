"""Find currencies in a text: the signs, codes, names and minor units of the packs, looked up by their first letters."""

import re
import string
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from msgspec import Struct

from index.normalize.alternatives import one_of
from index.normalize.money.currencies.openings import LETTERS, Openings, is_unspaced
from index.normalize.money.currency_table import CurrencyTable, Guard, Unit, Written
from index.normalize.money.numbers.figures import BLANKS

__all__ = ["Currencies", "CurrencyMatch"]

_COUNTRY_REACH = 28  # Characters before a noun in which its nationality ends: the longest name and a space.
_FOLDED_LETTERS = re.compile(r"(?:[^\W\d_]|\u0307)+")  # The small letter of "İ" has its dot as a letter of its own.
_CODE_LETTERS = 3
_MOST_SIGN_LETTERS = 4
_LETTERS_BEFORE = re.compile(rf"(?<![^\W_])[A-Z][A-Za-z]{{0,{_MOST_SIGN_LETTERS - 1}}}$")
_BEFORE_NUMBER = frozenset(f"{string.digits}{BLANKS}")

_Row = Mapping[str, str]


class CurrencyMatch(Struct, frozen=True):
    """A currency in a text. `noun` is its name in small letters, empty for signs, codes and abbreviations.

    `national` is the code that a nationality before the noun gives it. `scale` turns the written number into major
    units: 0.01 for cents, 1000000 for "MUSD".
    """

    start: int
    end: int
    unit: Unit
    noun: str = ""
    national: str | None = None
    scale: Decimal = Decimal(1)

    @property
    def code(self) -> str | None:
        """The currency by itself; None when the word is shared ("pesos") and only the text can say whose it is."""
        return self.national or self.unit.default

    @property
    def written(self) -> Written:
        """The way in which it is written."""
        return self.unit.written

    @property
    def is_guarded(self) -> bool:
        """True for words and letters that mean something else as often (won, pounds, TRY)."""
        return self.unit.guard > Guard.NONE

    @property
    def is_open(self) -> bool:
        """True when the rest of the text may decide between currencies: several of them, without a firm default."""
        return self.national is None and not self.unit.is_firm and len(self.unit.codes) > 1


class Currencies:
    """A table of currencies, prepared for searching texts. Build it once.

    `prefixes` are the letters that a code or sign may have before it, with their factors: "MUSD", "k€".
    """

    def __init__(self, table: CurrencyTable, prefixes: Mapping[str, Decimal] | None = None) -> None:
        self.table = table
        self._prefixes = dict(prefixes or {})
        self._compile()

    @classmethod
    def from_rows(
        cls, rows: Iterable[_Row], words: Iterable[_Row] = (), prefixes: Mapping[str, Decimal] | None = None
    ) -> "Currencies":
        """Compile the rows of pack tables; the columns are explained in `packs/core/currencies.tsv`.

        The same rows give the same object. Raises `PackError` when a row has no code, or its number of digits is not a
        number.
        """
        frozen = (tuple(tuple(row.items()) for row in some) for some in (rows, words))
        return _compiled(*frozen, tuple((prefixes or {}).items()))

    def find(self, text: str) -> list[CurrencyMatch]:
        """Return every sign, code or name of a currency in the text, in order and disjoint; bare words included."""
        matches: list[CurrencyMatch] = []
        end = 0
        for start in self._openings.find(text):
            found = self._at(text, start) if start >= end else None
            if found is None:
                continue
            if matches and found.start <= matches[-1].start:
                matches.pop()  # The letters of "AUD$" are a code, but the sign is more.
            if not matches or found.start >= matches[-1].end:
                end = found.end
                matches.append(found)
        return matches

    def at(self, text: str, position: int) -> CurrencyMatch | None:
        """Return the currency that starts at the position, with a nationality before its name ("Canadian dollars")."""
        country = self._country.match(text, position)
        found = self._at(text, country.end() + 1) if country else None
        found = found or self._at(text, position)
        return found if found is not None and found.start == position else None

    def nationality(self, text: str, position: int, unit: Unit) -> tuple[str, int] | None:
        """Return the code and the end of a nationality at the position ("Canadian"), or None."""
        match = self._country.match(text, position)
        code = self._of_country(unit, match[0]) if match else None
        return (code, match.end()) if match and code else None

    def count_countries(self, text: str) -> Counter[str]:
        """Count for each currency the names of its country and people in the text."""
        countries = self.table.countries
        return Counter(code for match in self._country.finditer(text) for code in countries[_spaced(match[0])])

    def _compile(self) -> None:
        table = self.table
        marks = {form[-1] for form in table.exact if not form[-1].isalnum() and form[-1] not in "./"}
        by_run: dict[str, list[str]] = {}
        by_mark: dict[str, list[str]] = {mark: [] for mark in marks}
        folded: dict[str, list[str]] = {}
        for form in table.exact:
            letters = LETTERS.match(form)
            if letters is None or is_unspaced(form):
                by_mark.setdefault(form[0], []).append(form)
            elif form[-1] not in marks:
                by_run.setdefault(letters[0], []).append(form)
        for form in table.nouns:
            letters = _FOLDED_LETTERS.match(form)
            if letters is None or is_unspaced(form):
                by_mark.setdefault(form[0], []).append(form)
            else:
                folded.setdefault(letters[0], []).append(form)
        self._by_run, self._by_mark, self._folded = (_longest_first(forms) for forms in (by_run, by_mark, folded))
        glued = {f"{prefix}{code}": (f"{prefix}{code}",) for prefix in self._prefixes for code in table.codes}
        self._openings = Openings({**glued, **self._by_run}, self._folded, marks=by_mark)
        self._lettered = frozenset(form for form in table.exact if form[-1] in marks and form[0].isalpha())
        self._letters_before = range(max(map(len, self._lettered), default=1) - 1, 0, -1)
        # Parts that may be separated from a dollar sign: "US $5" and, in tokenized text, "us $ 5". Most single letters
        # may not: the A of "A $5 million deal" is an article.
        self._stems = {form.lower(): form for form in self._lettered if re.fullmatch(r"[^\W\d_].+\$|C\$", form)}
        self._prefix_before = re.compile(rf"(?<![^\W_])(?<!\.)\d+(?:[.,]\d+)?[ \u00a0]?({one_of(self._prefixes)})$")
        names = table.capitalized_countries()
        unspaced = one_of(name for name in names if is_unspaced(name))
        self._country = re.compile(rf"(?<!\w){one_of(names)}(?!\w)|{unspaced}")
        self._country_before = re.compile(rf"(?<!\w)({one_of(table.countries)})[\s-]+$")

    def _at(self, text: str, start: int) -> CurrencyMatch | None:
        letters = LETTERS.match(text, start)
        if letters is None or is_unspaced(letters[0]):
            is_mark = text[start : start + 1] in self._by_mark
            if not is_mark:
                return None
            return self._signed_at(text, start) or (
                None if self._is_foreign(text, start) else self._mark_at(text, start)
            )
        run = letters[0]
        best = ""
        for form in self._by_run.get(run, ()):
            if text.startswith(form, start) and _ends_word(text, form, start + len(form)):
                is_before_number = len(form) > 1 or form.islower() or text[start + 1 : start + 2] in _BEFORE_NUMBER
                best = form if is_before_number else ""
                break
        for form in self._folded.get(run.lower(), ()):
            if len(form) <= len(best):
                break
            if (form_end := _match_folded(text, start, form)) is not None:
                return self._named(text, start, form_end, form)
        if best:
            unit = self.table.exact[best]
            return CurrencyMatch(start, start + len(best), unit, scale=unit.scale)
        scale = self._prefixes.get(run[:-_CODE_LETTERS])
        glued = self.table.exact.get(run[-_CODE_LETTERS:]) if scale else None
        return CurrencyMatch(start, letters.end(), glued, scale=scale) if glued and scale else None

    def _signed_at(self, text: str, sign: int) -> CurrencyMatch | None:
        """Read a sign with letters before it: "US$", "us$", "GH₵", "us $ 5", and a prefix of a number, "5 M€"."""
        before = text[sign - 1 : sign]
        if before.isspace():
            return self._separated_at(text, sign)
        if not before.isalpha() and before != ".":
            return None
        unit = self.table.exact.get(text[sign])
        prefix = self._prefix_before.search(text, max(0, sign - 2 * _COUNTRY_REACH), sign)
        if unit is not None and prefix is not None:
            own = self._mark_at(text, sign) or CurrencyMatch(sign, sign + 1, unit)  # "5 M$ CA"
            return CurrencyMatch(prefix.start(1), own.end, own.unit, scale=self._prefixes[prefix[1]])
        for length in self._letters_before:
            start = sign - length
            written = text[start : sign + 1] if start >= 0 else ""
            form = written if written in self._lettered else self._stems.get(written.lower())
            if form and not text[start - 1 : start].isalpha():
                unit = self.table.exact[form]
                return CurrencyMatch(start, sign + 1, unit, scale=unit.scale)
        return None

    def _is_foreign(self, text: str, sign: int) -> bool:
        """True for the sign of a currency that the table does not have: "Arg$5bn" is no sum in dollars."""
        before = _LETTERS_BEFORE.search(text, max(0, sign - _MOST_SIGN_LETTERS - 1), sign)
        return before is not None and before[0] not in self.table.exact

    def _separated_at(self, text: str, sign: int) -> CurrencyMatch | None:
        is_tokenized = text[sign + 1 : sign + 2].isspace()
        for length in self._letters_before:
            start = sign - 1 - length
            written = f"{text[start : sign - 1]}{text[sign]}" if start >= 0 else ""
            form = self._stems.get(written.lower())
            if form and (is_tokenized or form == written) and not text[start - 1 : start].isalpha():
                unit = self.table.exact[form]
                return CurrencyMatch(start, sign + 1, unit, scale=unit.scale)
        return None

    def _mark_at(self, text: str, start: int) -> CurrencyMatch | None:
        """Read a currency that begins with a sign, or in a script without blanks."""
        for form in self._by_mark.get(text[start], ()):
            if text.startswith(form, start) and _ends_word(text, form, start + len(form)):
                unit = self.table.exact.get(form) or self.table.nouns[form]
                noun = form if unit.written in {Written.NAME, Written.MINOR} else ""
                if noun and not is_unspaced(form) and text[start - 1 : start].isalpha():
                    continue
                return CurrencyMatch(start, start + len(form), unit, noun, scale=unit.scale)
        return None

    def _named(self, text: str, start: int, end: int, form: str) -> CurrencyMatch:
        unit = self.table.nouns[form]
        country = self._country_before.search(text, max(0, start - _COUNTRY_REACH), start)
        national = self._of_country(unit, country[1]) if country else None
        if country and national:
            start = country.start()
        return CurrencyMatch(start, end, unit, form, national, unit.scale)

    def _of_country(self, unit: Unit, country: str) -> str | None:
        return next((code for code in self.table.countries[_spaced(country)] if code in unit.codes), None)


_Frozen = tuple[tuple[tuple[str, str], ...], ...]


@lru_cache(maxsize=4)
def _compiled(rows: _Frozen, words: _Frozen, prefixes: tuple[tuple[str, Decimal], ...]) -> Currencies:
    return Currencies(CurrencyTable(map(dict, rows), map(dict, words)), dict(prefixes))


def _longest_first(forms: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(sorted(some, key=len, reverse=True)) for key, some in forms.items()}


def _match_folded(text: str, start: int, form: str) -> int | None:
    """Return the end of a noun in any letter case; a space of it matches any whitespace."""
    end: int | None = start + len(form) - form.count("\u0307")
    if text[start:end].lower() != form:
        match = _flexible(form).match(text, start) if " " in form else None
        # Letters that only case-insensitive patterns take for others ("rıghts") do not count.
        end = match.end() if match and _spaced(match[0].lower()) == form else None
    return end if end is not None and not text[end : end + 1].isalnum() else None


@lru_cache(maxsize=1024)
def _flexible(form: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, form.split(" "))), re.IGNORECASE)


def _ends_word(text: str, form: str, end: int) -> bool:
    """True unless the form ends with a letter and another one follows."""
    return not form[-1].isalpha() or is_unspaced(form) or not text[end : end + 1].isalpha()


def _spaced(words: str) -> str:
    return " ".join(words.split())
