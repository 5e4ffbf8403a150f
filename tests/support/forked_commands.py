"""`search-cli` in processes forked from one that has loaded everything already: a start costs no seconds.

Such a command is like any other process: it has its own folder, environment, input and output, it can be killed, and
it ends as a command does. The server that workers are forked from is shared by all of them. What a start itself does
is tested with processes of Python (`tests/integration/test_cli.py`).
"""

import atexit
import gc
import importlib
import io
import json
import multiprocessing.process
import os
import pkgutil
import random
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from multiprocessing import forkserver
from pathlib import Path
from typing import IO

__all__ = ["Command", "share_fork_server"]

ROOT = Path(__file__).parents[2]
_PAUSE = 0.005


class Command:
    """A command that runs; has what tests need of `subprocess.Popen`."""

    def __init__(
        self,
        *arguments: str | bytes,
        folder: Path,
        environment: Mapping[str, str],
        stdin: bytes | int = b"",
        stdout: int | None = None,
        stderr: int | None = None,
    ) -> None:
        """`stdin` is what it reads or a descriptor; outputs are descriptors, or kept for `communicate`."""
        self.returncode: int | None = None
        self._printed: tuple[str, str] | None = None
        # Files and not pipes: nobody has to read from them for the command to go on. `communicate` closes them.
        self._outputs = [_file() if wanted is None else None for wanted in (stdout, stderr)]
        ours, theirs = os.pipe()
        given = _pipe_with(stdin) if isinstance(stdin, bytes) else stdin
        outputs = [
            kept.fileno() if kept is not None else wanted
            for kept, wanted in zip(self._outputs, (stdout, stderr), strict=True)
        ]
        asked = {
            "arguments": [os.fsdecode(argument) for argument in arguments],
            "folder": str(folder),
            "environment": dict(environment),
        }
        try:
            socket.send_fds(_server(), [json.dumps(asked).encode() + b"\n"], [given, *outputs, theirs])
        finally:
            os.close(theirs)
            if given != stdin:
                os.close(given)
        self._status = os.fdopen(ours, "rb", buffering=0)
        self.pid = int(self._status.readline())

    def poll(self) -> int | None:
        """Return how it ended, as `Popen.returncode` says it, None while it runs."""
        if self.returncode is None and select.select([self._status], [], [], 0)[0]:
            self.returncode = os.waitstatus_to_exitcode(int(self._status.readline()))
            self._status.close()
        return self.returncode

    def wait(self, timeout: float = 120.0) -> int:
        """Wait until it has ended."""
        end = time.monotonic() + timeout
        while (code := self.poll()) is None:
            assert time.monotonic() < end, "the command does not end"
            time.sleep(_PAUSE)
        return code

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float = 120.0) -> tuple[str, str]:
        """Wait for its end and return what it printed; no traceback is among it."""
        self.wait(timeout)
        if self._printed is None:
            output, errors = map(_read_and_close, self._outputs)
            self._printed = output, errors
        assert "Traceback" not in "".join(self._printed), self._printed
        return self._printed


def _file() -> IO[bytes]:
    return tempfile.TemporaryFile()


def _read_and_close(file: IO[bytes] | None) -> str:
    if file is None:
        return ""
    with file:
        file.seek(0)
        return file.read().decode(errors="surrogateescape")


def _pipe_with(text: bytes) -> int:
    """The end to read of a pipe that holds a short text, and no more comes."""
    assert len(text) <= select.PIPE_BUF, "a longer text would wait for its reader"
    reading, writing = os.pipe()
    os.write(writing, text)
    os.close(writing)
    return reading


