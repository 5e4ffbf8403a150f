"""Detect and undo text that was encoded twice: UTF-8 that a program read as another encoding and wrote as UTF-8."""

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from index.readers.encodings.plausibility import plausibility

__all__ = ["EncodedTwice", "find_second_encoding", "read_once"]

# Encodings in which programs read what is in another, the commonest first.
_READ_AS = (
    "cp1252",
    "cp1251",
    "cp1250",
    "cp1254",
    "cp1253",
    "cp1256",
    "mac-roman",
    "cp437",
    "cp850",
    "cp866",
    "koi8-r",
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# That the characters of a long sequence meet by chance is rarer.
_LONG = re.compile("[\u0800-\U0010ffff]")
# Of a closing quotation mark, many programs lose the byte that is no character of Windows: "â€".
_LOST_CONTROL = re.compile(rb"\xe2\x80(?![\x80-\xbf])")
_LEAST_SEQUENCES = 6
_SEQUENCES_OF_A_LONG_ONE = 2
_LEAST_PLAUSIBLE = 0.9
# So many long sequences are proof of a script of which the alphabets know nothing.
_LONG_ENOUGH = 20
_MOST_TIMES = 3
_JUDGED_CHARACTERS = 1 << 14


@dataclass(frozen=True, slots=True)
class EncodedTwice:
    """A text as it was before it was encoded again, and the encoding that its UTF-8 was read as, `times` times."""

    text: str
    read_as: str
    times: int

    @property
    def encoding(self) -> str:
        """The encodings in words."""
        return f"double utf-8 via {self.read_as}"


def find_second_encoding(text: str) -> EncodedTwice | None:
    r"""Return `text` as it was before UTF-8 was read as another encoding and encoded again; None when it is right.

    Proof is that every character beyond ASCII belongs to a sequence of UTF-8, that there are several of them, and that
    text of some language comes out: one right character is enough to leave a text as it is.

    >>> find_second_encoding("â€œNaÃ¯veâ€\x9d, he said â€” â€œtrÃ¨sâ€\x9d.").text
    '“Naïve”, he said — “très”.'
    >>> find_second_encoding("“cafÃ© dÃ©jÃ  vu Ã©tÃ©” is wrong for “café déjà vu été”.") is None
    True
    """
    runs = _BEYOND_ASCII.findall(text)
    for read_as in _READ_AS if runs else ():
        times = 0
        mended: Sequence[str] = runs
        while times < _MOST_TIMES and (once := _all_mended(mended, read_as)):
            times, mended = times + 1, once
        if times and _is_right(once_encoded := read_once(text, read_as, times=times)):
            return EncodedTwice(once_encoded, read_as, times)
    return None


def read_once(text: str, read_as: str, *, times: int = 1) -> str:
    """Return a text as it was before its UTF-8 was read as another encoding; as it is where that cannot be.

    >>> read_once("naÃ¯ve", "cp1252"), read_once("naïve", "cp1252")
    ('naïve', 'naïve')
    """
    for _ in range(times):
        if not all(_mended(run, read_as) for run in _BEYOND_ASCII.findall(text)):
            break
        text = _BEYOND_ASCII.sub(lambda run: _mended(run[0], read_as), text)
    return text


def _all_mended(runs: Sequence[str], read_as: str) -> Sequence[str]:
    """Return what runs of characters beyond ASCII were, none when one of them cannot be or when they prove nothing."""
    mended: list[str] = []
    for run in runs:
        once = _mended(run, read_as)
        if not once:
            return ()
        mended.extend(_BEYOND_ASCII.findall(once))
    joined = "".join(mended)
    count = len(joined) + (_SEQUENCES_OF_A_LONG_ONE - 1) * len(_LONG.findall(joined))
    return mended if count >= _LEAST_SEQUENCES else ()


def _mended(run: str, read_as: str) -> str:
    try:
        encoded = codecs.charmap_encode(run, "strict", _bytes_of(read_as))[0]
        return _LOST_CONTROL.sub(b"\xe2\x80\x9d", encoded).decode("utf-8")
    except UnicodeError:
        return ""


def _is_right(text: str) -> bool:
    judged = " ".join(_BEYOND_ASCII.findall(text)) if len(text) > _JUDGED_CHARACTERS else text
    judged = judged[:_JUDGED_CHARACTERS]
    return plausibility(judged) >= _LEAST_PLAUSIBLE or len(_LONG.findall(judged)) >= _LONG_ENOUGH


@cache
def _bytes_of(encoding: str) -> Mapping[int, int]:
    """Return the byte of each character of an encoding beyond ASCII; a control stands for itself, as browsers read it.

    So is text that was read as Latin-1 known, too.
    """
    bytes_of = {code: code for code in range(0x80, 0xA0)}
    for code in range(0x80, 0x100):
        character = bytes([code]).decode(encoding, errors="ignore")
        if character:
            bytes_of[ord(character)] = code
    return bytes_of
