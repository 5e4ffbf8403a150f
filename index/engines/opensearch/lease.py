"""The right to write: held by one process at a time, renewed while it works, and gone soon after it died."""

import os
import socket
import threading
import time
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import ConflictError, NotFoundError

from index.engines.opensearch.server import Server
from index.engines.opensearch.state import STATE_INDEX
from index.errors import EngineError, IndexLockedError

__all__ = ["Lease"]

# A process that died on another machine keeps others waiting for so long.
_LEASE_SECONDS = 20.0
_RENEW_SECONDS = 5.0
# What one request may take from the lease: after that, another process may write.
_MARGIN_SECONDS = 8.0
_PAUSE_SECONDS = 0.1


class Lease:
    """A document that names its owner and the time when it runs out.

    A process that died on this machine is noticed at once, one on another machine when its lease runs out, for which
    the clocks of both should agree within a few seconds. Raises `IndexLockedError`, naming the process and host that
    hold it, when `seconds` have gone by in vain.
    """

    def __init__(self, server: Server, *, seconds: float) -> None:
        self._server = server
        self._id = f"writer of {server.name}"
        self._owner = os.urandom(8).hex()
        self._version: dict[str, int] = {}
        self._ends = 0.0
        self._lock = threading.Lock()
        self._is_released = threading.Event()
        self._acquire(seconds)
        self._thread = threading.Thread(target=self._renew_often, name="dossier-lease", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raise `IndexLockedError` when the lease ran out, as that of a process that slept; else nothing."""
        with self._lock:
            if time.monotonic() + _MARGIN_SECONDS > self._ends:
                self._renew()

    def release(self) -> None:
        """Let others write. Releasing twice is harmless."""
        if self._is_released.is_set():
            return
        self._is_released.set()
        self._thread.join()

        def ask(client: OpenSearch) -> None:
            try:
                client.delete(index=STATE_INDEX, id=self._id, **self._version)
            except (NotFoundError, ConflictError):
                # It ran out, and another process holds it.
                return

        try:
            self._server.call(ask)
        except EngineError:
            # Nobody can be told: it runs out by itself.
            return

    def _acquire(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        while True:
            holder = self._try()
            if holder is None:
                return
            if time.monotonic() >= deadline:
                raise IndexLockedError(
                    f"Process {holder.get('process')} on {holder.get('host')} is writing to {self._server.name}. Wait "
                    f"for it to end, or stop it; {_LEASE_SECONDS:.0f} seconds after it died others may write."
                )
            time.sleep(_PAUSE_SECONDS)

    def _try(self) -> dict[str, Any] | None:
        """Take the lease if nobody holds it; else return who does."""

        def ask(client: OpenSearch) -> dict[str, Any] | None:
            try:
                found = client.get(index=STATE_INDEX, id=self._id)
            except NotFoundError:
                how: dict[str, Any] = {"op_type": "create"}
            else:
                holder: dict[str, Any] = found["_source"]
                # A try that was not answered may have been done.
                if holder.get("owner") != self._owner and _is_held(holder):
                    return holder
                how = {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]}
            try:
                self._write(client, how)
            except ConflictError:
                return {"process": "?", "host": "another machine"}
            return None

        return self._server.call(ask)

    def _write(self, client: OpenSearch, how: dict[str, Any]) -> None:
        started = time.monotonic()
        content = {**_this_process(), "owner": self._owner, "until": time.time() + _LEASE_SECONDS}
        answer = client.index(index=STATE_INDEX, id=self._id, body=content, **how)
        self._version = {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}
        self._ends = started + _LEASE_SECONDS

    def _renew(self) -> None:
        holder = self._try()
        if holder is not None:
            raise IndexLockedError(
                f"This process was away for too long, and process {holder.get('process')} on {holder.get('host')} is "
                f"writing to {self._server.name} now. What was committed is kept; run the command again."
            )

    def _renew_often(self) -> None:
        while not self._is_released.wait(_RENEW_SECONDS):
            with self._lock:
                try:
                    self._renew()
                except EngineError:
                    # The writer learns it from `check`, when it writes next.
                    continue


def _is_held(holder: dict[str, Any]) -> bool:
    if float(holder.get("until", 0)) < time.time():
        return False
    here = _this_process()
    if any(holder.get(key) != here[key] for key in ("host", "machine")):
        return True
    return _started(int(holder["process"])) == holder.get("started")


def _this_process() -> dict[str, Any]:
    process = os.getpid()
    return {
        "process": process,
        "host": socket.gethostname(),
        "machine": _machine(),
        "started": _started(process),
    }


def _machine() -> str:
    """Return a text that is the same for processes whose numbers mean the same, "" where the system has none."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _started(process: int) -> str:
    """Return when a process of this machine began, in the system's words; "" when there is none or nobody knows."""
    try:
        return (
            Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[19]
        )
    except (OSError, IndexError):
        return ""
