"""The terminal as an output: what it can show, and how text from articles is kept from driving it."""

import os
import shutil
import sys
from collections.abc import Mapping
from enum import StrEnum

import click
from msgspec import Struct

__all__ = ["ColorMode", "Style", "Terminal", "detect_terminal", "write_paged"]


class ColorMode(StrEnum):
    """Use of colors: AUTO decides by terminal and environment."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


class Style(StrEnum):
    """The few styles there are, as SGR parameters. Matches are bold and underlined: never color alone."""

    MATCH = "1;4"
    TITLE = "1;36"
    DIM = "2"
    LABEL = "33"
    ERROR = "1;31"


class Terminal(Struct, frozen=True):
    """Capabilities of standard output. `width` is in columns."""

    is_interactive: bool
    has_color: bool
    has_links: bool
    width: int

    def style(self, text: str, style: Style) -> str:
        """The text in a style, or unchanged where there is no color."""
        return f"\x1b[{style.value}m{text}\x1b[0m" if self.has_color and text else text

    def link(self, text: str, target: str) -> str:
        """The text as an OSC 8 hyperlink, or unchanged where there are none."""
        return f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\" if self.has_links else text


def detect_terminal(
    color: ColorMode, *, is_plain: bool = False, environment: Mapping[str, str] = os.environ
) -> Terminal:
    """Return the terminal by `--color`, then NO_COLOR, CLICOLOR_FORCE, CLICOLOR and TERM, then isatty."""
    is_interactive = sys.stdout.isatty()
    match color:
        case ColorMode.ALWAYS:
            has_color = True
        case ColorMode.NEVER:
            has_color = False
        case ColorMode.AUTO:
            has_color = _wants_color(environment, is_interactive=is_interactive)
    has_color = has_color and not is_plain
    return Terminal(
        is_interactive=is_interactive,
        has_color=has_color,
        has_links=has_color and is_interactive and environment.get("TERM") != "linux",
        width=max(40, shutil.get_terminal_size((100, 24)).columns),
    )


def _wants_color(environment: Mapping[str, str], *, is_interactive: bool) -> bool:
    if environment.get("NO_COLOR"):
        return False
    if environment.get("CLICOLOR_FORCE", "0") != "0":
        return True
    if environment.get("CLICOLOR") == "0" or environment.get("TERM") == "dumb":
        return False
    return is_interactive


def write_paged(text: str, *, terminal: Terminal, is_allowed: bool) -> None:
    """Write text to standard output, through a pager when it is a terminal and the text is taller than it.

    The pager is SEARCH_PAGER, else PAGER, else `less`, which stays out of the way of short texts (LESS=FRX).
    """
    is_tall = text.count("\n") >= shutil.get_terminal_size((100, 24)).lines
    if is_allowed and terminal.is_interactive and is_tall:
        os.environ.setdefault("LESS", "FRX")
        if "SEARCH_PAGER" in os.environ:
            os.environ["PAGER"] = os.environ["SEARCH_PAGER"]
        click.echo_via_pager(text, color=terminal.has_color)
    else:
        sys.stdout.write(text)
        sys.stdout.flush()
