"""Segments that are missing or cut short."""

from pathlib import Path

import pytest

from index.engines.registry import open_writer
from index.errors import IndexDamagedError
from search.engines.registry import open_searcher
from tests.unit.index.engines.folders import segment_of


@pytest.mark.parametrize("keep", [0, 7, 30, -1], ids=["empty", "magic only", "a piece", "one byte less"])
@pytest.mark.parametrize("which", ["segment", "deleted"])
def test_a_truncated_file_is_named(folder: Path, which: str, keep: int) -> None:
    with open_writer("whoosh", folder, lock_seconds=0) as writer:
        writer.delete(["a"])
    path = next(folder.glob(f"*.{which}"))
    path.write_bytes(path.read_bytes()[:keep])
    for open_ in (lambda: open_searcher("whoosh", folder), lambda: open_writer("whoosh", folder, lock_seconds=0)):
        with pytest.raises(IndexDamagedError, match=path.name):
            open_()


def test_a_missing_segment_is_named(folder: Path) -> None:
    path = segment_of(folder)
    path.unlink()
    for open_ in (lambda: open_searcher("whoosh", folder), lambda: open_writer("whoosh", folder, lock_seconds=0)):
        with pytest.raises(IndexDamagedError, match=path.name):
            open_()
