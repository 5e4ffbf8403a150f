"""`search-cli serve`: the search page on this machine."""

import logging

import click

from index.errors import UsageError
from index.settings import Settings
from search.cli.commands.entities.command import user_name
from search.cli.logs import LOG_FORMATS, log_event, use_json_logs
from search.cli.state import State, with_state
from web.editing import Editing
from web.security import is_loopback
from web.server import DEFAULT_HOST, DEFAULT_PORT, serve

__all__ = ["serve_command"]

_LOG = logging.getLogger(__name__)


_OPEN_TO_OTHERS = (
    "Other machines can reach this address. Whoever does can read the whole archive: there are no passwords, and "
    "searches travel unencrypted. Put a proxy with a password and HTTPS before it, or leave out --host."
)


_NOT_BEYOND_THIS_MACHINE = (
    "--edit works on this machine alone: there are no users and passwords yet that would say who may correct names. "
    "Leave out --host and --trust-host; for readers elsewhere, run a second server without --edit on another port."
)


def _editing(settings: Settings) -> Editing:
    # The side that writes takes half a second to import, which a server that only reads does not pay.
    from index.deciding import Decider

    return Editing(Decider(settings), decided_by=user_name())


@click.command("serve", epilog="Example: search-cli serve --port 8080 --open")
@click.option("--host", default=DEFAULT_HOST, show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="0: any free one.")
@click.option(
    "--trust-host",
    "trusted_hosts",
    multiple=True,
    metavar="NAME",
    help="Accept requests for this host name, such as that of a proxy; may be repeated.",
)
@click.option(
    "--edit",
    "is_editable",
    is_flag=True,
    help="Let the pages correct names. Only programs of this machine can connect.",
)
@click.option("--metrics", "has_metrics", is_flag=True, help="Answer /metrics beyond this machine, too; see above.")
@click.option("--log", "log_format", type=click.Choice(LOG_FORMATS), default="text", help="Format of the log.")
@click.option("--open", "is_open", is_flag=True, help="Open the page in a browser.")
@with_state
def serve_command(
    state: State,
    /,
    *,
    host: str,
    port: int,
    trusted_hosts: tuple[str, ...],
    is_editable: bool,
    has_metrics: bool,
    log_format: str,
    is_open: bool,
) -> int:
    """Serve the search page and the JSON API on this machine, read-only without --edit. Ctrl-C stops the server.

    For machines that watch: /health answers while the server lives, /ready while the archive can be searched, and
    /metrics counts for Prometheus, where only this machine can connect or with --metrics. --log json writes one JSON
    object a line: requests by their route, never what was searched for.

    Anyone who can reach the address can read the whole archive: there are no passwords. Listen on other addresses
    only behind a proxy that asks for one.
    """
    if is_editable and not (is_loopback(host) and all(map(is_loopback, trusted_hosts))):
        raise UsageError(_NOT_BEYOND_THIS_MACHINE)

    if log_format == "json":
        use_json_logs()
    is_here = is_loopback(host) and all(map(is_loopback, trusted_hosts))

    def on_ready(address: str) -> None:
        if log_format == "json":
            log_event(_LOG, "serving", {"address": address, "is_loopback": is_here})
        elif not state.is_quiet:
            click.echo(f"Dossier is running at {address} – press Ctrl-C to stop", err=True)
            if not is_loopback(host):
                click.echo(_OPEN_TO_OTHERS, err=True)
        if is_open:
            click.launch(address)

    try:
        serve(
            state.settings(),
            host=host,
            port=port,
            trusted_hosts=trusted_hosts,
            changes=_editing(state.settings()) if is_editable else None,
            has_metrics=has_metrics or is_here,
            on_ready=on_ready,
        )
    except OSError as error:
        raise UsageError(f"cannot listen on {host} port {port}: {error.strerror}. Try another: --port 0") from error
    return 0
