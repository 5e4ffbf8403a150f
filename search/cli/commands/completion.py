"""`search-cli completion`: the script that makes a shell complete commands and options."""

import click
from click.shell_completion import get_completion_class

__all__ = ["completion_command"]

_SHELLS = ("bash", "zsh", "fish")


@click.command("completion", epilog='Example: eval "$(search-cli completion bash)"')
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion_command(context: click.Context, /, shell: str) -> int:
    """Print the completion script for SHELL."""
    completion_class = get_completion_class(shell)
    assert completion_class is not None, shell
    root = context.find_root()
    click.echo(completion_class(root.command, {}, "search-cli", "_SEARCH_CLI_COMPLETE").source())
    return 0
