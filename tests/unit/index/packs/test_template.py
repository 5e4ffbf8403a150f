from pathlib import Path

import pytest

from index.errors import PackError
from index.packs.checking import find_errors, find_warnings
from index.packs.loader import load_packs
from index.packs.reading import read_pack
from index.packs.records import Problem
from index.packs.template import make_pack


def test_a_new_pack_has_nothing_wrong_and_loads_empty(tmp_path: Path) -> None:
    make_pack(tmp_path / "Réacteurs 2")
    problems: list[Problem] = []
    content = read_pack(tmp_path / "Réacteurs 2", problems)
    assert content is not None
    assert (content.description.name, problems, find_errors(content), find_warnings(content)) == (
        "reacteurs", [], [], []
    )  # fmt: skip
    assert load_packs([str(tmp_path / "Réacteurs 2")]).entries == ()


def test_the_examples_of_a_new_pack_are_right_once_they_are_no_comments(tmp_path: Path) -> None:
    tables = [file for file in make_pack(tmp_path / "own") if file.suffix == ".tsv"]
    changed = [table.write_text(table.read_text("utf-8").replace("\n#", "\n"), encoding="utf-8") for table in tables]
    content = read_pack(tmp_path / "own", [])
    assert content is not None
    assert (find_errors(content), find_warnings(content)) == ([], [])
    assert (len(changed), len(content.entries)) == (5, 4)
    aliases = {placed.entry.name: placed.entry.aliases for placed in content.entries}
    assert aliases["Polar Kestrel KX-9"] == ("KX-9", "Kestrel")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(PackError, match="is not empty"):
        make_pack(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_a_new_pack_cannot_take_the_name_of_a_built_in_one(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="core is a built-in pack"):
        make_pack(tmp_path / "core")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(PackError, match="cannot be written: Not a directory"):
        make_pack(tmp_path / "file" / "own")
