"""The group `search-cli entities`, and the options that its commands share."""

import getpass

import click

from index.model import ENTITY_KINDS
from search.output.formats import Format

__all__ = ["KINDS", "by_option", "entities_command", "output_option", "user_name", "version_option"]

KINDS = click.Choice([kind.value for kind in ENTITY_KINDS])
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


@click.group("entities", epilog="Example: search-cli entities merge mevlut-cavusglu mevlut-cavusoglu")
def entities_command() -> None:
    """List and find entities; merge, split, rename, retype, reject and keep them apart, and undo it.

    Entities are named by their ids, which list and find show, or by a name that only one of them has. Decisions survive
    re-indexing.
    """
