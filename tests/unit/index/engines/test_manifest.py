"""Manifests that are broken, old or from strangers, and what `verify` finds."""

import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from index.engines.manifest import MANIFEST, verify
from index.engines.registry import open_writer
from index.errors import EngineError, IndexDamagedError, IndexOutdatedError, IndexUntrustedError
from search.engines.registry import open_searcher
from tests.contract.conftest import DOCUMENTS
from tests.unit.index.engines.folders import segment_of, write


def test_verify_finds_a_flipped_byte_anywhere(folder: Path) -> None:
    assert verify(folder, engine="whoosh") == ()
    path = segment_of(folder)
    data = bytearray(path.read_bytes())
    for place in (9, len(data) // 2, len(data) - 1):
        flipped = data.copy()
        flipped[place] ^= 1
        path.write_bytes(flipped)
        (problem,) = verify(folder, engine="whoosh")
        assert path.name in problem
        assert "search-cli rebuild" in problem


def test_verify_finds_a_missing_file(folder: Path) -> None:
    segment_of(folder).unlink()
    (problem,) = verify(folder, engine="whoosh")
    assert "cannot be read" in problem


@pytest.mark.parametrize("text", ["", "{", "[]", '{"number": "x"}', "null", '{"segments": 5}'])
def test_a_broken_manifest_says_so(folder: Path, text: str) -> None:
    (folder / MANIFEST).write_text(text)
    with pytest.raises(IndexDamagedError, match="search-cli rebuild"):
        open_searcher("whoosh", folder)


@pytest.mark.parametrize("name", ["codec", "analyzer", "schema"])
def test_an_index_of_another_version_says_so(folder: Path, name: str) -> None:
    path = folder / MANIFEST
    path.write_text(path.read_text().replace(f'"{name}": ', f'"{name}": 0, "was": ', 1))
    for open_ in (lambda: open_searcher("whoosh", folder), lambda: open_writer("whoosh", folder, lock_seconds=0)):
        with pytest.raises(IndexOutdatedError, match="search-cli rebuild"):
            open_()


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "s.segment", ""])
def test_a_manifest_that_names_strange_files_is_not_trusted(folder: Path, name: str) -> None:
    path = folder / MANIFEST
    path.write_text(path.read_text().replace(segment_of(folder).name, name))
    with pytest.raises(IndexUntrustedError, match="search-cli rebuild"):
        open_searcher("whoosh", folder)


class _Bomb:
    """Unpickling it makes a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        return (_explode, (str(self._path),))


def _explode(path: str) -> None:
    Path(path).write_text("executed")


def test_pickles_planted_in_an_index_are_never_executed(folder: Path, tmp_path: Path) -> None:
    mark = tmp_path / "executed"
    bomb = pickle.dumps(_Bomb(mark))
    pickle.loads(bomb)
    assert mark.exists()
    mark.unlink()
    for name in ("_dossier_1.toc", "_MAIN_1.toc", "MAIN_WRITELOCK", "dossier_x.seg"):
        (folder / name).write_bytes(bomb)
    for path in [*folder.glob("*.segment"), folder / MANIFEST, folder / "writer.lock"]:
        saved = path.read_bytes()
        path.write_bytes(bomb)
        for open_ in (lambda: open_searcher("whoosh", folder), lambda: write(folder, DOCUMENTS[0])):
            try:
                open_()
            except EngineError:
                continue
        path.write_bytes(saved)
    assert not mark.exists()
