"""A real server for a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from waitress.server import create_server

__all__ = ["served"]


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Yield the address of an application, without a slash at the end, while it is served."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    # Threads that still answer would wake a loop that is closed.
    server.task_dispatcher.shutdown()
    server.close()
    # The loop waits for connections that a browser keeps open; it ends with the tests.
    thread.join(timeout=0.1)
