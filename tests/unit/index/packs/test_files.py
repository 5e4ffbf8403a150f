import os
from pathlib import Path

import pytest

from index.packs.files import read_text
from index.packs.records import Problem


def problems_with(folder: Path, file: Path, *, limit: int = 1000) -> list[str]:
    problems: list[Problem] = []
    assert read_text(folder, file, problems, limit=limit) is None
    return [str(problem).removeprefix(str(file)) for problem in problems]


def test_the_text_of_a_file_has_one_kind_of_line_end(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(b"\xef\xbb\xbfa\r\nb\n")
    assert read_text(tmp_path, tmp_path / "a.tsv", []) == ("a\nb\n", b"\xef\xbb\xbfa\r\nb\n")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"one\ntwo\nthr\xffee\n", ":3: not UTF-8. Save it as text in UTF-8."),
        (b"one\n\0\n", ":2: a NUL byte: this is a binary file. Save it as text in UTF-8."),
        (b"x" * 1001, ": it has 1,001 bytes; at most 1,000 are read."),
    ],
)
def test_what_is_no_text_of_reasonable_size_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_bytes(content)
    assert problems_with(tmp_path, tmp_path / "a.tsv") == [message]


def test_a_symbolic_link_is_refused_even_within_the_pack(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("a")
    (tmp_path / "b.tsv").symlink_to("a.tsv")
    assert problems_with(tmp_path, tmp_path / "b.tsv") == [": it is a symbolic link; a pack holds its own files."]


def test_a_file_that_leads_out_of_the_pack_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("a")
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "b.tsv").symlink_to("../secret")
    assert problems_with(tmp_path / "pack", tmp_path / "pack" / "b.tsv") == [
        ": it lies outside the folder of the pack."
    ]


def test_a_folder_a_pipe_and_nothing_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    found = [problems_with(tmp_path, tmp_path / name) for name in ("folder", "pipe", "nothing")]
    assert found == [
        [": it is not a regular file."],
        [": it is not a regular file."],
        [": it cannot be read: No such file or directory."],
    ]
