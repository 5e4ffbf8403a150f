"""Serve the application with waitress, on this machine alone unless told otherwise."""

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress.server import create_server

from index.settings import Settings
from web.app import create_app
from web.middleware.security import DEFAULT_HOSTS
from web.serving.channels import CONNECTIONS, HEADER_SECONDS, MAX_HEADER, BoundedChannel
from web.serving.warming import warm_up
from web.visitors.editing import Editing
from web.visitors.signing_in import SignIn

__all__ = ["DEFAULT_HOST", "DEFAULT_PORT", "make_server", "serve"]

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8000

_THREADS = 8
_PROXY_HEADERS = {"x-forwarded-for", "x-forwarded-proto"}


def serve(
    settings: Settings,
    *,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    trusted_hosts: tuple[str, ...] = (),
    changes: Editing | None = None,
    signs_in: SignIn | None = None,
    proxy: str | None = None,
    has_metrics: bool = False,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Answer requests until interrupted (Ctrl-C). `port` 0 takes any free one.

    `on_ready` is called once with the address of the first page. `trusted_hosts` are host names to answer to beside
    those of this machine and `host`. With `changes`, the pages can change the archive. `signs_in` says who may read and
    change it, and `proxy` is the IP address of a proxy that is believed, as in `make_server`. With
    `has_metrics`, `/metrics` tells what is counted.
    Raises `OSError` when the port is in use.
    """
    shown = f"[{host}]" if ":" in host else host
    names = (*DEFAULT_HOSTS, shown.lower(), *trusted_hosts)
    app = create_app(
        settings,
        trusted_hosts=tuple(dict.fromkeys(names)),
        changes=changes,
        signs_in=signs_in,
        has_metrics=has_metrics,
    )
    warm_up(app)
    server = make_server(app, host=host, port=port, proxy=proxy)
    try:
        if on_ready is not None:
            on_ready(f"http://{shown}:{server.effective_port}/")
        server.run()
    finally:
        server.close()


# Any: waitress has no types.
def make_server(
    app: Flask,
    *,
    host: str,
    port: int,
    connections: int = CONNECTIONS,
    header_seconds: int = HEADER_SECONDS,
    proxy: str | None = None,
) -> Any:
    """Return a server that listens and does not run yet.

    A request has `header_seconds` to arrive. Of more `connections` than this, those that keep silent give way.
    What a client says about others (`X-Forwarded-For`, `X-Forwarded-Proto`) is believed if its address is `proxy`.
    """
    server = create_server(
        app,
        host=host,
        port=port,
        threads=_THREADS,
        ident=None,
        max_request_header_size=MAX_HEADER,
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"],
        connection_limit=connections,
        channel_timeout=header_seconds,
        cleanup_interval=1,
        # `select` cannot watch as many connections.
        asyncore_use_poll=True,
        clear_untrusted_proxy_headers=True,
        **({"trusted_proxy": proxy, "trusted_proxy_headers": _PROXY_HEADERS} if proxy else {}),
    )
    server.channel_class = BoundedChannel
    # Waitress warns of each request that waits for a thread; a reader who opens ten tabs is no reason to warn.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    return server
