import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.article import layout
from index.readers.article.invisible import is_shown
from index.readers.article.layout import is_prose, is_wrapped, read_layout


@given(st.text())
def test_lines_stand_where_they_say(body: str) -> None:
    lines = read_layout(body)
    assert all(body[line.start : line.end] == line.text == line.text.strip() for line in lines)
    assert " ".join(line.text for line in lines).split() == " ".join(filter(is_shown, body.split("\n"))).split()


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
        (
            "THE FERRIES BETWEEN THE ISLANDS RETURNED TO SERVICE ON\nMONDAY AFTER A STRIKE OF TWO MONTHS AT THE "
            "NATIONAL\nNAVIGATION BOARD, AND THE MINISTER OF TRANSPORT SAID\nTHAT HE WAS PLEASED.",
            True,
        ),
        (
            "FERRIES RETURN TO SERVICE AFTER A STRIKE OF TWO MONTHS\nRAIN IN THE WEST\nSHIPS ARE SOLD\nA BANK ENDS",
            False,
        ),
    ],
)
def test_wrapped_text_is_noticed(text: str, expected: bool) -> None:
    assert is_wrapped(read_layout(text)) is expected


@pytest.mark.parametrize("newline", ["\n", "\n\n"])
def test_of_a_very_long_text_the_first_and_the_last_lines_are_read(
    newline: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "_LONGEST_WHOLE", 1000)
    monkeypatch.setattr(layout, "_LENGTH_OF_END", 100)
    body = newline.join(f"  Line {number} " for number in range(500))
    lines = read_layout(body)
    assert all(body[line.start : line.end] == line.text for line in lines)
    assert (lines[0].text, lines[-1].text) == ("Line 0", "Line 499")
    assert 10 < len(lines) < 40


def test_a_very_long_line_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_LONGEST_WHOLE", 1000)
    body = "one line " * 500
    assert [line.text for line in read_layout(body)] == [body.strip()]
