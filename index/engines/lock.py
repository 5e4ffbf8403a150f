"""Writer lock of a folder: held by one process at a time, released by the system when the process ends."""

import json
import os
import socket
import sys
import time
from pathlib import Path
from typing import IO

from index.errors import IndexLockedError

__all__ = ["WriterLock"]

# Short for a person who waits, and next to no work while a long run holds the lock.
_PAUSE_SECONDS = 0.05


class WriterLock:
    """An exclusive lock on a file in a folder, by default `writer.lock`.

    The file stays when the lock is released; its content says who held it last. Raises `IndexLockedError`, naming
    the process and host that hold the lock, when `seconds` have gone by in vain.
    """

    def __init__(self, folder: Path, *, seconds: float, name: str = "writer.lock") -> None:
        path = folder / name
        self._file = path.open("a+", encoding="utf-8")
        deadline = time.monotonic() + seconds
        while not _try_lock(self._file):
            if time.monotonic() >= deadline:
                holder = _read_holder(path)
                self._file.close()
                raise IndexLockedError(f"{holder} is writing to {folder}. Wait for it to end, or stop it.")
            time.sleep(_PAUSE_SECONDS)
        self._file.truncate(0)
        json.dump({"process": os.getpid(), "host": socket.gethostname()}, self._file)
        self._file.flush()

    def release(self) -> None:
        """Release the lock. Releasing twice is harmless."""
        if not self._file.closed:
            _unlock(self._file)
            self._file.close()


def _read_holder(path: Path) -> str:
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
        return f"Process {holder['process']} on {holder['host']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "Another process"


if sys.platform == "win32":
    import msvcrt

    # Windows locks are mandatory: lock a byte far behind the text, so that others can read who holds it.
    _BYTE = 1 << 20

    def _try_lock(file: IO[str]) -> bool:
        file.seek(_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: IO[str]) -> None:
        file.seek(_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: IO[str]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)