@cache
def _server() -> socket.socket:
    """Start the process that commands are forked from; it ends with this one."""
    ours, theirs = socket.socketpair()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", __name__, str(theirs.fileno())],
        env=environment,
        stdin=subprocess.DEVNULL,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    assert ours.recv(1) == b"!", "the process that commands are forked from did not start"

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def load() -> None:
    """Load what commands load, and start the server of their workers."""
    from index.ingest.indexer import Indexer
    from index.settings import Settings
    from search.cli import commands

    for module in pkgutil.iter_modules(commands.__path__):
        importlib.import_module(f"{commands.__name__}.{module.name}")
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index=Path(folder, ".dossier"), workers=1, model="none")
        Indexer(settings).index([str(ROOT / "seeds")])
        Indexer(settings, pool="local").index([str(ROOT / "seeds")])


def share_fork_server() -> None:
    """In a fork: use the server of workers of the process that this one was forked from.

    `multiprocessing` waits for it as for a child of its own, which it is not.
    """
    server = forkserver._forkserver  # type: ignore[attr-defined]
    if server._forkserver_pid is not None:
        # The module has the method under a name of its own, too.
        server.ensure_running = forkserver.ensure_running = lambda: None


def _serve(control: socket.socket) -> list[str] | None:
    """Fork a process for each command and return its arguments there; None here, at the end of all."""
    control.send(b"!")
    while True:
        wanted, descriptors = _receive(control)
        _bury()
        if not descriptors:
            return None
        assert threading.active_count() == 1, "a process with threads cannot be forked"
        if os.fork() == 0:
            control.close()
            _wait_for_a_fork(descriptors[-1])
            _become(wanted, descriptors)
            return [str(argument) for argument in wanted["arguments"]]  # type: ignore[attr-defined]
        for descriptor in descriptors:
            os.close(descriptor)


def _bury() -> None:
    """Let go of the forks that waited for commands which have ended."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _receive(control: socket.socket) -> tuple[dict[str, object], list[int]]:
    message, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 4)
    while message and not message.endswith(b"\n"):
        message += control.recv(1 << 16)
    return (json.loads(message) if message else {}), list(descriptors)


def _wait_for_a_fork(status: int) -> None:
    """Fork once more; say there how the new process ends, and go on in that."""
    child = os.fork()
    if child == 0:
        return
    os.write(status, f"{child}\n".encode())
    _, ended = os.waitpid(child, 0)
    os.write(status, f"{ended}\n".encode())
    os._exit(0)


def _become(wanted: Mapping[str, object], descriptors: Sequence[int]) -> None:
    """Make this process what a new one would be."""
    for number, descriptor in enumerate(descriptors[:3]):
        os.dup2(descriptor, number)
    for descriptor in descriptors:
        os.close(descriptor)
    sys.stdin, sys.stdout, sys.stderr = _streams()
    os.environ.clear()
    os.environ.update(wanted["environment"])  # type: ignore[call-overload]
    os.chdir(str(wanted["folder"]))
    multiprocessing.process.ORIGINAL_DIR = str(Path.cwd())  # type: ignore[attr-defined]
    tempfile.tempdir = None
    random.seed()
    # A run of tests in the background ignores it, and what it starts does.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    share_fork_server()


def _streams() -> Iterator[IO[str]]:
    for number, old in enumerate((sys.stdin, sys.stdout, sys.stderr)):
        assert isinstance(old, io.TextIOWrapper)
        is_line = number == 2 or os.isatty(number)
        yield open(  # noqa: SIM115 - they live as long as the process
            number,
            "w" if number else "r",
            buffering=1 if is_line else -1,
            encoding=old.encoding,
            errors=old.errors,
            closefd=False,
        )


def _run(arguments: Sequence[str]) -> int:
    """Run the command in this process and return its code."""
    from search.cli.main import main

    sys.argv = ["-c", *arguments]
    try:
        main()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except BaseException:  # noqa: BLE001 - it is printed, as at the end of any process
        traceback.print_exc()
    return 1


def _end(code: int) -> None:
    """End this process; to take down all that was loaded, as Python does, takes longer than most commands."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    load()
    gc.freeze()
    given = _serve(socket.socket(fileno=int(sys.argv[1])))
    if given is not None:
        _end(_run(given))
