"""A limit to the time that a request may take: what takes longer is stopped, and the answer says so."""

import ctypes
import threading
import time
from dataclasses import dataclass
from heapq import heappop, heappush

from flask import Flask, Response, g, request
from werkzeug.exceptions import ServiceUnavailable

__all__ = ["REQUEST_SECONDS", "add_deadlines"]

REQUEST_SECONDS = 20.0
"""Seconds until a request is stopped. The slowest searches of 100,000 articles take one or two."""


class _StoppedError(Exception):
    """Raised inside a request whose time is up, wherever its thread is."""


@dataclass(slots=True)
class _Job:
    """A request that is being answered by a thread."""

    thread: int
    is_done: bool = False
    is_stopped: bool = False


class _Watch:
    """One thread that stops the others when their time is up.

    Python runs one instruction of a thread after another and raises an exception between two of them where it is told
    to. A single call into C, such as one statement of SQLite, is not interrupted before its end.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._jobs: list[tuple[float, int, _Job]] = []
        self._count = 0
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def begin(self) -> _Job:
        """Watch the current thread from now on."""
        job = _Job(threading.get_ident())
        with self._changed:
            self._count += 1
            heappush(self._jobs, (time.monotonic() + self._seconds, self._count, job))
            if self._thread is None or not self._thread.is_alive():
                # Started by the first request: a server that forks has no threads before.
                self._thread = threading.Thread(target=self._run, name="deadlines", daemon=True)
                self._thread.start()
            elif len(self._jobs) == 1:
                self._changed.notify()
        return job

    def end(self, job: _Job) -> None:
        """Watch the current thread no longer; what was raised in it and has not arrived is taken back."""
        with self._changed:
            job.is_done = True
            if job.is_stopped:
                _raise_in(job.thread, None)

    def _run(self) -> None:
        with self._changed:
            while True:
                while self._jobs and (self._jobs[0][2].is_done or self._jobs[0][0] <= time.monotonic()):
                    _, _, job = heappop(self._jobs)
                    if not job.is_done:
                        job.is_stopped = True
                        _raise_in(job.thread, _StoppedError)
                self._changed.wait(self._jobs[0][0] - time.monotonic() if self._jobs else None)


def _raise_in(thread: int, error: type[Exception] | None) -> None:
    """Raise an exception in another thread before its next instruction; None takes one back that waits."""
    waiting = ctypes.py_object(error) if error is not None else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), waiting)


def add_deadlines(app: Flask, *, seconds: float = REQUEST_SECONDS) -> None:
    """Stop each request after so many seconds. A stream counts until its first line: the reader sets its pace."""
    watch = _Watch(seconds)

    def begin() -> None:
        if request.method == "POST":
            # A decision is made to its end: what is half done would be lost, and nobody would know.
            return
        g.deadline = watch.begin()

    def end(response: Response) -> Response:
        if "deadline" in g:
            watch.end(g.deadline)
        return response

    def end_anyway(error: BaseException | None) -> None:
        job: _Job | None = g.pop("deadline", None)
        if job is not None:
            watch.end(job)

    def show(error: Exception) -> Response:
        watch.end(g.deadline)
        # Handled as any other error of HTTP: a page, or JSON for programs.
        answer = app.handle_user_exception(
            ServiceUnavailable(
                f"This request was stopped after {seconds:g} seconds. Ask for less: fewer words with *, or a filter."
            )
        )
        return app.make_response(answer)

    app.before_request(begin)
    app.after_request(end)
    app.teardown_request(end_anyway)
    app.register_error_handler(_StoppedError, show)
