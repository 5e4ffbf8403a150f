"""Tense of the words around a date, in English by its verbs."""

import re
from enum import StrEnum

__all__ = ["Tense", "english_tense_at"]

_FUTURE = re.compile(
    r"\b(?:will|won't|shall|scheduled|slated|due|expects?|expected|expecting|intends?|plan(?:s|ned|ning)?\s+(?:to|for|an?)|"
    r"agree(?:s|d|ment)\s+to|decided\s+to|"
    r"is\s+to|are\s+to|to\s+be|going\s+to|set\s+(?:to|for)|upcoming|payable|hopes?\s+to|wants?\s+to|"
    r"aims?\s+to|preparing|would|could)\b|['’]ll\b",
    re.IGNORECASE,
)
_FUTURE_BESIDE = re.compile(
    r"\b(?:by|until|till|effective|due|payable|soon\s+as|early\s+as|beginning|starting|ahead\s+of(?:\s+the)?|now\s+(?:and|to))\s+(?:on\s+)?$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?<!be )(?:was|were|had|did|since|fell|rose|began|took|made|came|went|got|met|held|told|left|sent|won|lost|saw|"
    r"(?!need|speed|need)[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_NOT_PAST = re.compile(r"(?:scheduled|slated|expected|planned|proposed|united|armed|limited)$", re.IGNORECASE)
_PAST_BESIDE = re.compile(r"\b(?:said|told|[a-z]{3,}ed)\s+(?:on\s+)?$")
# "Down from 54 percent in December", "against 12 in June": a value that is compared with lies in the past.
_COMPARED = re.compile(
    r"\b(?:(?:up|down)\s+from|compared\s+(?:with|to)|versus)\b(?:[^.;:]|\.(?=\d)){0,60}$", re.IGNORECASE
)
# "He was in prison until October", "had left by Monday": the state before such a date is over.
_LASTED = re.compile(
    r"\b(?:was|were|had|stayed|remained|lived|served|worked|held|lasted|continued|ran|ruled)\b[^.;,]{0,40}"
    r"\b(?:until|till)\s+$"
    r"|\b(?:was|were|had|had\s+been)\s+(?!due|to\b|expected|scheduled|slated|planned|ordered|required|told|asked)\w+\s+by\s+$",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\bbefore\s+$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s\s")
# Coarser than `index.normalize.sentence_ends`: no packs are known here, an ellipsis ends nothing, and "Gen. Smith"
# cuts a sentence in two. To change it is to change which dates are extracted, and has to be measured.
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])[.!?]['\"”’)]*\s+(?=[A-Z\"“‘'])|\n\s*\n")
_REACH = 160


class Tense(StrEnum):
    """Tense of the verbs around a date."""

    PAST = "past"
    NONE = "none"
    FUTURE = "future"


def english_tense_at(text: str, start: int, end: int) -> Tense:
    """Return the tense of the sentence around a date, by the nearest verb before it, or by "will" close after it.

    Without such a verb, "before" a date means that it is still to come.
    """
    before = text[max(0, start - _REACH) : start]
    if _LASTED.search(before):
        return Tense.PAST
    if _FUTURE_BESIDE.search(before):
        return Tense.FUTURE
    if _PAST_BESIDE.search(before) or _COMPARED.search(before) or _POSSESSIVE.match(text, end):
        return Tense.PAST
    cuts = [match.end() for match in _SENTENCE_END.finditer(before)]
    before = before[cuts[-1] :] if cuts else before
    future = max((match.start() for match in _FUTURE.finditer(before)), default=-1)
    past = max((match.start() for match in _PAST.finditer(before) if not _NOT_PAST.search(match[0])), default=-1)
    if future >= 0 or past >= 0:
        return Tense.FUTURE if future > past else Tense.PAST
    after = text[end : end + 60]
    stop = _SENTENCE_END.search(after)
    after = after[: stop.start()] if stop else after
    is_ahead = _BEFORE.search(before) or re.search(r"\b(?:will|shall)\b", after)
    return Tense.FUTURE if is_ahead else Tense.NONE
