from pathlib import Path

import pytest

from index.errors import PackError
from index.model import Kind
from index.packs.description import Description, builtin_packs, find_pack, read_description
from index.packs.records import Problem

HEAD = 'name = "own"\nversion = "1"\nlicence = "CC0"\nsources = ["made up"]\n'
TABLE = '[tables.reactors]\nkind = "systems"\n[tables.reactors.columns]\nname = "its name"\n'


def read(folder: Path, text: str) -> tuple[Description | None, list[str]]:
    (folder / "pack.toml").write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    description = read_description(folder, problems)
    return description, [f"{problem.line}: {problem.message}" for problem in problems]


def test_a_pack_says_what_it_is_and_which_tables_it_has(tmp_path: Path) -> None:
    description, problems = read(tmp_path, HEAD + TABLE)
    assert problems == []
    assert description is not None
    assert (description.name, description.version, description.sources) == ("own", "1", ("made up",))
    assert [(table.name, table.kind, table.file.name) for table in description.tables] == [
        ("reactors", Kind.SYSTEMS, "reactors.tsv")
    ]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("", ["1: `name` is missing.", "1: `version` is missing.", "1: `licence` is missing.",
              "1: `sources` is missing.", "1: `tables` is missing."]),
        (HEAD + "[tables", ["5: invalid TOML: Expected ']' at the end of a table declaration."]),
        ("x = " + "[" * 50_000, ["1: the TOML is nested too deeply."]),
        (HEAD.replace("own", "../own") + TABLE, ["1: `name` must be a-z, 0-9, - and _, a letter first."]),
        (HEAD.replace('["made up"]', "3") + TABLE, ["4: `sources` must be a list of texts."]),
        (HEAD + "tables = 3", ["5: `tables` needs a section for each table."]),
        (HEAD + "[tables]\nreactors = 3", ["1: table reactors: its columns are not described, each with a text."]),
        (HEAD + TABLE.replace('"its name"', "3"),
         ["5: table reactors: its columns are not described, each with a text."]),
        (HEAD + TABLE.replace("systems\"", "systems\"\ndescription = [\"maker\"]"),
         ["5: table reactors: `description` must be a list of its columns."]),
        (HEAD + TABLE.replace("systems\"", "systems\"\nfile = \"../../etc/passwd\""),
         ["5: table reactors: `file` '../../etc/passwd' lies outside the folder of the pack."]),
        (HEAD + TABLE.replace("systems\"", "systems\"\nfile = \"/etc/passwd\""),
         ["5: table reactors: `file` '/etc/passwd' lies outside the folder of the pack."]),
        (HEAD + TABLE.replace("reactors", '"../r"'),
         ["1: table '../r': its name must be a-z, 0-9, - and _, a letter first."]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text: str, problems: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, text)[1] == problems


def test_two_wrong_tables_are_two_problems(tmp_path: Path) -> None:
    text = HEAD + TABLE.replace("systems", "things") + TABLE.replace("systems", "things").replace("reactors", "ships")
    assert [problem.partition(":")[0] for problem in read(tmp_path, text)[1]] == ["5", "9"]


def test_the_built_in_packs_are_found_by_name() -> None:
    assert builtin_packs() == ("core", "defence", "languages", "names", "software")


@pytest.mark.parametrize("name", ["no-such-pack", "", "_template", "../packs/core", "core/.."])
def test_what_is_no_pack_is_told_with_those_there_are(name: str) -> None:
    with pytest.raises(PackError, match=r"neither a built-in one \(core, defence, languages, names, software\)"):
        find_pack(name)
