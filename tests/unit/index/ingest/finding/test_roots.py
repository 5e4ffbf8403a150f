from pathlib import Path

import pytest

from index.ingest.finding.roots import is_under, root_locators
from index.model import Failure
from index.readers.sources import find_sources


@pytest.mark.parametrize(
    ("path", "roots"),
    [
        (".", ("",)),
        ("news", ("news",)),
        ("news/", ("news",)),
        ("./news/../news", ("news",)),
        ("news/a.txt", ("news/a.txt",)),
        ("gone", ("gone",)),
        ("gone/b.txt", ("gone/b.txt",)),
        ("link", ("news",)),
        ("-", ()),
    ],
)
def test_roots_are_the_beginnings_of_locators(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, roots: tuple[str, ...]
) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").touch()
    (tmp_path / "link").symlink_to("news")
    monkeypatch.chdir(tmp_path)
    assert root_locators([path], base=tmp_path) == roots


@pytest.mark.parametrize("path", [".", "news", "news/deep", "news/a.txt", "link", "filelink.txt"])
def test_every_file_that_is_found_lies_under_the_roots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    (tmp_path / "news" / "deep").mkdir(parents=True)
    (tmp_path / "news" / "a.txt").touch()
    (tmp_path / "news" / "deep" / "b.txt").touch()
    (tmp_path / "link").symlink_to("news")
    (tmp_path / "filelink.txt").symlink_to("news/a.txt")
    monkeypatch.chdir(tmp_path)
    found = [item.locator for item in find_sources([path], base=tmp_path) if not isinstance(item, Failure)]
    roots = root_locators([path], base=tmp_path)
    assert found
    assert [locator for locator in found if not is_under(locator, roots)] == []


def test_files_outside_the_base_are_known_by_their_whole_path(tmp_path: Path) -> None:
    assert root_locators([str(tmp_path / "b")], base=tmp_path / "a") == ((tmp_path / "b").resolve().as_posix(),)


@pytest.mark.parametrize(
    ("locator", "root", "is_below"),
    [
        ("news/a", "news", True),
        ("news", "news", True),
        ("newsroom/a", "news", False),
        ("-", "", False),
        ("a", "", True),
    ],
)
def test_below_a_folder_is_not_below_one_whose_name_is_longer(locator: str, root: str, is_below: bool) -> None:
    assert is_under(locator, [root]) is is_below
