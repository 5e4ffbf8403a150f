"""Finds written forms in text without blanks between words: Chinese, Japanese, Thai."""

import re
from collections.abc import Mapping
from unicodedata import category

from index.packs.written_forms import LanguageForms

__all__ = ["UndividedForms"]

# A name in katakana is no part of a longer word in katakana: "マリ" is not in "マリオ". The middle dot separates words.
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff]")
# These vowels of Thai belong to the letter behind them.
_THAI_LEADING = frozenset("เแโใไ")


class UndividedForms:
    """The forms of a language whose words stand without blanks; longer forms are found first."""

    def __init__(self, forms: LanguageForms, names: Mapping[str, str], weak: Mapping[str, str]) -> None:
        self._language = forms
        self._names = names
        self._weak = weak
        self._by_start: dict[str, list[str]] = {}
        for form in sorted({*names, *weak}, key=len, reverse=True):
            self._by_start.setdefault(form[0], []).append(form)
        self._leads = tuple(forms.leads)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Return the places `[start, end)` of names with their references, in order and disjoint."""
        found: list[tuple[int, int, str]] = []
        place = 0
        by_start = self._by_start
        for start, character in enumerate(text):
            if start < place or character not in by_start:
                continue
            for form in by_start[character]:
                if not text.startswith(form, start):
                    continue
                end = place = start + len(form)
                if self._is_name(text, start, end, form):
                    found.append((start, end, self._names.get(form) or self._weak[form]))
                # What a longer form covers is no shorter one, be it a name here or not.
                break
        return found

    def _is_name(self, text: str, start: int, end: int, form: str) -> bool:
        forms = self._language
        if _is_inside_word(text, start, end):
            return False
        if text.startswith(forms.never_before, end) or text.endswith(forms.never_after, 0, start):
            return False
        if form in self._names:
            return True
        before = len(text[:start].rstrip(" ")) if text[max(0, start - 1) : start] == " " else start
        return text.endswith(self._leads, 0, before) or text.startswith(forms.follows, end)


def _is_inside_word(text: str, start: int, end: int) -> bool:
    """Return whether a form is cut out of a longer word in katakana, or cuts a syllable of Thai."""
    first, last = text[start], text[end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and _KATAKANA.match(first) and _KATAKANA.match(before):
        return True
    if after and _KATAKANA.match(last) and _KATAKANA.match(after):
        return True
    is_cut = bool(after) and (category(after) == "Mn" or after in "ะาำๅ")
    return before in _THAI_LEADING or (is_cut and "\u0e00" <= last <= "\u0e7f")
