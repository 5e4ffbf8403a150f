"""Sources go into the table of work and come back as they are on the machine that claims them."""

import os
from pathlib import Path

import pytest

from index.ingest.shared.payloads import pack_source, unpack_source
from index.readers.base import Source
from index.readers.ignoring import fingerprint_rules, parse_rules

RULES = parse_rules("drafts/\n!kept.txt\n# a comment\nİ*.txt", folder="a/")


def packed(source: Source, base: Path) -> bytes:
    return pack_source(source, base=base)


def test_a_file_comes_back_with_its_size_and_time_of_now(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    file.write_bytes(b"12345")
    os.utime(file, (1_600_000_000, 1_600_000_000))
    payload = packed(Source("a.zip", file, size=1, modified=2.0, rules=RULES, inner="x/a.zip"), tmp_path)
    back = unpack_source("a.zip", payload, base=tmp_path)
    assert (back.locator, back.path, back.size, back.modified) == ("a.zip", file, 5, 1_600_000_000.0)
    assert (back.inner, fingerprint_rules(back.rules)) == ("x/a.zip", fingerprint_rules(RULES))
    assert [rule.pattern.flags for rule in back.rules] == [rule.pattern.flags for rule in RULES]


def test_a_file_below_the_base_is_found_below_that_of_another_machine(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for base in (here, there):
        (base / "news").mkdir(parents=True)
        (base / "news" / "a.txt").write_text("a", encoding="utf-8")
    payload = packed(Source("news/a.txt", here / "news" / "a.txt"), here)
    assert unpack_source("news/a.txt", payload, base=there).path == there / "news" / "a.txt"


def test_a_file_elsewhere_keeps_its_path(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a", encoding="utf-8")
    payload = packed(Source("a.txt", file), tmp_path / "base")
    assert unpack_source("a.txt", payload, base=tmp_path / "other").path == file


def test_names_need_not_be_text(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    file.write_text("a", encoding="utf-8")
    payload = packed(Source("x.txt", file, inner=os.fsdecode(b"\xff.txt")), tmp_path)
    back = unpack_source("x.txt", payload, base=tmp_path)
    assert (back.path, back.inner) == (file, os.fsdecode(b"\xff.txt"))


@pytest.mark.parametrize("gone", ["a.txt", "folder/a.txt", "file/a.txt"])
def test_a_file_that_is_gone_is_said(tmp_path: Path, gone: str) -> None:
    (tmp_path / "file").write_text("a", encoding="utf-8")
    with pytest.raises((FileNotFoundError, NotADirectoryError)):
        unpack_source(gone, packed(Source(gone, tmp_path / gone), tmp_path), base=tmp_path)


def test_a_file_that_cannot_be_looked_at_is_left_to_its_reader(tmp_path: Path) -> None:
    link = tmp_path / "loop.txt"
    link.symlink_to(link)
    back = unpack_source("loop.txt", packed(Source("loop.txt", link), tmp_path), base=tmp_path)
    assert (back.size, back.modified) == (None, None)
