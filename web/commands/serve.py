"""`search-cli serve`: the search page on this machine."""

import logging

import click

from index.archive import Archive
from index.errors import UsageError
from index.settings import Settings
from search.cli.commands.entities.command import user_name
from search.cli.logs import LOG_FORMATS, log_event, use_json_logs
from search.cli.state import State, with_state
from web.middleware.security import is_address, is_loopback
from web.serving.server import DEFAULT_HOST, DEFAULT_PORT, serve
from web.visitors.editing import Editing
from web.visitors.rates import Rates
from web.visitors.signing_in import SignIn
from web.visitors.users.opening import has_users, open_users

__all__ = ["serve_command"]

_LOG = logging.getLogger(__name__)


_PUBLIC = "Whoever can reach this address reads the whole archive. Nobody can change it without a log-in."
_PRIVATE = "Readers have to log in."
_UNENCRYPTED = (
    "Passwords and searches travel unencrypted. Put a proxy with HTTPS before it, and name that with --trusted-proxy."
)
_NEEDS_USERS = (
    "Other machines could reach this server, and the archive has no users who could log in. Add the first one, and "
    "start again: search-cli users add NAME --role admin. To let everybody read and nobody edit: --public-read"
)
_NOBODY_EDITS = (
    "--edit beyond this machine needs users, who log in. Add the first one, and start again: search-cli users add NAME "
    "--role admin. Or leave out --edit."
)


def _editing(settings: Settings) -> Editing:
    # The side that writes takes half a second to import, which a server that only reads does not pay.
    from index.deciding import Decider

    return Editing(Decider(settings), decided_by=user_name())


def _sign_in(settings: Settings, *, is_beyond: bool, is_public: bool, is_editable: bool) -> SignIn:
    """Return who may use the server; raises `UsageError` where anybody could, and nobody said so."""
    folder = Archive(settings).folder
    if has_users(folder):
        return SignIn(open_users(folder), is_public=is_public, rates=Rates())
    if is_editable and (is_beyond or is_public):
        raise UsageError(_NOBODY_EDITS)
    if is_public:
        return SignIn(is_public=True, rates=Rates())
    if is_beyond:
        raise UsageError(_NEEDS_USERS)
    return SignIn()


def _told(found: SignIn, *, is_beyond: bool, proxy: str | None) -> list[str]:
    """Return what the person who starts the server should know about its readers."""
    lines = [_PUBLIC] if found.is_public else [_PRIVATE] if found.users else []
    return [*lines, _UNENCRYPTED] if is_beyond and not proxy else lines


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
    "--trusted-proxy",
    "proxy",
    metavar="ADDRESS",
    help="IP address of a proxy whose X-Forwarded-For and X-Forwarded-Proto are believed.",
)
@click.option("--edit", "is_editable", is_flag=True, help="Let the pages correct names.")
@click.option("--public-read", "is_public", is_flag=True, help="Let everybody read without a log-in.")
@click.option("--metrics", "has_metrics", is_flag=True, help="Answer /metrics beyond this machine, too; see above.")
@click.option("--log", "log_format", type=click.Choice(LOG_FORMATS), default="text", help="Format of the log.")
@click.option("--open", "is_open", is_flag=True, help="Open the page in a browser.")
@with_state
def serve_command(
    state: State, /, *, host: str, port: int, trusted_hosts: tuple[str, ...], proxy: str | None, is_editable: bool,
    is_public: bool, has_metrics: bool, log_format: str, is_open: bool,
) -> int:  # fmt: skip
    """Serve the search page and the JSON API on this machine, read-only without --edit. Ctrl-C stops the server.

    Once the archive has users (search-cli users add), everybody logs in, and editors correct names. A server that other
    machines can reach, by --host or --trust-host, needs users or --public-read.

    For machines that watch: /health answers while the server lives, /ready while the archive can be searched, and
    /metrics counts for Prometheus, where only this machine can connect or with --metrics. --log json writes one JSON
    object a line: requests by their route, never what was searched for.
    """
    settings = state.settings()
    is_beyond = not (is_loopback(host) and all(map(is_loopback, trusted_hosts)))
    if proxy is not None and not is_address(proxy):
        raise UsageError(f"--trusted-proxy {proxy!r} is not an IP address. Give that of the proxy, such as 127.0.0.1")
    signs_in = _sign_in(settings, is_beyond=is_beyond, is_public=is_public, is_editable=is_editable)

    if log_format == "json":
        use_json_logs()

    def on_ready(address: str) -> None:
        if log_format == "json":
            log_event(_LOG, "serving", {"address": address, "is_loopback": not is_beyond})
        elif not state.is_quiet:
            click.echo(f"Dossier is running at {address} – press Ctrl-C to stop", err=True)
            for line in _told(signs_in, is_beyond=is_beyond, proxy=proxy):
                click.echo(line, err=True)
        if is_open:
            click.launch(address)

    try:
        serve(
            settings,
            host=host,
            port=port,
            trusted_hosts=trusted_hosts,
            changes=_editing(settings) if is_editable else None,
            signs_in=signs_in,
            proxy=proxy,
            has_metrics=has_metrics or (not is_beyond and signs_in.users is None),
            on_ready=on_ready,
        )
    except OSError as error:
        raise UsageError(f"cannot listen on {host} port {port}: {error.strerror}. Try another: --port 0") from error
    return 0
