from pathlib import Path

import numpy as np
import pytest

from index.engines.arrays.segment_file import Array, SegmentFile, SegmentFileWriter
from index.errors import IndexDamagedError


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.uint32, np.uint64, np.int32, np.float32])
@pytest.mark.parametrize("size", [0, 1, 1000])
def test_an_array_comes_back_as_it_was(tmp_path: Path, dtype: type, size: int) -> None:
    array: Array = np.arange(size).astype(dtype)
    with SegmentFileWriter(tmp_path / "x") as writer:
        writer.add("odd", np.ones(3, np.uint8))
        writer.add("array", array)
        written, _ = writer.close({"documents": 7})
    file = SegmentFile(tmp_path / "x")
    assert file.array("array").tolist() == array.tolist()
    assert file.array("array").dtype == array.dtype
    assert file.array("odd").tolist() == [1, 1, 1]
    assert file.facts == {"documents": 7}
    assert written == (tmp_path / "x").stat().st_size


def test_an_array_can_be_written_piece_by_piece(tmp_path: Path) -> None:
    with SegmentFileWriter(tmp_path / "x") as writer:
        writer.start("array", np.dtype(np.uint32))
        writer.extend(np.array([1, 2], np.uint32))
        writer.extend(np.array([], np.uint32))
        writer.extend(np.array([3], np.uint32))
        writer.close({})
    assert SegmentFile(tmp_path / "x").array("array").tolist() == [1, 2, 3]


def test_arrays_are_read_only_views(tmp_path: Path) -> None:
    with SegmentFileWriter(tmp_path / "x") as writer:
        writer.add("array", np.ones(3, np.uint8))
        writer.close({})
    with pytest.raises(ValueError, match="read-only"):
        SegmentFile(tmp_path / "x").array("array")[0] = 2


def test_a_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    with pytest.raises(FileExistsError):
        SegmentFileWriter(tmp_path / "x")


def test_an_absent_array_is_damage(tmp_path: Path) -> None:
    with SegmentFileWriter(tmp_path / "x") as writer:
        writer.close({})
    with pytest.raises(IndexDamagedError, match="no array y"):
        SegmentFile(tmp_path / "x").array("y")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (b"DOSSIERS", b"DOSSIERX", "not a segment"),
        (b'"u1"', b'"O8"', "beyond its end"),
        (b", 8, 3]", b", 8,99]", "beyond its end"),
        (b", 8, 3]", b",-8, 3]", "beyond its end"),
        (b'{"arrays"', b'["arrays"', "directory"),
        (b'"facts"', b'"farts"', "directory"),
    ],
)
def test_nonsense_is_damage(tmp_path: Path, old: bytes, new: bytes, message: str) -> None:
    path = tmp_path / "x"
    with SegmentFileWriter(path) as writer:
        writer.add("array", np.ones(3, np.uint8))
        writer.close({})
    path.write_bytes(path.read_bytes().replace(old, new, 1))
    with pytest.raises(IndexDamagedError, match=message):
        SegmentFile(path)
