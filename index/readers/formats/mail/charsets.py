"""Text of mail from its bytes: by the charset that the mail declares, else by detection."""

import codecs
import re

from index.readers.content.decoding import Decoded, decode_with_encoding
from index.readers.encodings.known import python_name

__all__ = ["charset_name", "decode_part", "decode_text", "is_known"]

_NAME = re.compile(r"[A-Za-z0-9][\w.:+-]{0,60}", re.ASCII)
# Declared by programs that did not look: the bytes may be in any encoding.
_NO_DECLARATION = frozenset(("ascii",))
_ESCAPES = {"iso2022": b"\x1b", "hz": b"~{", "utf-7": b"+"}
_WIDE = ("utf-16", "utf-32")
_EAST_ASIAN = ("gb", "big5", "euc_", "shift_jis", "cp932", "cp949", "cp950", "johab", "hz")
_FIRST_OF_THREE_BYTES = "\u0800"


def decode_text(data: bytes, charset: str | None) -> str:
    """Return the text of `data`, which is declared to be in `charset`; see `decode_part`."""
    return decode_part(data, charset).text


def decode_part(data: bytes, charset: str | None, *, encoding: str | None = None) -> Decoded:
    """Decode `data`, which is declared to be in `charset`; the user's `encoding` counts when nothing is declared.

    The declaration counts as in all of our readers: valid UTF-8 is UTF-8 whatever is declared, and gb2312 means
    gb18030. Three kinds of charset are taken at their word when the bytes agree: those in which text is ASCII with
    escapes, those of two or four bytes for every character, and East Asian ones for a text so short that it is valid
    UTF-8 by chance. Bytes that cannot be decoded become U+FFFD.
    """
    codec = _codec(charset)
    if codec is None or codec in _NO_DECLARATION:
        return decode_with_encoding(data, encoding=encoding)
    special = _decode_special(data, codec)
    return decode_with_encoding(data, declared=codec) if special is None else Decoded(special, codec)


def charset_name(value: str) -> str | None:
    """Return the charset in the value of a parameter, without quotes and comments around it; None without one."""
    match = _NAME.search(value)
    return match[0] if match is not None else None


def is_known(charset: str) -> bool:
    """True for a charset that can be decoded."""
    return _codec(charset) is not None


def _codec(charset: str | None) -> str | None:
    """Return the name of Python's codec for a charset, also for one with a prefix that no standard knows."""
    if charset is None:
        return None
    name = charset.lower().removesuffix("-i")  # "iso-8859-8-i" differs in the order of characters only.
    for candidate in (name, name.removeprefix("x-"), name.removeprefix("x-").replace("mac-", "mac")):
        try:
            found = codecs.lookup(candidate).name
            b"x".decode(found, errors="replace")  # Some codecs do not decode text: "base64", "idna".
        except (LookupError, ValueError):
            continue
        return found
    return python_name(name)


def _decode_special(data: bytes, codec: str) -> str | None:
    for name, escape in _ESCAPES.items():
        if codec.startswith(name):
            return _decode_escaped(data, codec) if escape in data else None
    if codec.startswith(_WIDE):
        return _strictly(data, codec) if b"\0" in data or _strictly(data, "utf-8") is None else None
    if codec.startswith(_EAST_ASIAN):
        # Two bytes of Chinese may be one letter of Latin, Greek or Cyrillic in UTF-8; East Asian text in UTF-8 has
        # three bytes for a character.
        utf8 = _strictly(data, "utf-8")
        if utf8 is not None and not utf8.isascii() and max(utf8) < _FIRST_OF_THREE_BYTES:
            return _strictly(data, codec)
    return None


def _decode_escaped(data: bytes, codec: str) -> str | None:
    if not data.isascii():
        return None
    text = _strictly(data, codec)
    if text is None and codec.startswith("iso2022_jp"):
        # Windows writes characters of the first plane of JIS X 0213 (circled digits) as if they were JIS X 0208.
        text = data.replace(b"\x1b$B", b"\x1b$(O").decode("iso2022_jp_3", errors="replace")
    return text if text is not None else data.decode(codec, errors="replace")


def _strictly(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, ValueError):
        return None
