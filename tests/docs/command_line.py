"""Makes docs/command-line.md from the commands: `python -m tests.docs.command_line > docs/command-line.md`."""

import click
from click.testing import CliRunner

from search.cli.main import COMMANDS, cli

__all__ = ["command_line_page"]

_INTRODUCTION = """\
# Command line

`search-cli "Patriot withdrawal"` is short for `search-cli search "Patriot withdrawal"`. Data goes to standard output,
everything else to standard error. On a terminal the output is made for reading; in a pipe it is one tab-separated line
for each article. Settings come from `search.toml` in the working folder, then `SEARCH_CLI_<NAME>` in the environment,
then options; `search-cli config` shows them. The same from a script or notebook: [Python API](python-api.md).

| exit code | meaning |
|---|---|
| 0 | something was found, or the work is done |
| 1 | nothing was found |
| 2 | the command line cannot be understood |
| 3 | the index is missing, damaged, or locked by another process, or its engine or cluster does not answer |
| 4 | some files could not be indexed; all others were |
| 5 | a disk is full, that of the index or of the output: nothing that was committed is lost |
| 130 | interrupted |

This page is made from the commands by `python -m tests.docs.command_line`.
"""


def command_line_page() -> str:
    """The page: an introduction, then the help of every command and subcommand."""
    return "\n".join([_INTRODUCTION, *(_section([name]) for name in COMMANDS)])


def _section(path: list[str]) -> str:
    text = CliRunner().invoke(cli, [*path, "--help"], prog_name="search-cli", terminal_width=100).output
    sections = [f"{'#' * (len(path) + 1)} {' '.join(path)}\n\n```text\n{text.rstrip()}\n```\n"]
    command: click.Command | None = cli
    for name in path:
        command = command.get_command(click.Context(command), name) if isinstance(command, click.Group) else None
    if isinstance(command, click.Group):
        sections += [_section([*path, name]) for name in command.list_commands(click.Context(command))]
    return "\n".join(sections)


if __name__ == "__main__":
    click.echo(command_line_page(), nl=False)
