"""Packs of users: another field without code, and what happens when a pack changes."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.packs.description import find_pack
from search.cli.main import cli

ARTICLES = {
    "breach.txt": "Grid operator reports breach\n\nHALDEN, 3 March 2021 - Attackers sent a Word document to staff of "
    "the grid operator. A script in Python then fetched NotPetya, and Windows computers went dark.\n",
    "snake.txt": "Zoo hall reopens\n\nHALDEN, 4 March 2021 - Word of the reopening spread quickly. A Burmese Python "
    "was moved after storms had broken windows. Staff of NotPetya House helped.\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the articles, a copy of the pack `software` under another name, and no index yet."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "articles").mkdir()
    written = [(tmp_path / "articles" / name).write_text(text, "utf-8") for name, text in ARTICLES.items()]
    assert len(written) == len(ARTICLES)
    shutil.copytree(find_pack("software"), tmp_path / "programs")
    description = tmp_path / "programs" / "pack.toml"
    description.write_text(description.read_text("utf-8").replace('"software"', '"programs"', 1), "utf-8")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args))


def found(*args: str) -> list[str]:
    return [hit["locator"] for hit in json.loads(run(*args, "--json").stdout)["hits"]]


def systems() -> dict[str, int]:
    rows = [line.split("\t") for line in run("facets", "system", "-o", "tsv").stdout.splitlines()[1:]]
    return {row[1]: int(row[2]) for row in rows}


def test_a_pack_of_another_field_is_found_and_counted(folder: Path) -> None:
    assert run("index", "--pack", "./programs", "-j", "1", "articles").exit_code == 0
    assert systems() == {"Microsoft Windows": 1, "Microsoft Word": 1, "NotPetya": 2, "Python": 1}
    assert found("system:Python") == ["articles/breach.txt"]
    assert found("--system", "microsoft-word") == ["articles/breach.txt"]


def test_without_the_pack_its_names_are_not_known(folder: Path) -> None:
    assert run("index", "-j", "1", "articles").exit_code == 0
    assert systems() == {}


def test_a_changed_pack_is_noticed_and_articles_are_read_again(folder: Path) -> None:
    run("index", "--pack", "./programs", "-j", "1", "articles")
    again = run("index", "--pack", "./programs", "-j", "1", "articles")
    table = folder / "programs" / "systems.tsv"
    table.write_text(table.read_text("utf-8").replace("NotPetya\t\t", "ExPetr\t\tNotPetya", 1), "utf-8")
    changed = run("index", "--pack", "./programs", "-j", "1", "articles")
    assert ("2 unchanged" in again.stderr, "This run" in again.stderr) == (True, False)
    assert "again: pack programs changed" in changed.stderr
    assert ("ExPetr" in systems(), "NotPetya" in systems()) == (True, False)


def test_packs_that_come_and_go_are_told(folder: Path) -> None:
    run("index", "-j", "1", "articles")
    more = run("index", "--pack", "./programs", "-j", "1", "articles")
    less = run("index", "-j", "1", "articles")
    assert "pack programs is new" in more.stderr
    assert "pack programs is no longer used" in less.stderr


def test_decisions_go_by_the_packs_of_the_index(folder: Path) -> None:
    run("index", "--pack", "./programs", "-j", "1", "articles")
    assert run("entities", "rename", "python", "The Python language").exit_code == 0
    assert set(systems()) == {"Microsoft Windows", "Microsoft Word", "NotPetya", "The Python language"}


def test_a_broken_pack_stops_before_anything_is_done(folder: Path) -> None:
    table = folder / "programs" / "systems.tsv"
    table.write_bytes(table.read_bytes() + b"Trojan\xff\n")
    result = run("index", "--pack", "./programs", "-j", "1", "articles")
    assert "programs/systems.tsv:255: not UTF-8" in str(result.exception)
