import pytest

from search.cli.terminal import ColorMode, Style, Terminal, detect_terminal

PLAIN = Terminal(is_interactive=False, has_color=False, has_links=False, width=80)
COLORED = Terminal(is_interactive=True, has_color=True, has_links=True, width=80)


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
