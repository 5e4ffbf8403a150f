import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.cli.terminal import ColorMode, Style, Terminal, clean, detect_terminal

PLAIN = Terminal(is_interactive=False, has_color=False, has_links=False, width=80)
COLORED = Terminal(is_interactive=True, has_color=True, has_links=True, width=80)


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


@pytest.mark.parametrize(
    ("mode", "environment", "expected"),
    [
        (ColorMode.ALWAYS, {"NO_COLOR": "1"}, True),
        (ColorMode.NEVER, {"CLICOLOR_FORCE": "1"}, False),
        (ColorMode.AUTO, {"CLICOLOR_FORCE": "1"}, True),
        (ColorMode.AUTO, {"CLICOLOR_FORCE": "1", "NO_COLOR": "1"}, False),
        (ColorMode.AUTO, {}, False),
    ],
)
def test_options_and_environment_decide_about_color_in_a_pipe(
    mode: ColorMode, environment: dict[str, str], expected: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    assert detect_terminal(mode, environment=environment).has_color is expected


def test_styles_and_links_are_nothing_without_color() -> None:
    assert (PLAIN.style("x", Style.MATCH), PLAIN.link("x", "https://example.org")) == ("x", "x")


def test_matches_are_bold_and_underlined_not_only_colored() -> None:
    assert COLORED.style("x", Style.MATCH) == "\x1b[1;4mx\x1b[0m"
