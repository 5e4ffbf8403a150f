import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import ReadError
from index.readers.content.decoding import decode, is_binary, normalize_text

TURKISH = (
    "İstanbul’da yapılan açıklamada görüşmelerin süreceği belirtildi. Şimdiye kadar çözüm bulunamadı, dedi yetkili."
)
RUSSIAN = "Министр обороны заявил, что поставки новых систем начнутся в следующем году. Переговоры будут продолжены."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("“Patriot” – für alle", "utf-8"),
        ("“Patriot” – für alle", "utf-8-sig"),
        ("“Patriot” – für alle", "utf-16"),
        ("“Patriot” – für alle", "utf-32"),
        ("plain words in some wide encoding", "utf-16-le"),
        ("plain words in some wide encoding", "utf-16-be"),
        ("“Patriot” – für alle", "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (TURKISH, "cp1254"),
    ],
)
def test_encoding_is_found(text: str, encoding: str) -> None:
    assert normalize_text(decode(text.encode(encoding))) == text


def test_plain_beginning_does_not_hide_what_follows() -> None:
    text = "a" * 100_000 + " café"
    assert decode(text.encode("cp1252")) == text


def test_one_bad_byte_does_not_spoil_utf8() -> None:
    data = "Erdoğan, Çavuşoğlu, Akıncı ve İstanbul’da".encode() + b"\xff"
    assert decode(data) == "Erdoğan, Çavuşoğlu, Akıncı ve İstanbul’da\ufffd"


def test_declared_encoding_counts_before_statistics() -> None:
    assert decode("naïve ğ".encode("cp1254"), declared="iso-8859-9") == "naïve ğ"


def test_stated_encoding_counts_most() -> None:
    assert decode(b"\xe4", encoding="cp437") == "Σ"


def test_unknown_encoding_is_an_error() -> None:
    with pytest.raises(ReadError, match="utf-99"):
        decode(b"", encoding="utf-99")


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("\ufeffone", "one"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("o\x00ne", "one"),
        ("one\ftwo\u2028three\u0085four", "one\ntwo\nthree\nfour"),
        ("\x1b[31mred\x07\x9b", "[31mred"),
        ("\ud800", "\ufffd"),
        ("a\tb  c ", "a\tb  c "),
        ("soft\u00adhyphen\u200b", "soft\u00adhyphen\u200b"),
    ],
)
def test_text_is_normalized(text: str, normal: str) -> None:
    assert normalize_text(text) == normal


@given(st.text())
def test_normalizing_twice_changes_nothing_more(text: str) -> None:
    assert normalize_text(normalize_text(text)) == normalize_text(text)


@given(st.text(st.characters()))
def test_normal_text_can_be_encoded(text: str) -> None:
    assert normalize_text(text).encode("utf-8").decode("utf-8") == normalize_text(text)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"plain", False),
        ("Erdoğan".encode("utf-16"), False),
        ("wide words".encode("utf-16-le"), False),
        (b"with a stray \x00 inside of some longer text", False),
        (b"\x00\x01\x02\x03", True),
        (bytes(range(256)), True),
        (b"\x7fELF\x02\x01\x01" + bytes(9), True),
        (b"RIFF raff", False),
        (b"GIF8 is a word here, and II*", False),
        (b"", False),
    ],
)
def test_binary_files_are_told_from_text(data: bytes, expected: bool) -> None:
    assert is_binary(data) is expected
