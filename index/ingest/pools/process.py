"""One worker process: started as a clean interpreter, given tasks over a pipe, gone when its parent is.

It has two threads beside its own, one that receives and one that sends, so that neither side ever waits for the other
to read before it goes on.
"""

import logging
import multiprocessing
import os
import queue
import signal
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess

from index.errors import DossierError
from index.ingest.pools.pickling import register_records
from index.ingest.workers.tasks import Result, Task, WorkerOptions
from index.ingest.workers.worker import Worker

__all__ = ["Crashed", "Process", "Ready", "start_process"]

# Results that may wait to be sent.
_RESULTS_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Crashed:
    """Message of a process that cannot go on, with the error that a user can do something about."""

    error: DossierError


@dataclass(frozen=True, slots=True)
class Ready:
    """Message of a process that can do tasks."""


_Inbox = queue.SimpleQueue[Task]
_Outbox = queue.Queue[Result | Crashed | Ready]


@dataclass(slots=True)
class Process:
    """A process, and our end of the pipe to it."""

    process: BaseProcess
    connection: Connection

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
    process.start()
    theirs.close()
    return Process(process, ours)


def _context(options: WorkerOptions) -> ForkServerContext | SpawnContext:
    # Never a plain fork: threads and open databases do not survive it. The fork server imports spaCy once for all.
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__, options.extractor.partition(":")[0]])
        return context
    return multiprocessing.get_context("spawn")


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
        worker = Worker(options)
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
