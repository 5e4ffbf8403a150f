"""Detect encodings that are written in ASCII: ISO-2022, HZ and UTF-7."""

import re

__all__ = ["ESCAPED", "find_escape_encoding"]

ESCAPED = frozenset(
    (
        *("iso2022_jp", "iso2022_jp_1", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_jp_3", "iso2022_jp_ext"),
        *("iso2022_kr", "hz", "utf-7"),
    )
)
"""Names of these encodings; text in them is valid ASCII, so that a declaration of one says something."""

# The sequence that only an encoding has, and the encodings to try for it, the narrowest first.
_SEQUENCES = (
    (re.compile(rb"\x1b\$\)C"), ("iso2022_kr",)),
    (
        re.compile(rb"\x1b\$[@B]|\x1b\([IJ]|\x1b\$\([DOPQ]"),
        ("iso2022_jp", "iso2022_jp_2", "iso2022_jp_ext", "iso2022_jp_2004"),
    ),
    (re.compile(rb"~\{(?:[!-w][!-~])+~\}"), ("hz",)),
)
_SHIFT = re.compile(rb"\+(?!-)[A-Za-z0-9+/]*-?")
_SHIFTED = re.compile(rb"\+(?:[A-Za-z0-9+/]{3}|[A-Za-z0-9+/]{6}|[A-Za-z0-9+/]{8,})-?")
# A plus sign in ordinary text that happens to decode gives any character at all; UTF-7 is written for letters.
_UNLIKELY = re.compile(
    "[^\\x00-\\x7f\u00a0-\u052f\u0590-\u06ff\u0e00-\u0e7f\u1e00-\u1eff\u2010-\u203a\u20ac\u3000-\u9fff"
    "\uac00-\ud7a3\uff00-\uffef]"
)
# One plus sign that decodes may be chance, unless it gives a letter with an accent, or several characters.
_LIKELY = re.compile("[\u00a0-\u024f\u2010-\u2026\u20ac]|[^\\x00-\x7f]{4}")


def find_escape_encoding(sample: bytes) -> str | None:
    r"""Return the encoding of text in ASCII that has its escape sequences; None when it is ASCII and nothing else.

    >>> find_escape_encoding("港口".encode("iso2022_jp")), find_escape_encoding(b"1 + 1, C++ and a+b-c")
    ('iso2022_jp', None)
    """
    if not sample.isascii():
        return None
    for sequence, encodings in _SEQUENCES:
        if sequence.search(sample) is not None:
            return next((encoding for encoding in encodings if _decodes(sample, encoding)), None)
    return "utf-7" if _is_utf7(sample) else None


def _decodes(sample: bytes, encoding: str) -> bool:
    # A sample may end inside a sequence: its last line does not count.
    whole = sample[: sample.rfind(b"\n")] if b"\n" in sample else sample
    try:
        return not whole.decode(encoding).isascii() or not sample.decode(encoding).isascii()
    except UnicodeDecodeError:
        return False


def _is_utf7(sample: bytes) -> bool:
    """True when every plus sign begins a valid sequence, and the sequences give letters or punctuation."""
    shifts = _SHIFT.findall(sample)
    if not shifts or any(_SHIFTED.fullmatch(shift) is None for shift in shifts):
        return False
    try:
        text = sample.decode("utf-7")
    except UnicodeDecodeError:
        return False
    return _UNLIKELY.search(text) is None and (len(shifts) > 1 or _LIKELY.search(text) is not None)
