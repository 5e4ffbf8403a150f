"""State of a command: settings, terminal, and the options that every command shares."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from msgspec import Struct
from msgspec.structs import replace

from index.archive import index_folder_at
from index.settings import INDEX_FOLDER, Settings, load_settings
from search.cli.terminal import ColorMode, Terminal, detect_terminal

__all__ = ["COMMAND_MEANT", "State", "command_meant", "common_options", "with_state"]

COMMAND_MEANT = "search.cli.command_meant"
"""Key in the `meta` of click's contexts: a function that returns the command which the first word may mean."""

# Click's commands and functions alike.
_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])


class State(Struct, frozen=True):
    """Options given before or after the command; those after it win."""

    index: str | None = None
    catalog: str | None = None
    engine: str | None = None
    color: ColorMode = ColorMode.AUTO
    is_plain: bool = False
    is_paged: bool = True
    is_quiet: bool = False

    @classmethod
    def from_options(cls, options: dict[str, object]) -> "State":
        """Build the state from the options of `common_options`."""
        return cls().merged(options)

    def merged(self, options: dict[str, object]) -> "State":
        """Return this state, overridden by the options that were given."""
        index, color = options.get("index_folder"), options.get("color")
        catalog, engine = options.get("catalog"), options.get("engine")
        return replace(
            self,
            index=str(index) if index else self.index,
            catalog=str(catalog) if catalog else self.catalog,
            engine=str(engine) if engine else self.engine,
            color=ColorMode(str(color)) if color else self.color,
            is_plain=bool(options.get("plain")) or self.is_plain,
            is_paged=self.is_paged and not options.get("no_pager"),
            is_quiet=bool(options.get("quiet")) or self.is_quiet,
        )

    def settings(self, **options: object) -> Settings:
        """Return the settings of this run; raises `UsageError`."""
        return load_settings(
            working_folder=Path.cwd(),
            options={
                "index": index_folder_at(Path(self.index)) if self.index else None,
                "catalog_url": self.catalog,
                "engine": self.engine,
                **options,
            },
        )

    def terminal(self) -> Terminal:
        """Return the capabilities of standard output."""
        return detect_terminal(self.color, is_plain=self.is_plain)


def command_meant(context: click.Context) -> str:
    """Return the command that the first word may have been meant as, where none was named; "" for none."""
    find: Callable[[], str] | None = context.meta.get(COMMAND_MEANT)
    return find() if find is not None else ""


def common_options(function: _Decorated) -> _Decorated:
    """Add the options that every command takes."""
    for option in (
        click.option("-q", "--quiet", is_flag=True, help="Print only errors; see the exit code."),
        click.option("--no-pager", is_flag=True, help="Never page long output."),
        click.option("--plain", is_flag=True, help="No colors, boxes or symbols."),
        click.option("--color", type=click.Choice([mode.value for mode in ColorMode]), help="When to use colors."),
        click.option(
            "-C", "--index", "index_folder", metavar="DIR",
            help=f"Folder of the index, or one that holds {INDEX_FOLDER}; by default the nearest from here upwards.",
        ),
        click.option(
            "--catalog", metavar="URL",
            help="Database of the catalog: postgresql://USER@HOST/DATABASE; by default a file in the index folder.",
        ),
        click.option("--engine", metavar="NAME", help="Engine of the index; by default as the settings say."),
    ):  # fmt: skip
        function = option(function)
    return function


_COMMON = ("index_folder", "catalog", "engine", "color", "plain", "no_pager", "quiet")


def with_state(function: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command the common options, and its function the `State` they make as its first argument."""

    @common_options
    @click.pass_context
    def command(context: click.Context, /, **options: Any) -> int | None:  # Any: click passes what each option holds
        common = {name: options.pop(name) for name in _COMMON}
        state = context.obj if isinstance(context.obj, State) else State()
        return function(state.merged(common), **options)

    command.__name__ = function.__name__
    command.__doc__ = function.__doc__
    command.__click_params__ = [  # type: ignore[attr-defined]  # where click keeps options until the command is made
        *getattr(function, "__click_params__", []),
        *getattr(command, "__click_params__", []),
    ]
    return command
