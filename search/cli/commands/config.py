"""`search-cli config`: the settings in force."""

from collections.abc import Mapping
from dataclasses import fields
from urllib.parse import urlsplit

import click

from index.settings import ENVIRONMENT_PREFIX, SETTINGS_FILE
from search.cli.state import State, with_state

__all__ = ["config_command"]


@click.command("config")
@with_state
def config_command(state: State, /) -> int:
    """Show the settings in force: defaults, then search.toml, then the environment, then options."""
    settings = state.settings()
    for field in fields(settings):
        click.echo(f"{field.name} = {_shown(field.name, getattr(settings, field.name))}")
    click.echo(f"# set in ./{SETTINGS_FILE} or as {ENVIRONMENT_PREFIX}<NAME> in the environment", err=True)
    return 0


def _shown(name: str, value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, Mapping):
        return ",".join(f"{key}={item}" for key, item in value.items())
    if name.endswith("_url") and (password := urlsplit(str(value)).password):
        return str(value).replace(f":{password}@", ":***@", 1)
    return str(value)
