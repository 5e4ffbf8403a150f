"""Remove what PGP writes around and into a text: marks of a signed text, signatures, keys, encrypted messages."""

import re
from dataclasses import dataclass

from index.readers.content.decoding import normalize_text

__all__ = ["Unarmored", "remove_armor"]

_MARK = "-----BEGIN PGP "
# Replies quote what they answer to.
_QUOTE = r"(?:[>|][ \t]?)*+"
_BLANK = rf"{_QUOTE}[ \t]*\n"
_HEADER = rf"{_QUOTE}[A-Z][A-Za-z]{{1,20}}:[^\n]*\n"
_DATA = rf"{_QUOTE}[ \t]*[A-Za-z0-9+/=]{{1,100}}[ \t]*\n"
_BLOCK = re.compile(
    rf"^{_QUOTE}-----BEGIN PGP (?P<kind>SIGNATURE|MESSAGE|(?:PUBLIC|PRIVATE) KEY BLOCK)(?:, PART [^\n]{{1,20}})?-----"
    rf"[ \t]*(?:\n|\Z)(?:{_HEADER}|{_BLANK})*+(?:{_DATA}|{_BLANK})*+"
    rf"(?:{_QUOTE}-----END PGP [^\n]{{1,40}}-----[ \t]*(?:\n|\Z)|{_QUOTE}[A-Za-z0-9+/=]{{0,100}}\Z)",
    re.MULTILINE,
)
# Pages have no blank line behind the headers.
_SIGNED = re.compile(
    rf"^{_QUOTE}-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n"
    rf"(?P<headers>(?:{_QUOTE}(?:Hash|Charset|NotDashEscaped|Comment|Version):[^\n]*\n|{_BLANK})*+)",
    re.MULTILINE,
)
_ESCAPE = re.compile(r"^- (?=-|From )", re.MULTILINE)
_NOT_ESCAPED = "NotDashEscaped"


@dataclass(frozen=True, slots=True)
class Unarmored:
    """A text without what PGP writes into it; `is_encrypted` when an encrypted message was in it."""

    text: str
    is_encrypted: bool = False


def remove_armor(text: str) -> Unarmored:
    r"""Return `text` without the marks of PGP and without the data between them; any other text as it is.

    Lines are data when they look so: a text about PGP keeps what it shows of a mark.

    >>> signed = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n- -- The ferries.\n"
    >>> remove_armor(f"{signed}-----BEGIN PGP SIGNATURE-----\n\niQEz=\n-----END PGP SIGNATURE-----\n").text
    '-- The ferries.\n'
    """
    if _MARK not in text:
        return Unarmored(text)
    text = normalize_text(text)
    is_encrypted = any(block["kind"] == "MESSAGE" for block in _BLOCK.finditer(text))
    text = _BLOCK.sub("", _without_marks(text))
    # In a text that was signed twice, the marks of the first time are escaped.
    return Unarmored(_BLOCK.sub("", _without_marks(text)), is_encrypted)


def _without_marks(text: str) -> str:
    """Return a text without the beginnings of what is signed, and without the escapes in it."""
    pieces: list[str] = []
    end = 0
    for signed in _SIGNED.finditer(text):
        pieces.append(text[end : signed.start()])
        end = signed.end()
        # The signed text ends where its signature begins.
        signature = text.find(f"\n{_MARK}SIGNATURE-----", end)
        if _NOT_ESCAPED not in signed["headers"] and signature >= 0:
            pieces.append(_ESCAPE.sub("", text[end:signature]))
            end = signature
    return "".join((*pieces, text[end:]))
