"""Folders that the processes of one test run share: the first that needs one fills it, the others wait."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

__all__ = ["filling", "shared_folder"]


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the processes of one run share; each has one of its own in it."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if base.name.startswith("popen-") else base


@contextmanager
def filling(folder: Path) -> Iterator[bool]:
    """Hold the lock of a folder; True for who has to fill it, as nobody did so to the end before."""
    folder.mkdir(parents=True, exist_ok=True)
    # Beside the folder: a test may index all that is in it.
    made = folder.with_name(f"{folder.name}.made")
    with folder.with_name(f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield not made.exists()
        made.touch()
