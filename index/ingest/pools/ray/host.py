"""The part of the pool that runs on a machine of the cluster: a process of ours, bounded there as it is at home.

Ray starts this class in a process of its own. The work is done by a child of it, so that time and memory of a file are
measured and bounded where it is worked on, and an article that kills its process does not take the connection along.
"""

import os
import socket
from collections.abc import Sequence
from threading import Lock

from index.errors import DossierError
from index.ingest.pools.base import Done, Job, Lost
from index.ingest.pools.pickling import pack, register_records, unpack
from index.ingest.pools.process import Crashed
from index.ingest.pools.processes import ProcessPool
from index.ingest.pools.ray.declaration import Declaration, declare
from index.ingest.workers.tasks import Underway, WorkerOptions

__all__ = ["Answer", "WorkerHost"]

Answer = Done | Lost | Crashed
"""The outcome of a job."""


class WorkerHost:
    """One worker of the cluster. What its methods take and return is plain, or packed by `pickling.pack`."""

    def __init__(self) -> None:
        self._pool: ProcessPool | None = None
        self._underway: Underway | None = None
        self._turn = Lock()

    def declare(self, packs: Sequence[str], model: str, meaning: str) -> tuple[str, Declaration | str]:
        """Return the name of this machine, and the versions on it or, as text, what is missing on it."""
        try:
            return socket.gethostname(), declare(packs, model, meaning)
        except DossierError as error:
            return socket.gethostname(), str(error)

    def prepare(self, options: bytes) -> int:
        """Start the process that works; returns the id of this one."""
        register_records()
        self._pool = ProcessPool(unpack(options, WorkerOptions), workers=1, on_underway=self._note_underway)
        return os.getpid()

    def do(self, job: bytes) -> bytes:
        """Do a job: returns it done, or lost with the process that worked on it, or the error that ends the run.

        One after another, whatever Ray calls at once.
        """
        with self._turn:
            return pack(self._do(unpack(job, Job)))

    def _do(self, job: Job) -> Answer:
        pool = self._pool
        assert pool is not None, "prepared before the first job"
        try:
            pool.submit(job)
            (answer,) = pool.wait()
        except DossierError as error:
            # `PackError`, `ModelError` and `DiskFullError` are made of a message alone.
            return Crashed(type(error)(f"On {socket.gethostname()}: {error}"))
        finally:
            self._underway = None
        return answer

    def underway(self) -> bytes:
        """Return the progress of the long article in hand; empty without one."""
        return pack(self._underway) if self._underway is not None else b""

    def _note_underway(self, article: Underway) -> None:
        self._underway = article
