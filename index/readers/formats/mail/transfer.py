"""Undo the transfer encodings of mail: base64, quoted-printable, uuencode."""

import binascii
import re
from dataclasses import dataclass

__all__ = ["Decoded", "decode_base64", "decode_transfer", "decode_uuencoded", "is_encoding"]

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_WHITESPACE = b" \t\r\n\f\v"
_AS_IT_IS = frozenset(("", "7bit", "7bits", "8bit", "8bits", "binary", "raw", "none"))
_UUENCODE = frozenset(("xuuencode", "uuencode", "xuue", "uue"))
_LARGEST_FOREIGN_SHARE = 0.02
_PADDED = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
_PADDING = re.compile(rb"=[=\s]*")
_BASE64_LINE = re.compile(rb"[ \t]*[A-Za-z0-9+/]*={0,2}[ \t]*(?:\r?\n|\r)?")
_LEAST_LETTERS = 24
_QUOTED_LETTER = re.compile(rb"=[CDE][0-9A-F]=[89AB][0-9A-F]")
_SOFT_LINE_END = re.compile(rb"=\r?\n")
_BEGIN = re.compile(rb"^begin[ \t]+[0-7]{3,4}[ \t]+[^\n]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes of a part; `problem` says what is wrong with its encoding, "" for nothing."""

    data: bytes
    problem: str = ""


def decode_transfer(body: bytes, encoding: str) -> Decoded:
    """Undo a transfer encoding; what is damaged is read as far as it goes.

    >>> decode_transfer(b"Gr=C3=BC=C3=9Fe", "Quoted-Printable").data.decode()
    'Grüße'
    """
    name = _bare(encoding)
    if name in _AS_IT_IS:
        return Decoded(_decode_undeclared(body) or body)
    if name == "quotedprintable":
        return Decoded(binascii.a2b_qp(body))
    if name == "base64":
        return _decode_base64_body(body)
    if name in _UUENCODE:
        return decode_uuencoded(body)
    return Decoded(body, f"unknown transfer encoding {encoding[:60]!r}, read as it is")


def is_encoding(encoding: str) -> bool:
    """True for a transfer encoding that changes bytes, False for "8bit" and the like."""
    return _bare(encoding) not in _AS_IT_IS


def decode_base64(text: bytes) -> bytes:
    """Decode base64 up to its padding, whatever else is in it.

    >>> decode_base64(b"aGVs bG8= and more")
    b'hello'
    """
    end = _PADDING.search(text)
    letters = text[: end.start() if end is not None else len(text)]
    letters = letters.translate(None, bytes(code for code in range(256) if code not in _ALPHABET))
    if len(letters) % 4 == 1:  # A single letter holds 6 bits, less than a byte.
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def _decode_undeclared(body: bytes) -> bytes | None:
    """Decode quoted-printable that nobody declares, as archives leave it: None unless letters of UTF-8 come out."""
    letters = len(_QUOTED_LETTER.findall(body)) if body.isascii() else 0
    if letters < 2 and not (letters and _SOFT_LINE_END.search(body)):
        return None
    decoded = binascii.a2b_qp(body)
    try:
        decoded.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return decoded


def _decode_with_footer(body: bytes) -> bytes | None:
    """Decode base64 behind which a mailing list has put lines of text; None when it is no such body."""
    lines = body.splitlines(keepends=True)
    count = next((place for place, line in enumerate(lines) if not _BASE64_LINE.fullmatch(line)), len(lines))
    letters = b"".join(lines[:count]).translate(None, _WHITESPACE)
    is_long = len(letters) >= _LEAST_LETTERS or letters.endswith(b"=")
    if count == len(lines) or not letters or len(letters) % 4 or not is_long:
        return None
    head = decode_base64(letters)
    return head + (b"" if head.endswith(b"\n") else b"\n") + b"".join(lines[count:])


def _bare(encoding: str) -> str:
    return re.sub(r"[^a-z0-9]", "", encoding.lower()[:60])


def _decode_base64_body(body: bytes) -> Decoded:
    letters = body.translate(None, _WHITESPACE)
    # Each line may have a padding of its own, and the last one none.
    pieces = _PADDED.findall(letters)
    is_sound = sum(map(len, pieces)) == len(letters) and all(len(piece) % 4 == 0 for piece in pieces[:-1])
    if is_sound and (not pieces or len(pieces[-1].rstrip(b"=")) % 4 != 1):
        return Decoded(b"".join(map(decode_base64, pieces)))
    if (with_footer := _decode_with_footer(body)) is not None:
        return Decoded(with_footer)
    foreign = len(letters.translate(None, _ALPHABET + b"="))
    inner_spaces = sum(line.strip().count(b" ") for line in body.split(b"\n"))
    if foreign + inner_spaces > _LARGEST_FOREIGN_SHARE * len(letters) + 1:
        return Decoded(body, "declared to be base64 and is not, read as it is")
    return Decoded(decode_base64(body), "damaged base64, read as far as it goes")


def decode_uuencoded(body: bytes) -> Decoded:
    """Decode the lines after the first `begin`, or all lines when there is none, up to `end`."""
    begin = _BEGIN.search(body)
    lines = body[begin.end() if begin is not None else 0 :].split(b"\n")
    decoded: list[bytes] = []
    for line in lines:
        text = line.rstrip(b"\r")
        if text in (b"end", b"`", b" "):
            return Decoded(b"".join(decoded))
        if not text:
            continue
        try:
            decoded.append(binascii.a2b_uu(text))
        except binascii.Error:
            # Some programs write more characters than the length of the line asks for.
            wanted = (((text[0] - 32) & 63) * 4 + 5) // 3
            try:
                decoded.append(binascii.a2b_uu(text[:wanted]))
            except binascii.Error:
                return Decoded(b"".join(decoded), "damaged uuencode, read as far as it goes")
    return Decoded(b"".join(decoded), "uuencode without an end, read as far as it goes")
