import os
import sys
from pathlib import Path

import pytest

from index.model import Failure
from index.readers.base import Source
from index.readers.sources import find_sources


def locators(*paths: Path | str, base: Path) -> list[str]:
    return [found.locator for found in find_sources([str(path) for path in paths], base=base)]


def failures(*paths: Path | str, base: Path) -> list[tuple[str, str]]:
    found = find_sources([str(path) for path in paths], base=base)
    return [(item.locator, item.reason) for item in found if isinstance(item, Failure)]


def plant(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text")


def test_folders_are_searched_in_order_of_names(tmp_path: Path) -> None:
    plant(tmp_path, "b.txt", "a/2.txt", "a/10.txt", "c/d/e.txt")
    assert locators(tmp_path, base=tmp_path) == ["a/10.txt", "a/2.txt", "b.txt", "c/d/e.txt"]


def test_source_knows_size_and_path(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt")
    [source] = find_sources([str(tmp_path)], base=tmp_path)
    assert isinstance(source, Source)
    assert (source.size, source.path, source.data) == (4, tmp_path / "a.txt", None)
    assert source.modified == (tmp_path / "a.txt").stat().st_mtime


def test_hidden_files_and_the_index_are_left_out(tmp_path: Path) -> None:
    plant(tmp_path, ".hidden.txt", ".git/a.txt", ".dossier/catalog.txt", "a.txt")
    plant(tmp_path, "Thumbs.db", "news/desktop.ini", "__MACOSX/b.txt", "$RECYCLE.BIN/c.txt", "news/~$report.docx")
    assert locators(tmp_path, base=tmp_path) == ["a.txt"]


def test_hidden_file_named_by_itself_is_taken(tmp_path: Path) -> None:
    plant(tmp_path, ".hidden.txt")
    assert locators(tmp_path / ".hidden.txt", base=tmp_path) == [".hidden.txt"]


def test_index_named_by_itself_is_refused(tmp_path: Path) -> None:
    plant(tmp_path, ".dossier/catalog.txt")
    assert failures(tmp_path / ".dossier", base=tmp_path) == [(".dossier", "index-folder")]


def test_excluded_folder_is_left_out(tmp_path: Path) -> None:
    plant(tmp_path, "index/a.txt", "b.txt")
    found = find_sources([str(tmp_path)], base=tmp_path, exclude=[tmp_path / "index"])
    assert [source.locator for source in found] == ["b.txt"]


def test_searchignore_leaves_out_what_it_names(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt", "a.css", "drafts/b.txt", "inner/c.txt", "inner/d.txt")
    (tmp_path / ".searchignore").write_text("*.css\ndrafts/\n")
    (tmp_path / "inner" / ".searchignore").write_text("/c.txt\n")
    assert locators(tmp_path, base=tmp_path) == ["a.txt", "inner/d.txt"]


def test_file_named_twice_comes_once(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt", "b.txt")
    (tmp_path / ".x").mkdir()
    assert locators(tmp_path / "b.txt", tmp_path, tmp_path / ".x" / ".." / "a.txt", base=tmp_path) == [
        "b.txt",
        "a.txt",
    ]


def test_loop_of_links_ends(tmp_path: Path) -> None:
    plant(tmp_path, "a/b.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    assert locators(tmp_path, base=tmp_path) == ["a/b.txt", "self"]
    assert [reason for _, reason in failures(tmp_path, base=tmp_path)] == ["unreadable"]


def linked(folder: Path, *, follows: bool = False) -> tuple[list[str], list[str]]:
    """The files found in a folder, and the links that were not followed."""
    links: list[str] = []
    found = find_sources([str(folder)], base=folder.parent, follows_links=follows, on_link=links.append)
    return [item.locator for item in found], links


def test_linked_folder_outside_is_followed_after_the_rest_where_that_is_asked(tmp_path: Path) -> None:
    plant(tmp_path, "archive/z.txt", "elsewhere/e.txt")
    (tmp_path / "archive" / "a-link").symlink_to(tmp_path / "elsewhere")
    assert linked(tmp_path / "archive", follows=True) == (["archive/z.txt", "elsewhere/e.txt"], [])


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ("link", "elsewhere"),
        ("link.txt", "elsewhere/e.txt"),
        ("deep/down/link", "elsewhere/inner"),
        ("link", "."),
        ("link", "/"),
        ("link.txt", "archived.txt"),
        ("link.txt", "nowhere/gone.txt"),
        ("link", "elsewhere/back/../../elsewhere"),
        ("link", "elsewhere/again"),
    ],
)
@pytest.mark.parametrize("is_relative", [False, True])
def test_a_link_that_leads_out_of_the_folder_is_not_followed(
    tmp_path: Path, place: str, target: str, is_relative: bool
) -> None:
    plant(tmp_path, "archive/z.txt", "elsewhere/e.txt", "elsewhere/inner/f.txt", "archived.txt")
    (tmp_path / "elsewhere" / "again").symlink_to(tmp_path / "elsewhere" / "inner")
    link = tmp_path / "archive" / place
    link.parent.mkdir(parents=True, exist_ok=True)
    to = tmp_path / target
    link.symlink_to(os.path.relpath(to, link.parent) if is_relative else to)
    assert linked(tmp_path / "archive") == (["archive/z.txt"], [f"archive/{place}"])


def test_a_link_out_by_way_of_a_link_within_is_not_followed(tmp_path: Path) -> None:
    plant(tmp_path, "archive/deep/z.txt", "elsewhere/e.txt")
    (tmp_path / "archive" / "a").symlink_to(tmp_path / "archive" / "deep")
    (tmp_path / "archive" / "deep" / "b").symlink_to(tmp_path / "archive" / "c")
    (tmp_path / "archive" / "c").symlink_to(tmp_path / "elsewhere")
    assert linked(tmp_path / "archive") == (["archive/deep/z.txt"], ["archive/c", "archive/deep/b"])


def test_a_link_within_the_folder_and_one_to_another_named_folder_are_followed(tmp_path: Path) -> None:
    plant(tmp_path, "archive/deep/z.txt", "other/o.txt")
    (tmp_path / "archive" / "a-link").symlink_to(tmp_path / "archive" / "deep")
    (tmp_path / "archive" / "b-link").symlink_to(tmp_path / "other")
    links: list[str] = []
    paths = [str(tmp_path / "archive"), str(tmp_path / "other")]
    found = find_sources(paths, base=tmp_path, on_link=links.append)
    assert ([item.locator for item in found], links) == (["archive/deep/z.txt", "other/o.txt"], [])


def test_a_folder_and_a_file_that_are_links_are_read_when_they_are_named(tmp_path: Path) -> None:
    plant(tmp_path, "real/z.txt", "real/inner/y.txt", "one.txt")
    (tmp_path / "named").symlink_to(tmp_path / "real")
    (tmp_path / "file.txt").symlink_to(tmp_path / "one.txt")
    assert locators(tmp_path / "named", tmp_path / "file.txt", base=tmp_path) == [
        "real/inner/y.txt",
        "real/z.txt",
        "file.txt",
    ]


def test_link_to_a_file_that_was_read_adds_nothing(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert locators(tmp_path, base=tmp_path) == ["a.txt"]


def test_files_outside_the_base_have_whole_paths(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt", "base/b.txt")
    assert locators(tmp_path / "a.txt", base=tmp_path / "base") == [(tmp_path / "a.txt").as_posix()]


def test_missing_file_and_broken_link_are_failures(tmp_path: Path) -> None:
    plant(tmp_path, "folder/a.txt")
    (tmp_path / "folder" / "broken").symlink_to(tmp_path / "folder" / "nowhere")
    assert failures(tmp_path / "gone", tmp_path / "folder", base=tmp_path) == [
        ("gone", "not-found"),
        ("folder/broken", "not-found"),
    ]


def test_path_with_a_nul_is_a_failure(tmp_path: Path) -> None:
    assert [reason for _, reason in failures("a\0b", base=tmp_path)] == ["not-found"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_a_failure_and_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert failures(tmp_path, base=tmp_path) == [("pipe", "special-file")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything: run the tests as another user")
def test_unreadable_folder_is_a_failure(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    assert failures(tmp_path, base=tmp_path) == [("closed", "unreadable")]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not allow such names")
def test_locator_of_a_strange_name_is_printable(tmp_path: Path) -> None:
    os.close(os.open(os.fsencode(tmp_path) + b"/a\xff\n.txt", os.O_CREAT))
    assert locators(tmp_path, base=tmp_path) == ["a\\xff\\n.txt"]


def test_deep_folders_are_no_problem(tmp_path: Path) -> None:
    deep = Path(*(["d"] * 400))
    plant(tmp_path, str(deep / "a.txt"))
    assert locators(tmp_path, base=tmp_path) == [(deep / "a.txt").as_posix()]


def test_dash_is_standard_input_once(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt")
    piped = Source("stdin:a", path=tmp_path / "piped", size=10)
    found = find_sources(["-", str(tmp_path / "a.txt"), "-"], base=tmp_path, standard_input=piped)
    assert [item.locator for item in found] == ["stdin:a", "a.txt"]


def test_folders_of_a_maildir_are_found_although_they_are_hidden(tmp_path: Path) -> None:
    for name in ("mail", "mail/.Sent", "mail/.Sent.2020", ".private"):
        for folder in ("cur", "new", "tmp"):
            (tmp_path / name / folder).mkdir(parents=True)
        (tmp_path / name / "cur" / "1204680122.M2P3.harbor:2,S").write_text("Subject: S\n\nText.\n")
    (tmp_path / "mail" / ".hidden").mkdir()
    (tmp_path / "mail" / ".hidden" / "a.txt").write_text("x")
    found = find_sources([str(tmp_path)], base=tmp_path)
    assert [source.locator for source in found] == [
        "mail/.Sent/cur/1204680122.M2P3.harbor:2,S",
        "mail/.Sent.2020/cur/1204680122.M2P3.harbor:2,S",
        "mail/cur/1204680122.M2P3.harbor:2,S",
    ]
