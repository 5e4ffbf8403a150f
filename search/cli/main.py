"""`search-cli`: find the command, set up the terminal, and turn errors into messages and exit codes.

Exit codes: 0 found, 1 nothing found, 2 usage, 3 index missing, damaged or locked, or its engine or cluster not
available, 4 some files failed to index, 5 a disk is full, 70 a fault of the program, 130 interrupted.
"""

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import click

from index.errors import (
    CatalogError,
    ClusterError,
    DecisionError,
    DiskFullError,
    DossierError,
    EngineError,
    NotFoundError,
    UsageError,
    UsersError,
    is_disk_full,
)
from search.cli.state import COMMAND_MEANT, State, command_meant, common_options
from search.output.cleaning import clean

__all__ = ["COMMANDS", "DefaultGroup", "cli", "describe_error", "main"]

# Command -> its line of help. Its function is NAME_command in the module of that name in `commands`, imported
# only when it runs, so that a search starts quickly.
COMMANDS = {
    "search": "Find articles.",
    "index": "Read articles, extract names and values, and make them searchable.",
    "work": 'Help to read what "index" found, on this machine or another.',
    "show": "Show one article with its entities.",
    "similar": "List articles like one, with the reasons.",
    "entities": "List, find, merge, split, rename and undo entities.",
    "facets": "Count the values of a facet.",
    "mentions": "List mentions of names and values, each with its sentence.",
    "watch": "Print new articles of a search as they come.",
    "export": "Export all matching articles, without a limit.",
    "stats": "Show archive statistics.",
    "rebuild": "Rebuild the index from the catalog.",
    "backup": "Write the archive into one file.",
    "restore": "Read an archive from a backup.",
    "migrate": "Copy the catalog into another database.",
    "doctor": "Check the catalog and the index for damage.",
    "packs": "List, check and create packs of names.",
    "recognizer": "Describe, evaluate and train the recognizer.",
    "serve": "Serve the search page on this machine.",
    "users": "Add, list, change and remove users of the page, and their tokens.",
    "config": "Show the settings and where they come from.",
    "completion": "Print the completion script for a shell.",
}
# Commands of other packages.
_MODULES = {"serve": "web.commands.serve", "users": "web.commands.users"}

# Words for what other programs have as commands.
_OPTIONS_MEANT = {"help": "--help", "version": "--version"}

_EXIT_NOTHING = 1
_EXIT_USAGE = 2
_EXIT_INDEX = 3
_EXIT_FULL = 5
_EXIT_FAULT = 70
_EXIT_INTERRUPTED = 130


@contextlib.contextmanager
def _until_nobody_reads() -> Iterator[None]:
    """End the program without an error when the reader of its output leaves, as in `search-cli export | head`."""
    try:
        yield
    except BrokenPipeError:
        # Click makes this an exit code of 1, which means here that nothing was found.
        _close_output()
        raise click.exceptions.Exit(0) from None


class DefaultGroup(click.Group):
    """A group whose default command is `search`: `search-cli "Patriot withdrawal"`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command by name."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(_MODULES.get(cmd_name, f"search.cli.commands.{cmd_name}"))
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Insert `search` before the first argument that is neither an option of the group nor a command."""
        position = self._first_foreign(args)
        if position is not None and args[position] not in COMMANDS:
            ctx.meta[COMMAND_MEANT] = partial(_command_like, args[position])
            args = [*args[:position], "search", *args[position:]]
        elif position is not None and len(args) == position + 1 and sys.stderr.isatty():
            click.echo(f"(to search for the word: search-cli search {args[position]})", err=True)
        return super().parse_args(ctx, args)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:  # Any: see `click.Command.make_context`
        """Read the arguments; `--help` prints already here."""
        with _until_nobody_reads():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        with _until_nobody_reads():
            return super().invoke(ctx)

    def _first_foreign(self, args: Sequence[str]) -> int | None:
        takes_value = {
            name: not getattr(parameter, "is_flag", False) for parameter in self.params for name in parameter.opts
        } | {"--help": False, "-h": False}
        position = 0
        while position < len(args):
            name, has_value, _ = args[position].partition("=")
            if name not in takes_value:
                return position
            position += 2 if takes_value[name] and not has_value else 1
        return None


