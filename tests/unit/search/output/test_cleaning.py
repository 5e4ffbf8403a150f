import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.output.cleaning import clean


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[for the purchase of US-built Patriot air defense systems]", None),
        ("[/b] [bold]x[/bold]", None),
        ("Akıncı, İsmail, 中文, עברית", None),
        ("\x1b]0;title\x07", "�]0;title�"),
        ("\x9b31m", "�31m"),
        ("a\u202eb", "ab"),
        ("a\udcffb", "a?b"),
    ],
)
def test_clean_keeps_brackets_and_scripts_and_removes_what_drives_a_terminal(text: str, expected: str | None) -> None:
    assert clean(text) == (text if expected is None else expected)


@given(st.text(alphabet=st.characters()))
def test_cleaned_text_is_printable_or_layout(text: str) -> None:
    assert [char for char in clean(text) if (ord(char) < 32 and char not in "\n\t") or 127 <= ord(char) < 160] == []


@given(st.text(alphabet=st.characters()))
def test_one_line_is_one_line(text: str) -> None:
    assert not {"\n", "\t"} & set(clean(text, is_one_line=True))
