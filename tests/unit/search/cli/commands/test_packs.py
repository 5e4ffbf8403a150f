import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.packs.template import make_pack
from search.cli.main import cli


@pytest.fixture(autouse=True)
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ["packs", *args], standalone_mode=False)


def add_row(folder: str, table: str, row: str) -> None:
    file = Path(folder) / f"{table}.tsv"
    file.write_text(file.read_text("utf-8") + row + "\n", encoding="utf-8")


def test_the_list_says_what_each_pack_holds_and_where_it_lies() -> None:
    packs = {pack["name"]: pack for pack in json.loads(run("list", "-o", "json").output)}
    assert [(name, pack["used"]) for name, pack in packs.items()] == [
        ("core", True), ("defence", True), ("languages", True), ("names", True), ("software", False)
    ]  # fmt: skip
    assert Path(packs["defence"]["folder"], "systems.tsv").is_file()
    assert packs["software"]["entries"][0].endswith(" systems")
    assert all(pack["version"].isdigit() and pack["licence"].startswith("MIT") for pack in packs.values())


def test_packs_of_the_settings_are_in_the_list(tmp_path: Path) -> None:
    make_pack(tmp_path / "reactors")
    (tmp_path / "search.toml").write_text('packs = ["core", "./reactors"]')
    packs = {pack["name"]: pack["used"] for pack in json.loads(run("list", "-o", "json").output)}
    assert (packs["reactors"], packs["core"], packs["defence"]) == (True, True, False)


def test_a_broken_pack_does_not_break_the_list(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "pack.toml").write_text("name =")
    (tmp_path / "search.toml").write_text('packs = ["./broken"]')
    *_, broken = json.loads(run("list", "-o", "json").output)
    assert broken["entries"] == "broken: search-cli packs check"


def test_the_packs_of_the_project_have_no_errors() -> None:
    result = run("check")
    assert (result.return_value, "5 packs checked: 0 errors" in result.stderr) == (0, True)


def test_a_new_pack_passes_the_check() -> None:
    assert run("new", "reactors").return_value == 0
    result = run("check", "reactors")
    assert (result.return_value, result.stdout, result.stderr) == (0, "", "1 pack checked: 0 errors, 0 warnings.\n")


def test_the_check_tells_every_error_with_file_and_line() -> None:
    make_pack(Path("own"))
    add_row("own", "systems", "Kestrel\t\t\tKestrel\tbird")
    add_row("own", "places", "\tno name")
    add_row("own", "people", "Ismail Demir\t\t\tfour")
    result = run("check", "own")
    assert result.return_value == 2
    assert [line.split(" ")[:2] for line in result.stdout.splitlines()] == [
        ["own/people.tsv:4:", "error:"],
        ["own/places.tsv:4:", "error:"],
        ["own/systems.tsv:6:", "error:"],
    ]


def test_names_that_clash_with_packs_in_use_are_warnings() -> None:
    make_pack(Path("own"))
    add_row("own", "systems", "Ankara")
    result = run("check", "own")
    assert result.return_value == 0
    assert "own/systems.tsv:6: warning: 'Ankara' also means Ankara (places, core/" in result.stdout


def test_a_pack_that_is_not_there_is_an_error_of_its_own() -> None:
    result = run("check", "no-such-pack")
    assert "No pack 'no-such-pack'" in str(result.exception)
