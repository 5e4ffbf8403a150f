"""Decode bytes to text that every part of the program, SQLite and JSON can hold."""

import re
from dataclasses import dataclass

from index.errors import ReadError
from index.readers.encodings.detection import PARTIAL_CHARACTER, SAMPLE_BYTES, detect, has_byte_order_mark, is_utf8
from index.readers.encodings.known import python_name
from index.readers.encodings.twice import find_second_encoding
from index.readers.encodings.wide import find_wide_encoding

__all__ = [
    "Decoded",
    "check_encoding",
    "decode",
    "decode_with_encoding",
    "is_binary",
    "normalize_text",
    "without_partial_character",
]

_CONTROL_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b") + b"\x7f"
_LARGEST_CONTROL_SHARE = 0.3
_LARGEST_CONTROL_SHARE_OF_LEGACY = 0.02
_LINE_END = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
_UNWANTED = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NEEDS_WORK = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff]")


def normalize_text(text: str) -> str:
    r"""Return `text` with `\\n` line ends and without byte-order mark, NULs, control characters and lone surrogates.

    Nothing else changes, not even whitespace at the ends; normalizing twice changes nothing more.

    >>> normalize_text("\ufeffone\r\ntwo\x00\x1b[31m")
    'one\ntwo[31m'
    """
    if _NEEDS_WORK.search(text) is None:
        return text
    text = _UNWANTED.sub("", text).lstrip("\ufeff")
    return _LONE_SURROGATE.sub("\ufffd", _LINE_END.sub("\n", text))


def is_binary(sample: bytes) -> bool:
    """True when the beginning of a file is not text: it has too many control characters.

    A text may begin like a binary file ("RIFF raff"); signatures that no text has are in foreign.tsv.
    """
    if has_byte_order_mark(sample) or find_wide_encoding(sample) is not None:
        return False
    control_share = _share_of(sample, _CONTROL_BYTES)
    allowed = _LARGEST_CONTROL_SHARE if is_utf8(sample) else _LARGEST_CONTROL_SHARE_OF_LEGACY
    return control_share > allowed


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, not normalized yet, with the encoding it was in; `is_guessed` when only statistics speak for that."""

    text: str
    encoding: str
    is_guessed: bool = False


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> str:
    """Decode `data` with the known encoding, else the detected one; bytes that cannot be decoded become U+FFFD.

    Text that was provably encoded twice is decoded twice, unless its encoding is known. `declared` is the encoding that
    the text or a header of it declares. The text is not normalized yet. Raises `ReadError` ("unknown-encoding") when
    nobody knows `encoding`; an unknown declaration counts as none.
    """
    return decode_with_encoding(data, encoding=encoding, declared=declared).text


def decode_with_encoding(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> Decoded:
    """Decode as `decode` does, and say with which encoding."""
    if encoding is not None:
        return Decoded(data.decode(check_encoding(encoding), errors="replace"), encoding)
    found = detect(data[:SAMPLE_BYTES], declared=declared)
    if found.encoding == "utf-8":
        # The beginning may be plain ASCII and the rest another encoding.
        try:
            return _decoded_twice(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError as error:
            start = max(0, error.start - SAMPLE_BYTES // 2)
            found = detect(data[start : start + SAMPLE_BYTES], declared=declared)
    text = data.decode(found.encoding, errors="replace")
    if found.encoding.startswith("utf"):
        return _decoded_twice(text, found.encoding)
    return Decoded(text, found.encoding, found.is_guessed)


def _decoded_twice(text: str, encoding: str) -> Decoded:
    twice = find_second_encoding(text)
    return Decoded(text, encoding) if twice is None else Decoded(twice.text, twice.encoding, is_guessed=True)


def without_partial_character(data: bytes) -> bytes:
    r"""Return `data` without the beginning of a UTF-8 character at its end.

    >>> without_partial_character("Große".encode()[:4]), without_partial_character("Große".encode()[:5])
    (b'Gro', b'Gro\xc3\x9f')
    """
    return data[: len(data) - len(partial[0])] if (partial := PARTIAL_CHARACTER.search(data[-4:])) else data


def check_encoding(encoding: str) -> str:
    """Return the name in Python of an encoding that somebody stated. Raises `ReadError` ("unknown-encoding")."""
    name = python_name(encoding)
    if name is None:
        raise ReadError(
            f"unknown encoding {encoding!r}", reason="unknown-encoding", hint="Use a name such as utf-8 or cp1252."
        )
    return name


def _share_of(sample: bytes, wanted: bytes) -> float:
    return 1 - len(sample.translate(None, wanted)) / len(sample) if sample else 0.0
