import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.article.layout import is_prose, is_wrapped, read_layout


@given(st.text())
def test_lines_stand_where_they_say(body: str) -> None:
    lines = read_layout(body)
    assert all(body[line.start : line.end] == line.text == line.text.strip() for line in lines)
    assert " ".join(line.text for line in lines).split() == body.split()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ferries return", False),
        ("Short sentence.", False),
        ("The ferries between the islands returned to service on Monday.", True),
        ("word " * 30, True),
    ],
)
def test_prose_is_told_from_headings(text: str, expected: bool) -> None:
    assert is_prose(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Showers continued\nthroughout the week in\nthe cocoa zone.", True),
        ("Title\nThe strike is over.\nThe ferries sail.", False),
        ("A long line that ends here.\n\nanother paragraph\n\nand another", False),
    ],
)
def test_wrapped_text_is_noticed(text: str, expected: bool) -> None:
    assert is_wrapped(read_layout(text)) is expected
