"""One worker process: started as a clean interpreter, given tasks over a pipe, gone when its parent is.

It has two threads beside its own, one that receives and one that sends, so that neither side ever waits for the other
to read before it goes on.
"""

import logging
import multiprocessing
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType

from index.errors import DossierError
from index.ingest.pools.pickling import register_records
from index.ingest.workers.tasks import USUAL_EXTRACTOR, Result, Task, Underway, WorkerOptions
from index.ingest.workers.worker import Worker

__all__ = ["Crashed", "Process", "Ready", "start_process"]

# Results that may wait to be sent.
_RESULTS_AHEAD = 2
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Crashed:
    """Message of a process that cannot go on, with the error that a user can do something about."""

    error: DossierError


@dataclass(frozen=True, slots=True)
class Ready:
    """Message of a process that can do tasks."""


_Inbox = queue.SimpleQueue[Task]
_Outbox = queue.Queue[Result | Crashed | Ready | Underway]


@dataclass(slots=True)
class Process:
    """A process, and our end of the pipe to it."""

    process: BaseProcess
    connection: Connection

    def megabytes(self) -> float:
        """Return the memory that the process holds now; 0 where the system does not say (it does on Linux)."""
        try:
            pages = Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0.0
        return int(pages) * _PAGE_BYTES / 1_000_000

    def stop(self) -> None:
        """End the process, whatever it does."""
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()


def start_process(options: WorkerOptions) -> Process:
    """Start a process that takes tasks and sends a result for each, in their order."""
    context = _context(options)
    register_records()
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, options), daemon=True, name="dossier-worker")
    with _without_main_module():
        if isinstance(context, ForkServerContext):
            _start_fork_server()
        process.start()
    theirs.close()
    return Process(process, ours)


@contextmanager
def _without_main_module() -> Iterator[None]:
    """Hide the script that runs: a new process would run it again, unless it is written for that, and needs it not."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _context(options: WorkerOptions) -> ForkServerContext | SpawnContext:
    # Never a plain fork: threads and open databases do not survive it. The fork server loads once for all.
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__, *_modules(options.extractor)])
        return context
    return multiprocessing.get_context("spawn")


def _start_fork_server() -> None:
    """Start the server that forks the workers, if it does not run, deaf to Ctrl-C as they are.

    It ignores Ctrl-C only after it has imported all that the workers need, which takes seconds.
    """
    # Its start lets Ctrl-C through again: it has to come first.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _modules(extractor: str) -> tuple[str, ...]:
    """Return what is imported before workers are forked: the extractor, and for the usual one all that it loads."""
    if extractor == USUAL_EXTRACTOR:
        return ("index.ingest.workers.warm_up",)
    return (extractor.partition(":")[0],) if extractor else ()


def _run(connection: Connection, options: WorkerOptions) -> None:
    # Ctrl-C reaches every process of the terminal; the parent decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(format="%(message)s")
    register_records()
    inbox: _Inbox = queue.SimpleQueue()
    outbox: _Outbox = queue.Queue(maxsize=_RESULTS_AHEAD)
    threading.Thread(target=_receive, args=(connection, inbox), daemon=True).start()
    threading.Thread(target=_send, args=(connection, outbox), daemon=True).start()
    try:
        worker = Worker(options, on_underway=outbox.put)
        worker.prepare()
        outbox.put(Ready())
        # Sent before the first task can end this process, which is then known to have begun.
        outbox.join()
        while True:
            outbox.put(worker.do(inbox.get()))
    except DossierError as error:
        outbox.put(Crashed(error))
        outbox.join()


def _receive(connection: Connection, inbox: _Inbox) -> None:
    while True:
        try:
            inbox.put(connection.recv())
        except (EOFError, OSError):
            # The parent is gone, perhaps killed: nobody wants the results any more.
            os._exit(0)


def _send(connection: Connection, outbox: _Outbox) -> None:
    while True:
        item = outbox.get()
        try:
            connection.send(item)
        except OSError:
            os._exit(0)
        outbox.task_done()
