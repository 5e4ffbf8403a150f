"""Detect the encoding of text: by marks, by what is valid, by what is declared, and only then by statistics."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.readers.encodings.escapes import ESCAPED, find_escape_encoding
from index.readers.encodings.known import guessable, python_name, wider
from index.readers.encodings.plausibility import plausibility
from index.readers.encodings.statistics import Candidate, has_only_western_signs, rank_encodings
from index.readers.encodings.wide import find_wide_encoding

__all__ = ["PARTIAL_CHARACTER", "SAMPLE_BYTES", "Detection", "detect", "has_byte_order_mark", "is_utf8"]

SAMPLE_BYTES = 1 << 16
PARTIAL_CHARACTER = re.compile(rb"(?:[\xc2-\xf4]|[\xe0-\xf4][\x80-\xbf]|[\xf0-\xf4][\x80-\xbf]{2})\Z")
"""The beginning of a character in UTF-8 at the end of some bytes."""
_FALLBACK = "cp1252"
# Longest first: the mark of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A declaration is given up when more than this share of what is beyond ASCII cannot be decoded with it, ...
_MOST_BAD = 0.02
# ... or when another encoding has more than twice its evidence. All right declarations of 890 texts, from a sentence
# on, had half of the best or more; of 1,667 wrong ones of longer texts 22 had, and nearly the same characters.
_LEAST_SHARE_OF_EVIDENCE = 0.5
_LEAST_EVIDENCE = 0.1
# An encoding that is never guessed has no evidence: it has to give letters of one language.
_LEAST_PLAUSIBLE = 0.8
_TOO_SHORT_TO_DOUBT = 6
_JUDGED_CHARACTERS = 1 << 12


@dataclass(frozen=True, slots=True)
class Detection:
    """An encoding, and whether only statistics speak for it."""

    encoding: str
    is_guessed: bool = False


def detect(sample: bytes, *, declared: str | None = None) -> Detection:
    """Detect the encoding of text that begins with `sample`; `declared` is the one that it declares (a `<meta>`).

    A byte-order mark counts most, then valid UTF-8 and other encodings that are known by their form, then the
    declaration where the text is plausible in it, then statistics, then cp1252. An ASCII text is UTF-8.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return Detection(encoding)
    stated = python_name(declared) if declared is not None else None
    certain = _detect_by_form(sample, stated)
    if certain is not None:
        return Detection(certain)
    if stated is not None and (stated in ESCAPED or stated.startswith("utf")):
        stated = None
    # Before the declaration: text in another encoding hardly ever holds even one valid character of UTF-8.
    if _is_nearly_utf8(sample):
        return Detection("utf-8")
    read_as = wider(stated) if stated is not None else None
    ranked = rank_encodings(sample, declared=read_as)
    if read_as is not None and _is_acceptable(sample, read_as, ranked):
        return Detection(read_as)
    if has_only_western_signs(sample) or not ranked:
        return Detection(_FALLBACK, is_guessed=True)
    return Detection(ranked[0].encoding, is_guessed=True)


def _is_acceptable(sample: bytes, declared: str, ranked: Sequence[Candidate]) -> bool:
    """True when a declared encoding decodes `sample`, and no other of `ranked` fits far better."""
    text = sample.decode(declared, errors="replace")
    beyond_ascii = sum(character > "\x7f" for character in text)
    # The sample may end inside a character.
    bad = text[:-1].count("\ufffd")
    if bad > _MOST_BAD * beyond_ascii:
        return False
    if not ranked or beyond_ascii < _TOO_SHORT_TO_DOUBT or ranked[0].evidence < _LEAST_EVIDENCE:
        return True
    if declared not in guessable():
        return plausibility(text[:_JUDGED_CHARACTERS]) >= _LEAST_PLAUSIBLE
    own = sum(candidate.evidence for candidate in ranked if candidate.encoding == declared)
    return own >= _LEAST_SHARE_OF_EVIDENCE * ranked[0].evidence


def has_byte_order_mark(sample: bytes) -> bool:
    """True when `sample` begins with the mark of UTF-8, UTF-16 or UTF-32."""
    return any(sample.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS)


def is_utf8(sample: bytes) -> bool:
    """True for valid UTF-8; a sample of full size may end inside a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=len(sample) < SAMPLE_BYTES)
    except UnicodeDecodeError:
        return False
    return True


def _detect_by_form(sample: bytes, declared: str | None) -> str | None:
    """Return the encoding of text whose bytes allow no other; None where they do not tell."""
    wide = find_wide_encoding(sample)
    if wide is not None:
        return wide
    if declared in ESCAPED and sample.isascii() and _decodes(sample, declared):
        return declared
    escaped = find_escape_encoding(sample)
    if escaped is not None:
        return escaped
    return "utf-8" if is_utf8(sample) else None


def _decodes(sample: bytes, encoding: str) -> bool:
    return "\ufffd" not in sample.decode(encoding, errors="replace")[:-1]


def _is_nearly_utf8(sample: bytes) -> bool:
    """True for UTF-8 with a few bad bytes: cut off, or assembled by a careless program."""
    text = sample.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(character > "\x7f" for character in text) - bad
    is_cut = bad == 1 and PARTIAL_CHARACTER.search(sample) is not None
    return good >= (2 if is_cut else 3 * bad)
