"""Ends of sentences: one definition for readers, extraction and snippets.

A sentence ends at a stop, including the closing quotes and brackets after it. A full stop after an initial or an
abbreviation does not end a sentence; one after the legal form of a firm does, where the next word can begin one.
The packs list the abbreviations; callers with packs pass them in.

>>> text = "Gen. J. Smith left in 2019.The talks went on. “Why?” he asked."
>>> [text[:end].split()[-1] for end, _ in sentence_ends(text, abbreviations=frozenset({"Gen"}))]
['2019.', 'on.', 'asked.']
"""

import re
from collections.abc import Container, Iterator
from typing import Final

__all__ = ["CLOSERS", "OPENERS", "STOPS", "ends_sentence", "goes_on_behind_firm", "is_initial", "sentence_ends"]

STOPS: Final = ".!?…"
"""Marks that end a sentence; those of other scripts are known to `sentence_ends` alone."""
CLOSERS: Final = "\"'”’»)]"
"""Marks that belong to the sentence that ends before them."""
OPENERS: Final = "\"'“‘([«"
"""Marks that belong to the sentence that begins behind them."""

# They need no blank behind them.
_WIDE_STOPS = "。！？｡"
_RARE_STOPS = f"؟۔{_WIDE_STOPS}"
_ALL_OPENERS = f"{OPENERS}„{{-–—"
_AFTER = rf"(?P<closers>[{re.escape(CLOSERS)}}}」』）]*)(?P<blank>\s*)"
# A character class with wide characters is three times as slow, so it is for the texts that have them.
_STOP = re.compile(rf"(?P<stop>[{STOPS}]+){_AFTER}")
_ANY_STOP = re.compile(rf"(?P<stop>[{STOPS}{_RARE_STOPS}]+){_AFTER}")
_STOPS_OF_LINES = tuple(STOPS)
_DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_LONGEST_WORD = 40

# Words that hardly ever go on after an abbreviation, but often begin a sentence: what decides "in the U.S. The".
_STARTERS = frozenset({
    "A", "After", "All", "Although", "An", "And", "As", "At", "Both", "But", "By", "Despite", "During", "Each", "Even",
    "For", "From", "He", "Her", "His", "However", "If", "In", "It", "Its", "Last", "Many", "Most", "My", "No", "On",
    "One", "Our", "She", "Since", "So", "Some", "That", "The", "Their", "Then", "There", "These", "They", "This",
    "Those", "Though", "Two", "Under", "Until", "We", "What", "When", "Where", "Which", "While", "Who", "With", "You",
    "Your",
})  # fmt: skip
# "No. 5" is an abbreviation, "No. He" is an answer.
_BEFORE_NUMBERS = frozenset({"No", "Nos", "Art", "Fig", "Sec", "Vol", "pp"})


# Behind "Inc." a sentence ends, unless the next word is another legal form or the office of somebody in the firm.
_FIRM_FORMS = frozenset({"Inc", "Corp", "Co", "Cos", "Ltd", "Pty", "Pte", "Cie", "Cia", "Cía", "Bros"})
_BEHIND_FIRM = frozenset({
    "AG", "Bhd", "CEO", "CFO", "Chairman", "Chairwoman", "Chief", "Co", "Corp", "Director", "Executive", "Founder",
    "GmbH", "Inc", "KG", "KGaA", "LLC", "LLP", "LP", "Limited", "Ltd", "Managing", "NV", "OHG", "PLC", "Plc",
    "President", "SA", "Senior", "Spokesman", "Spokeswoman", "Tbk", "Vice",
})  # fmt: skip


def ends_sentence(line: str) -> bool:
    """Return whether a line without blanks at its end is the end of a sentence.

    >>> ends_sentence("He said: “We left.”"), ends_sentence("Talks in Ankara")
    (True, False)
    """
    return line.rstrip(CLOSERS).endswith(_STOPS_OF_LINES)


def is_initial(word: str) -> bool:
    """Return whether a word is one capital letter, so that a full stop after it belongs to it.

    >>> is_initial("J"), is_initial("Jo")
    (True, False)
    """
    return len(word) == 1 and word.isupper()


def goes_on_behind_firm(form: str, following: str) -> bool:
    """Return whether a sentence goes on between the full stop of a firm's legal form and a word with a capital letter.

    >>> goes_on_behind_firm("Inc", "Chairman"), goes_on_behind_firm("Inc", "Redwood")
    (True, False)
    """
    return form in _FIRM_FORMS and following in _BEHIND_FIRM


def sentence_ends(
    text: str, start: int = 0, end: int | None = None, *, abbreviations: Container[str] = frozenset()
) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of the paragraph `text[start:end]` ends and where the next one begins.

    The last one ends with the paragraph, with or without a stop. A stop counts even where the blank after it is
    missing, as in "in 2019.The".
    """
    end = len(text) if end is None else end
    has_rare = not text.isascii() and any(text.find(stop, start, end) >= 0 for stop in _RARE_STOPS)
    if not has_rare and not _has_stop_inside(text, start, end):
        if start < end:
            yield end, end
        return
    stops = _ANY_STOP if has_rare else _STOP
    for stop in stops.finditer(text, start, end):
        # Most paragraphs end with a stop, which nothing needs to be asked about.
        if stop.end() == end or _ends(text, start, stop, abbreviations):
            yield stop.start("blank"), stop.end()
            start = stop.end()
    if start < end:
        yield end, end


def _has_stop_inside(text: str, start: int, end: int) -> bool:
    """True for a stop before the last character. Most paragraphs of news have none, and searching beats the pattern."""
    for stop in STOPS:  # noqa: SIM110 - a generator takes longer than all four searches
        if text.find(stop, start, end - 1) >= 0:
            return True
    return False


def _ends(text: str, start: int, stop: re.Match[str], abbreviations: Container[str]) -> bool:
    if text[stop.start("closers") - 1] in _WIDE_STOPS:
        return True
    if not stop["blank"]:
        return _is_blank_missing(text, start, stop)
    following = _following_word(text, stop.end())
    if following[:1].islower():
        return False
    if stop["stop"] != "." or stop["closers"]:
        return True
    word = _word_before(text, start, stop.start())
    if word in _BEFORE_NUMBERS and word in abbreviations:
        return not following[:1].isdigit()
    # "I" is a word more often than an initial: "Neither am I."
    if word in abbreviations or (is_initial(word) and word != "I"):
        return False
    if goes_on_behind_firm(word, following):
        return False
    return not _DOTTED.fullmatch(word) or following in _STARTERS


def _is_blank_missing(text: str, start: int, stop: re.Match[str]) -> bool:
    """True for a stop between the end of a word or number and a capitalized word, as in "in 2019.The"."""
    following = _following_word(text, stop.end())
    after = stop.end() + len(following)
    word = _word_before(text, start, stop.start())
    return (
        len(stop["stop"]) == 1
        and following[:1].isupper()
        and following[1:2].islower()
        and (after >= len(text) or text[after] in " ,’'-\n")
        and word[-2:].isalnum()
        and len(word) > 1
        and not word.startswith("www")
    )


def _word_before(text: str, start: int, end: int) -> str:
    words = text[max(start, end - _LONGEST_WORD) : end].split()
    return words[-1].lstrip(_ALL_OPENERS) if words else ""


def _following_word(text: str, at: int) -> str:
    while at < len(text) and (text[at] in _ALL_OPENERS or text[at].isspace()):
        at += 1
    end = at
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[at:end]
