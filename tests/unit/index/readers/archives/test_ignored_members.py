"""Rules of `.searchignore` hold in archives, too; members are read when the rules change."""

import io
import os
import tarfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from index.ingest.indexer import Indexer
from index.model import Article
from index.readers.base import Source
from index.readers.registry import read_source
from index.readers.sources import find_sources
from index.settings import Settings

_NAMES = ("a.txt", "a.md", "drafts/b.txt", "old/drafts/c.txt", "keep/notes.txt")


def _zip(names: Sequence[str] = _NAMES) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        for name in names:
            archive.writestr(name, f"The text of {name} in the harbour.")
    return output.getvalue()


def _tar() -> bytes:
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w:gz") as archive:
        for name in _NAMES:
            data = f"The text of {name} in the harbour.".encode()
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return output.getvalue()


def _nested() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as archive:
        archive.writestr("inner.zip", _zip())
    return output.getvalue()


def _read(folder: Path) -> list[str]:
    sources = [item for item in find_sources([str(folder)], base=folder) if isinstance(item, Source)]
    return [item.locator for source in sources for item in read_source(source) if isinstance(item, Article)]


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        pytest.param("", _NAMES, id="no rules"),
        pytest.param("*.md", ("a.txt", "drafts/b.txt", "old/drafts/c.txt", "keep/notes.txt"), id="a pattern"),
        pytest.param("drafts/", ("a.txt", "a.md", "keep/notes.txt"), id="a folder at any depth"),
        pytest.param("*.txt\n!notes.txt", ("a.md", "keep/notes.txt"), id="taken back"),
        pytest.param(
            "/news.*/drafts", ("a.txt", "a.md", "old/drafts/c.txt", "keep/notes.txt"), id="tied to an archive"
        ),
        pytest.param("/drafts", _NAMES, id="tied to the folder beside the archive"),
    ],
)
@pytest.mark.parametrize(("name", "make"), [("news.zip", _zip), ("news.tar.gz", _tar)])
def test_rules_count_in_archives_as_in_folders(
    tmp_path: Path, name: str, make: Callable[[], bytes], rules: str, kept: Sequence[str]
) -> None:
    (tmp_path / name).write_bytes(make())
    (tmp_path / ".searchignore").write_text(rules)
    assert _read(tmp_path) == [f"{name}!/{each}" for each in kept]


def test_rules_count_in_an_archive_in_an_archive(tmp_path: Path) -> None:
    (tmp_path / "news.zip").write_bytes(_nested())
    (tmp_path / ".searchignore").write_text("drafts/\n*.md")
    assert _read(tmp_path) == ["news.zip!/inner.zip!/a.txt", "news.zip!/inner.zip!/keep/notes.txt"]


def test_an_archive_that_is_named_itself_is_read_whole(tmp_path: Path) -> None:
    (tmp_path / "news.zip").write_bytes(_zip())
    (tmp_path / ".searchignore").write_text("drafts/")
    assert len(_read(tmp_path / "news.zip")) == len(_NAMES)


def test_an_archive_is_read_again_when_the_rules_change(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "news.zip").write_bytes(_zip())
    os.utime(folder / "news.zip", (1_600_000_000, 1_600_000_000))
    (folder / ".searchignore").write_text("drafts/")
    indexer = Indexer(Settings(index=tmp_path / ".index", model="none", workers=1))
    first = indexer.index([str(folder)])
    same = indexer.index([str(folder)])
    (folder / ".searchignore").write_text("")
    after = indexer.index([str(folder)])
    assert (first.added, same.added, after.added) == (3, 0, 2)
    assert first.skipped == {"files in archives that .searchignore names": 1}
