"""Fields of a mail's header: encoded words (RFC 2047), raw 8-bit text and parameters (RFC 2231)."""

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from index.readers.content.decoding import normalize_text
from index.readers.formats.mail.charsets import charset_name, decode_text
from index.readers.formats.mail.transfer import decode_base64

__all__ = ["FieldValue", "decode_field", "decode_words", "parse_field", "raw_text"]

# Real ones are shorter; what is longer is cut.
_LONGEST_FIELD = 1 << 16
_MOST_PARAMETERS = 200
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
# "?" inside a word is an error that is common; the bound keeps the search linear.
_WORD = re.compile(
    r"=\?([^?\s*]{0,60})(?:\*[\w-]{0,20})?\?([bq])\?((?:[^?]*\?(?!=)){0,20}[^?]*)(?:\?=|\Z)", re.IGNORECASE
)
_ESCAPE = b"\x1b"
_PARAMETER = re.compile(r"[;\s]*([^\s=;\"]{1,80})[ \t]*=[ \t]*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"[^;]*', re.DOTALL)
_UNQUOTED = re.compile(r"[^;]*")
_SECTION = re.compile(r"(.+?)(?:\*(\d{1,3}))?(\*)?")
# Windows writes paths with backslashes that escape nothing.
_ESCAPED = re.compile(r'\\(["\\])')


@dataclass(frozen=True, slots=True)
class FieldValue:
    """A structured value such as `text/plain; charset=utf-8`: what comes first, in lower case, and the parameters."""

    first: str
    parameters: Mapping[str, str]


def decode_field(raw: bytes, charset: str | None = None) -> str:
    """Return the value of a field on one line; `charset` is that of its message, for raw 8-bit text.

    >>> decode_field(b"=?gb2312?B?1tC5+g==?= (=?iso-8859-1?q?M=FCller?=)")
    '中国 (Müller)'
    """
    return " ".join(normalize_text(decode_words(raw_text(raw, charset))).split())


def decode_words(text: str) -> str:
    """Decode the encoded words of `text`; broken ones as far as they can be read.

    A character may be divided between two words, and base64 between two words without padding.
    """
    if "=?" not in text:
        return text
    pieces: list[str] = []
    end = 0
    words: list[tuple[str, bytes]] = []
    for place, charset, data in _words(text):
        between = text[end : place.start()]
        if words and (between.strip() or charset.lower() != words[-1][0].lower()):
            pieces.append(_joined(words))
            words = []
        if between.strip() or not end:
            pieces.append(between)
        words.append((charset, data))
        end = place.end()
    return "".join((*pieces, _joined(words), text[end:]))


def parse_field(raw: bytes, charset: str | None = None) -> FieldValue:
    """Parse a value with parameters. Names of parameters are in lower case, their values decoded."""
    text = raw_text(raw, charset).strip()
    first = re.match(r"[^;\s]*", text)
    found: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, value in _parameters(text, first.end() if first is not None else 0):
        match = _SECTION.fullmatch(name)
        if match is None or (match[2] is None and match[3] is None):
            found.setdefault(name, decode_words(value))
        else:
            sections.setdefault(match[1], {}).setdefault(int(match[2] or 0), (value, match[3] is not None))
    # A program that writes both forms means the plain one for old readers.
    extended = {name: _join_sections(parts) for name, parts in sections.items()}
    return FieldValue(first[0].lower() if first is not None else "", {**found, **extended})


def raw_text(raw: bytes, charset: str | None) -> str:
    """Return a value as text without line ends, its encoded words as they are; a very long one is cut."""
    raw = _FOLD.sub(b"", raw[:_LONGEST_FIELD])
    if raw.isascii() and _ESCAPE not in raw:
        return raw.decode("ascii")
    return decode_text(raw, charset)


def _words(text: str) -> Iterator[tuple[re.Match[str], str, bytes]]:
    """Yield each encoded word with its charset and its bytes."""
    matches = list(_WORD.finditer(text))
    rest = ""
    for place, match in enumerate(matches):
        if match[2] in "qQ":
            yield match, match[1], _decode_q(match[3])
            continue
        letters = rest + "".join(match[3].split())
        following = matches[place + 1] if place + 1 < len(matches) else None
        is_divided = (
            following is not None
            and following[2] in "bB"
            and following[1] == match[1]
            and not text[match.end() : following.start()].strip()
            and not letters.endswith("=")
        )
        whole = len(letters) - len(letters) % 4 if is_divided else len(letters)
        rest = letters[whole:]
        yield match, match[1], decode_base64(letters[:whole].encode("ascii", errors="ignore"))


def _decode_q(text: str) -> bytes:
    return binascii.a2b_qp(text.encode("utf-8", errors="replace"), header=True)


def _joined(words: list[tuple[str, bytes]]) -> str:
    if not words:
        return ""
    return decode_text(b"".join(data for _, data in words), charset_name(words[0][0]))


def _parameters(text: str, position: int) -> Iterator[tuple[str, str]]:
    for _ in range(_MOST_PARAMETERS):
        name = _PARAMETER.match(text, position)
        if name is None:
            position = text.find(";", position) + 1
            if not position:
                return
            continue
        value = _QUOTED.match(text, name.end())
        if value is not None:
            yield name[1].lower(), _ESCAPED.sub(r"\1", value[1])
        else:
            value = _UNQUOTED.match(text, name.end())
            assert value is not None, "the pattern matches everywhere"
            yield name[1].lower(), value[0].strip().strip('"')
        position = value.end()


def _join_sections(sections: Mapping[int, tuple[str, bool]]) -> str:
    charset: str | None = None
    pieces: list[bytes] = []
    for place, number in enumerate(sorted(sections)):
        value, is_encoded = sections[number]
        if is_encoded and place == 0 and value.count("'") >= 2:
            name, _, value = value.split("'", 2)
            charset = charset_name(name)
        pieces.append(unquote_to_bytes(value) if is_encoded else value.encode("utf-8", errors="replace"))
    return decode_words(decode_text(b"".join(pieces), charset))
