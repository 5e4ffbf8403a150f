"""Words around dates that join two into one interval, or open it: "between ... and", "since", in each language."""

import re
from typing import Protocol

from index.normalize.dates.grammar.foreign.around import Around

__all__ = ["ENGLISH_FRAME", "ForeignFrame", "Frame"]

_DASH = re.compile(r"\s?[-–—‑~～]\s?")
_BETWEEN_DATES, _FROM_TO, _WITH_DASH = "between two dates", "from one date to another", "two dates with a dash"


class Frame(Protocol):
    """The words around dates in one language; `left`, `gap` and `right` are the text before, between and after."""

    def joined(self, left: str, gap: str, right: str) -> tuple[str, str] | None:
        """Return why two dates are the ends of one interval, and the words that open it; None when they are not."""

    def is_joining(self, gap: str) -> bool:
        """True when a gap between two dates is a word such as "and", or a dash, so that they share a year."""

    def is_dash(self, gap: str) -> bool:
        """True when a gap between two dates is a dash."""

    def is_and(self, gap: str) -> bool:
        """True when a gap between two dates is the word "and"."""

    def is_since(self, left: str, right: str) -> bool:
        """True when an interval begins with the date and has no end."""

    def is_until(self, left: str, right: str) -> bool:
        """True when an interval ends with the date and has no start."""

    def is_about(self, left: str) -> bool:
        """True when the date is approximate."""


class _EnglishFrame:
    _BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
    _AND = re.compile(r",?\s+and\s+(?:the\s+)?", re.IGNORECASE)
    _FROM = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE)
    _TO = re.compile(r",?\s+(?:to|until|till|through|thru)\s+(?:the\s+)?", re.IGNORECASE)
    _SINCE = re.compile(
        r"\bsince\s+(?:about\s+|around\s+|at\s+least\s+|as\s+early\s+as\s+)?(?:the\s+)?$", re.IGNORECASE
    )
    _UNTIL = re.compile(
        r"\b(?:until|till|up\s+to|through)\s+(?:about\s+|around\s+|at\s+least\s+)?(?:the\s+)?$", re.IGNORECASE
    )
    _ONWARDS = re.compile(r"\s+(?:on|onwards?|forward)\b", re.IGNORECASE)
    _ABOUT = re.compile(r"\b(?:about|around|circa|c\.|ca\.|roughly|approximately)\s+(?:the\s+)?$", re.IGNORECASE)
    _JOIN = re.compile(r"\s*(?:[-–—]|and|or|to|until|through|and\s+again\s+in)\s*(?:the\s+|on\s+)?", re.IGNORECASE)

    def joined(self, left: str, gap: str, right: str) -> tuple[str, str] | None:
        if (between := self._BETWEEN.search(left)) and self._AND.fullmatch(gap):
            return _BETWEEN_DATES, between[0]
        if (origin := self._FROM.search(left)) and self._TO.fullmatch(gap):
            return _FROM_TO, origin[0]
        return (_WITH_DASH, "") if self.is_dash(gap) else None

    def is_joining(self, gap: str) -> bool:
        return self._JOIN.fullmatch(gap) is not None

    def is_dash(self, gap: str) -> bool:
        return _DASH.fullmatch(gap) is not None

    def is_and(self, gap: str) -> bool:
        return self._AND.fullmatch(gap) is not None

    def is_since(self, left: str, right: str) -> bool:
        return bool(self._SINCE.search(left) or (self._FROM.search(left) and self._ONWARDS.match(right)))

    def is_until(self, left: str, right: str) -> bool:
        return self._UNTIL.search(left) is not None

    def is_about(self, left: str) -> bool:
        return self._ABOUT.search(left) is not None


class ForeignFrame:
    """The frame of a language whose words are in a table."""

    def __init__(self, around: Around) -> None:
        self._around = around

    def joined(self, left: str, gap: str, right: str) -> tuple[str, str] | None:
        """Return why two dates are the ends of one interval, and the words that open it; None when they are not."""
        around = self._around
        if around.fills(("and", "to"), gap):
            between = around.opening("between", left)
            if between is not None or around.is_before("between_after", _bare(right)):
                return _BETWEEN_DATES, between or ""
        if around.fills(("to", "until"), gap):
            origin = around.opening("from", left)
            if origin is not None or around.is_before("until_after", _bare(right)):
                return _FROM_TO, origin or ""
        return (_WITH_DASH, "") if self.is_dash(gap) else None

    def is_joining(self, gap: str) -> bool:
        """True when a gap between two dates is a word such as "and", or a dash, so that they share a year."""
        return self.is_dash(gap) or self._around.fills(("and", "or", "to", "until"), gap)

    def is_dash(self, gap: str) -> bool:
        """True when a gap between two dates is a dash."""
        return _DASH.fullmatch(gap) is not None

    def is_and(self, gap: str) -> bool:
        """True when a gap between two dates is the word "and"."""
        return self._around.fills(("and",), gap)

    def is_since(self, left: str, right: str) -> bool:
        """True when an interval begins with the date and has no end."""
        return self._around.is_after("since", left) or self._around.is_before("since_after", _bare(right))

    def is_until(self, left: str, right: str) -> bool:
        """True when an interval ends with the date and has no start."""
        return self._around.is_after("until", left) or self._around.is_before("until_after", _bare(right))

    def is_about(self, left: str) -> bool:
        """True when the date is approximate."""
        return self._around.is_after("about", left)


def _bare(right: str) -> str:
    """Return the text after a date without an ending after an apostrophe ("2020'den beri")."""
    return re.sub(r"^['’]\w+", "", right)


ENGLISH_FRAME: Frame = _EnglishFrame()
"""The words around dates in English."""
