"""Decode bytes to text that every part of the program, SQLite and JSON can hold."""

import codecs
import re

import charset_normalizer

from index.errors import ReadError

__all__ = ["decode", "detect_encoding", "is_binary", "is_utf8", "normalize_text"]

_SAMPLE_BYTES = 1 << 16
# Longest first: the mark of UTF-32 begins with that of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Tried by statistics when a text is neither UTF-8 nor plainly Western; rarer ones only cause confusion.
_LEGACY_ENCODINGS = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "iso8859_5"),
    *("koi8_r", "cp866", "shift_jis", "euc_jp", "gb18030", "big5", "euc_kr", "cp949", "cp874"),
)
# Browsers read these declarations as another encoding, and their authors meant that one.
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_MAGIC = (
    *(
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"\x7fELF",
        b"\x1f\x8b",
        b"BZh",
        b"7z\xbc\xaf",
    ),
    *(b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"Rar!", b"\xd0\xcf\x11\xe0", b"SQLite format 3\x00", b"ID3", b"OggS", b"RIFF"),
    *(b"MZ\x90", b"\xca\xfe\xba\xbe", b"wOFF", b"wOF2", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00"),
)
_CONTROL_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r\f\x1b") + b"\x7f"
_LARGEST_CONTROL_SHARE = 0.3
_LARGEST_CONTROL_SHARE_OF_LEGACY = 0.02
_WESTERN = re.compile(
    r"[\x00-\x7fàâäáãåæçéèêëíîïñóôöõøœúûüßÀÂÄÁÃÅÆÇÉÈÊËÍÎÏÑÓÔÖÕØŒÚÛÜ¿¡‘’‚“”„–—…•«»‹›€£¥§©®°·½¼¾²³ \s]*"
)
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
    """True when the beginning of a file is not text: a known binary format, or too many control characters."""
    if any(sample.startswith(mark) for mark, _ in _BYTE_ORDER_MARKS) or _wide_encoding(sample) is not None:
        return False
    if sample.startswith(_MAGIC):
        return True
    control_share = _share_of(sample, _CONTROL_BYTES)
    allowed = _LARGEST_CONTROL_SHARE if is_utf8(sample) else _LARGEST_CONTROL_SHARE_OF_LEGACY
    return control_share > allowed


def detect_encoding(sample: bytes, *, declared: str | None = None) -> str:
    """Detect the encoding of text that begins with `sample`; `declared` is the encoding it declares (a `<meta>`).

    A byte-order mark counts most, then valid UTF-8, then the declaration, then statistics, then cp1252.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return encoding
    if is_utf8(sample):
        return _wide_encoding(sample) or "utf-8"
    wide = _wide_encoding(sample)
    if wide is not None:
        return wide
    if declared is not None and _is_known(declared) and not codecs.lookup(declared).name.startswith("utf"):
        return _WIDER.get(codecs.lookup(declared).name, declared)
    if _is_nearly_utf8(sample):
        return "utf-8"
    western = sample.decode("cp1252", errors="replace")
    if _WESTERN.fullmatch(western):
        return "cp1252"
    best = charset_normalizer.from_bytes(sample, cp_isolation=list(_LEGACY_ENCODINGS)).best()
    return best.encoding if best is not None else "cp1252"


def decode(data: bytes, *, encoding: str | None = None, declared: str | None = None) -> str:
    """Decode `data` with the known encoding, else the detected one; bytes that cannot be decoded become U+FFFD.

    The text is not normalized yet. Raises `ReadError` ("unknown-encoding") for an encoding that Python does not know.
    """
    if encoding is not None and not _is_known(encoding):
        raise ReadError(
            f"unknown encoding {encoding!r}", reason="unknown-encoding", hint="Use a name such as utf-8 or cp1252."
        )
    if encoding is None:
        encoding = detect_encoding(data[:_SAMPLE_BYTES], declared=declared)
        if encoding == "utf-8":
            # The beginning may be plain ASCII and the rest another encoding.
            try:
                return data.decode("utf-8")
            except UnicodeDecodeError as error:
                start = max(0, error.start - _SAMPLE_BYTES // 2)
                encoding = detect_encoding(data[start : start + _SAMPLE_BYTES], declared=declared)
    return data.decode(encoding, errors="replace")


def _is_known(encoding: str) -> bool:
    try:
        b"x".decode(encoding, errors="replace")
    except (LookupError, ValueError):
        return False
    return True


def _share_of(sample: bytes, wanted: bytes) -> float:
    return 1 - len(sample.translate(None, wanted)) / len(sample) if sample else 0.0


def is_utf8(sample: bytes) -> bool:
    """True for valid UTF-8; a sample of full size may end inside a character."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=len(sample) < _SAMPLE_BYTES)
    except UnicodeDecodeError:
        return False
    return True


def _is_nearly_utf8(sample: bytes) -> bool:
    """True for UTF-8 with a few bad bytes: cut off, or assembled by a careless program."""
    text = sample.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    # Text in another encoding hardly ever holds even one valid character of UTF-8.
    return good >= 3 * bad


def _wide_encoding(sample: bytes) -> str | None:
    """Detect UTF-16 without a byte-order mark: in Western text every second byte is NUL."""
    even, odd = sample[0::2], sample[1::2]
    if len(odd) < 2 or b"\0" not in sample:
        return None
    even_share, odd_share = even.count(0) / len(even), odd.count(0) / len(odd)
    if odd_share > 0.6 and even_share < 0.05:
        return "utf-16-le"
    if even_share > 0.6 and odd_share < 0.05:
        return "utf-16-be"
    return None
