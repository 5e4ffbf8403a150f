import pytest

from index.readers.encodings.known import python_name
from index.readers.formats.mail.charsets import is_known


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("cp-850", "cp850"),
        ("cp 1252", "cp1252"),
        ("windows1252", "cp1252"),
        ("windows-cp1252", "cp1252"),
        ("x-windows-1251", "cp1251"),
        ("dos-866", "cp866"),
        ("1252", "cp1252"),
        ("65001", "utf-8"),
        ("utf8mb4", "utf-8"),
        ("unicode-1-1-utf-8", "utf-8"),
        ("8859-1", "iso8859-1"),
        ("iso-88591", "iso8859-1"),
        ("iso_8859_15", "iso8859-15"),
        ("koi8r", "koi8-r"),
        ("gb_2312-80", "gb18030"),
        ("ks_c_5601-1989", "cp949"),
    ],
)
def test_an_encoding_is_known_however_a_program_spells_it(stated: str, name: str) -> None:
    assert python_name(stated) == name
    assert is_known(stated)


@pytest.mark.parametrize("stated", ["cp-99", "8859-99", "utf-88", "x-unknown", "none", "9999", "rot13"])
def test_other_names_are_no_encodings(stated: str) -> None:
    assert python_name(stated) is None
