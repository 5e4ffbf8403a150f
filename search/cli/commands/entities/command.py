"""The group `search-cli entities`, and the options that its commands share."""

import getpass
import importlib

import click

from index.model import ENTITY_KINDS
from search.cli.kinds import KindChoice
from search.output.formats import Format

__all__ = ["KINDS", "by_option", "entities_command", "output_option", "user_name", "version_option"]

KINDS = KindChoice(ENTITY_KINDS)
output_option = click.option(
    "-o", "--output", type=click.Choice([form.value for form in Format]), help="Output format."
)


def user_name() -> str:
    """Return the name of the system's user, "" where it has none."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        # The system has no name for the user: in a container, for instance.
        return ""


by_option = click.option(
    "--by",
    "decided_by",
    metavar="NAME",
    default=user_name,
    help="Name of the person who decides; by default the user of the system.",
)


version_option = click.option(
    "--if-version",
    "versions",
    metavar="VERSION",
    multiple=True,
    help="Only when an entity is still as in this version, which `entities show` gives. Once for each entity.",
)


# Command -> its module, imported only when it runs: a decision needs little of what a list of companions needs.
_MODULES = {
    "list": "listing",
    "find": "listing",
    "show": "listing",
    "with": "companions",
    "graph": "graph",
    "merge": "deciding",
    "split": "deciding",
    "rename": "deciding",
    "retype": "deciding",
    "reject": "deciding",
    "apart": "deciding",
    "undo": "history",
    "decisions": "history",
    "import": "history",
    "suggestions": "suggestions",
    "accept": "suggestions",
    "dismiss": "suggestions",
}


class _Commands(click.Group):
    """The commands of the table; each is NAME_command in its module."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _MODULES:
            # Only a typo needs this.
            from difflib import get_close_matches

            near = get_close_matches(cmd_name, _MODULES, n=1)
            if near and not ctx.resilient_parsing:
                ctx.fail(f"No such command '{cmd_name}'. Did you mean '{near[0]}'?")
            return None
        module = importlib.import_module(f"search.cli.commands.entities.{_MODULES[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


@click.group("entities", cls=_Commands, epilog="Example: search-cli entities merge mevlut-cavusglu mevlut-cavusoglu")
def entities_command() -> None:
    """List and find entities; merge, split, rename, retype, reject and keep them apart, and undo it.

    Entities are named by their ids, which list and find show, or by a name that only one of them has. Decisions survive
    re-indexing.
    """