def _command_like(word: str) -> str:
    """Return the command that a word may have been meant as; "" for none.

    >>> _command_like("serv"), _command_like("help"), _command_like("Patriot")
    ('serve', '--help', '')
    """
    # Only a search without results needs this.
    from difflib import get_close_matches

    return _OPTIONS_MEANT.get(word) or next(iter(get_close_matches(word, COMMANDS, n=1, cutoff=0.75)), "")


@click.group(
    cls=DefaultGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='The command "search" may be left out: search-cli "Patriot withdrawal"',
)
@common_options
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="dossier-search", prog_name="search-cli")
@click.pass_context
def cli(context: click.Context, /, **options: object) -> None:
    """Search an archive of articles: who, which organization, which system, how much, when."""
    context.obj = State.from_options(options)
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> None:
    """Run the command line and exit with its code."""
    # Nothing here multiplies matrices; starting threads for it costs 40 ms, measured on two cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    is_debug = "--debug" in sys.argv[1:]
    if is_debug:
        import logging

        logging.basicConfig(level=logging.DEBUG, format="%(levelname)s %(name)s: %(message)s")
    try:
        code = cli.main(args=sys.argv[1:], prog_name="search-cli", standalone_mode=False)
        # Here and not at the end of the interpreter, which would only print that it could not.
        sys.stdout.flush()
    except click.exceptions.Abort:
        click.echo("interrupted", err=True)
        sys.exit(_EXIT_INTERRUPTED)
    except click.ClickException as error:
        error.show()
        if isinstance(error, click.NoSuchOption) and error.ctx is not None:
            _say_what_was_meant(error.option_name, error.ctx)
        sys.exit(_EXIT_USAGE)
    except BrokenPipeError:
        # The reader of a pipe left.
        _close_output()
        sys.exit(0)
    except Exception as error:
        if is_debug:
            raise
        message, code = describe_error(error)
        # Where messages cannot be written either, the exit code alone says it.
        with contextlib.suppress(OSError):
            click.echo(clean(f"error: {message}"), err=True)
        _close_output()
    sys.exit(code if isinstance(code, int) else 0)


def _say_what_was_meant(option: str, context: click.Context) -> None:
    """Print what an unknown option was meant as, where that can be told."""
    if command := command_meant(context):
        click.echo(f"did you mean the command: search-cli {command}", err=True)
    elif not option.startswith("--") and any("--not" in parameter.opts for parameter in context.command.params):
        click.echo("To exclude a word: --not WORD", err=True)


def _close_output() -> None:
    """Redirect standard output if it cannot be written, so that the interpreter's last flush is quiet."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def describe_error(error: Exception) -> tuple[str, int]:
    """Return the message for an error that ended a command, and the exit code.

    >>> describe_error(PermissionError(13, "Permission denied", "news/.dossier"))
    ('news/.dossier: Permission denied. Check the rights of the file and of its folder, and the free space.', 3)
    """
    match error:
        case UsageError() | DecisionError():
            return str(error), _EXIT_USAGE
        case NotFoundError():
            return str(error), _EXIT_NOTHING
        case DiskFullError():
            return str(error), _EXIT_FULL
        case EngineError() | CatalogError() | ClusterError() | UsersError():
            return str(error), _EXIT_INDEX
        case DossierError():
            return str(error), _EXIT_USAGE
        case UnicodeEncodeError():
            return "An argument is not valid UTF-8 text. Write it in the encoding of the terminal.", _EXIT_USAGE
        case OSError() if is_disk_full(error):
            where = f"{error.filename}: " if error.filename else ""
            return f"{where}{error.strerror}. Free some space, or write somewhere else, and try again.", _EXIT_FULL
        case OSError():
            where = f"{error.filename}: " if error.filename else ""
            advice = "Check the rights of the file and of its folder, and the free space."
            return f"{where}{error.strerror or error}. {advice}", _EXIT_INDEX
        case MemoryError():
            return "There is not enough memory. Close other programs, or use --workers 1.", _EXIT_INDEX
        case _:
            kind = type(error).__name__
            return f"This is a fault of the program ({kind}: {error}). Please report it, with --debug.", _EXIT_FAULT
