"""The processes that work: started clean, told what to do over a pipe, and gone when their parent is.

A worker process has two threads beside its own, one that receives and one that sends, so that neither side ever waits
for the other to read before it goes on.
"""

import logging
import multiprocessing
import os
import queue
import signal
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess

from index.errors import DossierError
from index.indexing.pickling import pickle_quickly
from index.indexing.work import ExtractTask, ReadingOptions, ReadTask, Result, Task
from index.indexing.worker import Worker
from index.readers.base import Source

__all__ = ["Crashed", "Process", "Ready", "start_process"]

# Parts of a long source that its reader may have ready before anyone asks.
_PARTS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Crashed:
    """Said by a process that cannot go on, with the error that a user can do something about."""

    error: DossierError


@dataclass(frozen=True, slots=True)
class Ready:
    """Said by a process that can take tasks."""


@dataclass(slots=True)
class Process:
    """A process, and our end of the pipe to it."""

    process: BaseProcess
    connection: Connection

    def stop(self) -> None:
        """End it, whatever it does."""
        self.connection.close()
        self.process.terminate()
        self.process.join()
        self.process.close()


def start_process(options: ReadingOptions) -> Process:
    """A process that takes tasks, and sources to read bit by bit, and sends results."""
    context = _context()
    pickle_quickly()
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, options), daemon=True, name="dossier-worker")
    process.start()
    theirs.close()
    return Process(process, ours)


def _context() -> ForkServerContext | SpawnContext:
    # Never a plain fork: threads and open databases do not survive it. The fork server imports spaCy once for all.
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["index.indexing.processes"])
        return context
    return multiprocessing.get_context("spawn")


def _run(connection: Connection, options: ReadingOptions) -> None:
    # Ctrl-C reaches every process of the terminal; the parent decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(format="%(message)s")
    pickle_quickly()
    inbox: queue.SimpleQueue[Task | Source] = queue.SimpleQueue()
    outbox: queue.Queue[Result | Crashed | Ready] = queue.Queue(maxsize=_PARTS_AHEAD)
    threading.Thread(target=_receive, args=(connection, inbox), daemon=True).start()
    threading.Thread(target=_send, args=(connection, outbox), daemon=True).start()
    try:
        worker = Worker(options)
    except DossierError as error:
        outbox.put(Crashed(error))
        outbox.join()
        return
    outbox.put(Ready())
    while True:
        item = inbox.get()
        match item:
            case ReadTask() | ExtractTask():
                outbox.put(worker.do(item))
            case Source():
                _put_all(outbox.put, worker.read_many(item))


def _put_all(put: Callable[[Result], None], parts: Iterable[Result]) -> None:
    for part in parts:
        put(part)


def _receive(connection: Connection, inbox: "queue.SimpleQueue[Task | Source]") -> None:
    while True:
        try:
            inbox.put(connection.recv())
        except (EOFError, OSError):
            # The parent is gone, perhaps killed: nobody wants the results any more.
            os._exit(0)


def _send(connection: Connection, outbox: "queue.Queue[Result | Crashed | Ready]") -> None:
    while True:
        item = outbox.get()
        try:
            connection.send(item)
        except OSError:
            os._exit(0)
        outbox.task_done()
