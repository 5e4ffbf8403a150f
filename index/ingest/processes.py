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
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess

from index.errors import DossierError
from index.ingest.pickling import pickle_quickly
from index.ingest.source_reading import SourceReader
from index.ingest.work import ReadingOptions, Result, Task
from index.ingest.worker import Worker
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


_Inbox = queue.SimpleQueue[Task | Source]
_Outbox = queue.Queue[Result | Crashed | Ready]


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


def start_process(options: ReadingOptions, *, reads_for: str = "") -> Process:
    """A process that takes tasks and sends results.

    With `reads_for`, the fingerprint of what extracts, it takes sources instead and sends what it reads, bit by bit;
    such a process has no need of the memory that extraction takes.
    """
    context = _context()
    pickle_quickly()
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, options, reads_for), daemon=True, name="dossier-worker")
    process.start()
    theirs.close()
    return Process(process, ours)


def _context() -> ForkServerContext | SpawnContext:
    # Never a plain fork: threads and open databases do not survive it. The fork server imports spaCy once for all.
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["index.ingest.processes"])
        return context
    return multiprocessing.get_context("spawn")


def _run(connection: Connection, options: ReadingOptions, reads_for: str) -> None:
    # Ctrl-C reaches every process of the terminal; the parent decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(format="%(message)s")
    pickle_quickly()
    inbox: _Inbox = queue.SimpleQueue()
    outbox: _Outbox = queue.Queue(maxsize=_PARTS_AHEAD)
    threading.Thread(target=_receive, args=(connection, inbox), daemon=True).start()
    threading.Thread(target=_send, args=(connection, outbox), daemon=True).start()
    try:
        if reads_for:
            _read(SourceReader(options, reads_for), inbox, outbox)
        else:
            _work(Worker(options), inbox, outbox)
    except DossierError as error:
        outbox.put(Crashed(error))
        outbox.join()


def _work(worker: Worker, inbox: _Inbox, outbox: _Outbox) -> None:
    outbox.put(Ready())
    while True:
        task = inbox.get()
        assert not isinstance(task, Source), "sources go to a reader"
        outbox.put(worker.do(task))


def _read(reader: SourceReader, inbox: _Inbox, outbox: _Outbox) -> None:
    outbox.put(Ready())
    while True:
        source = inbox.get()
        assert isinstance(source, Source), "tasks go to a worker"
        for part in reader.read_many(source):
            outbox.put(part)


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
