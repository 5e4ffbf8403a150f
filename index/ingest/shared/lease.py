"""Renews the lease of a worker's claims while the worker is busy."""

import logging
import threading

from index.catalog.postgres.work import WorkTable
from index.errors import DossierError

__all__ = ["LeaseKeeper"]

_LOG = logging.getLogger(__name__)

# Two renewals may fail before a lease runs out.
_RENEWALS_A_LEASE = 3


class LeaseKeeper:
    """A thread that renews the claims of a worker until it is stopped, or until the process ends."""

    def __init__(self, table: WorkTable, worker: int) -> None:
        self._table = table
        self._worker = worker
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._renew, name="lease", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread; the leases run out by themselves."""
        self._is_over.set()
        self._thread.join()

    def _renew(self) -> None:
        while not self._is_over.wait(self._table.lease_seconds / _RENEWALS_A_LEASE):
            try:
                self._table.renew(self._worker)
            except DossierError as error:
                # What is lost is noticed when it is staged.
                _LOG.warning("The claims of this worker were not renewed: %s", error)
