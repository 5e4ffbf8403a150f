"""`search-cli packs`: list, check and create packs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from index.packs.checking import find_errors, find_warnings
from index.packs.description import builtin_packs, find_pack
from index.packs.reading import PackContent, read_pack
from index.packs.records import Problem
from index.packs.template import make_pack
from search.cli.state import State, with_state
from search.cli.terminal import write_paged
from search.output.cleaning import clean
from search.output.formats import Format, Row, rows_as_text
from search.output.wording import count_in_words

__all__ = ["check_packs", "packs_command"]

_COLUMNS = ("name", "used", "version", "entries", "licence", "folder")
_EXIT_ERRORS = 2
# Built-in packs that the program reads whatever packs are set, the first when an article is in another language.
_ALWAYS_USED = ("languages", "names")


@click.group("packs", epilog="Example: search-cli packs new ./reactors")
def packs_command() -> None:
    """List, check and create packs: folders of tables with names, aliases and contexts.

    To write one: docs/packs.md.
    """


@packs_command.command("list")
@click.option("-o", "--output", type=click.Choice([form.value for form in Format]), help="Output format.")
@with_state
def list_command(state: State, /, *, output: str | None) -> int:
    """List the built-in packs and those of the settings, with their contents and folders."""
    used = state.settings().packs
    terminal = state.terminal()
    form = Format(output) if output else Format.TABLE if terminal.is_interactive else Format.TSV
    pieces = rows_as_text(
        [_row(name, is_used=name in (*used, *_ALWAYS_USED)) for name in dict.fromkeys((*builtin_packs(), *used))],
        output_format=form, columns=_COLUMNS, has_header=bool(output) or terminal.is_interactive, width=terminal.width,
    )  # fmt: skip
    if not state.is_quiet:
        write_paged("".join(pieces), terminal=terminal, is_allowed=state.is_paged)
    return 0


def _row(name: str, *, is_used: bool) -> Row:
    problems: list[Problem] = []
    folder = find_pack(name)
    content = read_pack(folder, problems)
    if content is None:
        return {"name": name, "used": is_used, "entries": "broken: search-cli packs check", "folder": str(folder)}
    counts = Counter(placed.entry.kind.value for placed in content.entries)
    kinds = [f"{count:,} {kind}" for kind, count in counts.items()]
    rows = sum(map(len, content.tables.values()))
    return {
        "name": content.description.name,
        "used": is_used,
        "version": content.description.version,
        "entries": [*kinds, f"{rows:,} other rows"] if rows else kinds,
        "licence": content.description.licence,
        "folder": str(folder),
    }


@packs_command.command("check", epilog="Example: search-cli packs check ./reactors")
@click.argument("pack", required=False)
@with_state
def check_command(state: State, /, *, pack: str | None) -> int:
    """Check PACK (a name or a folder) or all packs: every error and warning with its file and line.

    Warnings name ambiguous names, within the pack and across the packs in use. Exit code 2 when there are errors.
    """
    used = state.settings().packs
    checked = [pack] if pack else list(dict.fromkeys((*builtin_packs(), *used)))
    problems = check_packs(checked, used=used)
    errors = sum(problem.is_error for problem in problems)
    if not state.is_quiet:
        for problem in problems:
            place = f"{problem.file}:{problem.line}" if problem.line else str(problem.file)
            label = "error" if problem.is_error else "warning"
            click.echo(clean(f"{place}: {label}: {problem.message}", is_one_line=True))
        click.echo(
            f"{count_in_words(len(checked), 'pack')} checked: {count_in_words(errors, 'error')}, "
            f"{count_in_words(len(problems) - errors, 'warning')}.",
            err=True,
        )
    return _EXIT_ERRORS if errors else 0


def check_packs(names: Sequence[str], *, used: Iterable[str] = ()) -> list[Problem]:
    """Return all problems of these packs, each compared with the packs in use and with those checked before it.

    Raises `PackError` for a pack that is missing.
    """
    contents: dict[Path, tuple[PackContent | None, list[Problem]]] = {}
    for name in (*used, *names):
        folder = find_pack(name)
        if folder.resolve() not in contents:
            found: list[Problem] = []
            contents[folder.resolve()] = (read_pack(folder, found), found)
    problems: list[Problem] = []
    wanted = {find_pack(name).resolve() for name in names}
    before: list[PackContent] = []
    for folder, (content, found) in contents.items():
        if content is not None and folder in wanted:
            problems += found
            problems += find_errors(content, [other for other, _ in contents.values() if other is not None])
            problems += find_warnings(content, before)
        elif folder in wanted:
            problems += found
        if content is not None:
            before.append(content)
    return problems


@packs_command.command("new", epilog="Example: search-cli packs new ./reactors")
@click.argument("folder", type=click.Path(path_type=Path))
@with_state
def new_command(state: State, /, *, folder: Path) -> int:
    """Create a pack in FOLDER: a description and empty tables, each with an example in a comment."""
    files = make_pack(folder)
    if not state.is_quiet:
        for file in files:
            click.echo(str(file))
        click.echo(f"Fill in the tables, then: search-cli packs check {folder}", err=True)
        click.echo(f"and: search-cli index --pack {folder} PATHS", err=True)
    return 0
