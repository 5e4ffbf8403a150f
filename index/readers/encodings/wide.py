"""Detect UTF-16 and UTF-32 without a byte-order mark."""

import codecs
import re
import unicodedata

__all__ = ["find_wide_encoding"]

_ENCODINGS = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
# Encodings of one or two bytes a character have none of these in text; UTF-16 has one in each space and line end, and
# in the punctuation of Chinese and Japanese.
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1a]")
_ASCII = re.compile(r"[\t\n\r -~]")
# Letters and punctuation of the scripts that are read; a wrong order of bytes gives letters of rare ones.
_FAMILIAR = re.compile(
    "[\u00a0-\u017f\u0370-\u06ff\u0900-\u097f\u0e00-\u0e7f\u1e00-\u1eff\u2010-\u2026\u20ac\u2116\u3000-\u30ff"
    "\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffee\ufeff]"
)
_LEAST_SHARE = 0.85
_LEAST_SHARE_OF_OTHERS = 0.1
_ORDINARY = b"\t\n\r" + bytes(range(32, 127))
_SAMPLE_BYTES = 1 << 14


def find_wide_encoding(sample: bytes) -> str | None:
    r"""Return the UTF-16 or UTF-32 that text beginning with `sample` is in; None for anything else.

    >>> find_wide_encoding("wide words".encode("utf-16-be")), find_wide_encoding(b"words\x00 with a stray NUL")
    ('utf-16-be', None)
    """
    sample = sample[:_SAMPLE_BYTES]
    if len(sample) < 4 or _CONTROL_BYTES.search(sample) is None:
        return None
    if len(sample.translate(None, _ORDINARY)) < _LEAST_SHARE_OF_OTHERS * len(sample):
        # Two letters of ASCII in a row read as a Chinese one.
        return None
    best = max(_ENCODINGS, key=lambda encoding: _likeness(sample, encoding))
    return best if _likeness(sample, best) >= _LEAST_SHARE else None


def _likeness(sample: bytes, encoding: str) -> float:
    """Return how far a sample reads as text in an encoding, 0 to 1."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return 0.0
    if not text or any(_is_no_text(character) for character in set(text)):
        return 0.0
    familiar = _FAMILIAR.findall(text)
    # Letters that read the same in both orders of bytes are rare, spaces and line ends that do are none.
    return (len(_ASCII.findall(text)) + 0.95 * len(familiar)) / len(text)


def _is_no_text(character: str) -> bool:
    """True for control characters, and for what no character has been assigned to."""
    return unicodedata.category(character) in ("Cc", "Cn", "Co", "Cs") and character not in "\t\n\r\f"
