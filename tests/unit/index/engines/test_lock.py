import threading
import time
from pathlib import Path

import pytest

from index.engines.lock import WriterLock
from index.errors import IndexLockedError


def test_a_lock_can_be_taken_again_after_its_release(tmp_path: Path) -> None:
    for _ in range(2):
        lock = WriterLock(tmp_path, seconds=0)
        lock.release()
        lock.release()
    assert (tmp_path / "writer.lock").exists()


def test_waiting_ends_when_the_lock_is_released(tmp_path: Path) -> None:
    first = WriterLock(tmp_path, seconds=0)
    threading.Timer(0.2, first.release).start()
    started = time.monotonic()
    WriterLock(tmp_path, seconds=30).release()
    assert 0.1 < time.monotonic() - started < 20


@pytest.mark.parametrize("content", ["", "{", "[1]"])
def test_a_lock_file_that_says_nothing_is_no_obstacle(tmp_path: Path, content: str) -> None:
    lock = WriterLock(tmp_path, seconds=0)
    (tmp_path / "writer.lock").write_text(content)
    with pytest.raises(IndexLockedError, match="Another process is writing"):
        WriterLock(tmp_path, seconds=0)
    lock.release()
