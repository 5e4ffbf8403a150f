"""`search-cli config`: the settings in force."""

from dataclasses import fields

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
        value = getattr(settings, field.name)
        shown = ",".join(value) if isinstance(value, tuple) else value
        click.echo(f"{field.name} = {shown}")
    click.echo(f"# set in ./{SETTINGS_FILE} or as {ENVIRONMENT_PREFIX}<NAME> in the environment", err=True)
    return 0
