"""The versions and packs of a stage, as the catalog stores them and as people read them."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index import stages
from index.errors import PackError
from index.packs.template import make_pack
from index.readers.base import ReadOptions
from index.stages import Stage, StageRecord, extraction_stage, linking_stage, reading_stage, resolution_stage

RECORD = StageRecord(Stage.EXTRACTION, 15, (("pack core", "a"), ("pack own", "b"), ("model", "dossier 1")))


@pytest.mark.parametrize(
    ("before", "changes"),
    [
        ({}, ()),
        ({"version": 14}, ("rules of extraction changed (14 -> 15)",)),
        ({"inputs": (("pack core", "z"), *RECORD.inputs[1:])}, ("pack core changed",)),
        ({"inputs": (("pack core", "a"), ("model", "dossier 1"))}, ("pack own is new",)),
        ({"inputs": (*RECORD.inputs, ("pack more", "c"))}, ("pack more is no longer used",)),
        ({"inputs": (*RECORD.inputs[:2], ("model", "none"))}, ("model changed (none -> dossier)",)),
        ({"inputs": (*RECORD.inputs[:2], ("model", "dossier 0"))}, ("model dossier changed",)),
        ({"inputs": RECORD.inputs[1::-1] + RECORD.inputs[2:]}, ("packs are in another order",)),
        (
            {"version": 14, "inputs": (("pack core", "z"), *RECORD.inputs[1:])},
            ("rules of extraction changed (14 -> 15)", "pack core changed"),
        ),
    ],
)
def test_changes_are_said_in_words(before: dict[str, object], changes: tuple[str, ...]) -> None:
    old = replace(RECORD, **before)  # type: ignore[arg-type]  # the fields of the table
    assert RECORD.changes_since(old) == changes


@pytest.mark.parametrize("text", ["", "bf92f19d", "[]", "{}", '["dreaming", 1]', '["reading", "x"]', "null", "[1, 2]"])
def test_what_is_no_record_is_none(text: str) -> None:
    assert StageRecord.parse(text) is None


@pytest.mark.parametrize(
    "record",
    [
        reading_stage(ReadOptions(mapping={"body": "текст"}, encoding="cp1251")),
        extraction_stage(("core", "defence"), "dossier"),
        linking_stage(("core",)),
        resolution_stage(("core",)),
    ],
)
def test_a_record_is_read_back_from_its_text(record: StageRecord) -> None:
    assert StageRecord.parse(record.text) == record


def test_the_order_in_which_fields_are_mapped_does_not_matter() -> None:
    one = reading_stage(ReadOptions(mapping={"body": "text", "title": "head"}))
    assert one == reading_stage(ReadOptions(mapping={"title": "head", "body": "text"}))
    assert one != reading_stage(ReadOptions())


def test_extraction_depends_on_packs_and_model() -> None:
    base = extraction_stage(("core",), "none")
    assert base == extraction_stage(("core",), "none")
    others = [extraction_stage(("core", "defence"), "none"), extraction_stage(("core",), "dossier")]
    assert base not in others
    assert resolution_stage(("core",)) != resolution_stage(("core", "defence"))


def test_a_pack_may_move_but_not_change(tmp_path: Path) -> None:
    *_, table = make_pack(tmp_path / "a" / "own")
    before = extraction_stage([str(tmp_path / "a" / "own")], "none")
    (tmp_path / "b").mkdir()
    (tmp_path / "a" / "own").rename(tmp_path / "b" / "own")
    assert extraction_stage([str(tmp_path / "b" / "own")], "none") == before
    table = tmp_path / "b" / "own" / table.name
    row = table.read_text("utf-8").splitlines()[-1]
    with table.open("a", encoding="utf-8") as file:
        file.write(row.replace(row.split("\t")[0], "Rosoboronexport") + "\n")
    assert extraction_stage([str(tmp_path / "b" / "own")], "none") != before


def test_a_pipeline_is_known_by_its_version(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "meta.json").write_text('{"version": "3.1"}', encoding="utf-8")
    assert stages.model_input(str(folder)) == f"{folder} 3.1"
    assert stages.model_input("no_such_model") == "no_such_model"
    assert stages.model_input("rich").startswith("rich 1")


def test_a_missing_pack_is_said() -> None:
    with pytest.raises(PackError, match="fairies"):
        extraction_stage(("fairies",), "none")


def test_stages_are_known_without_spacy() -> None:
    code = "import sys, index.stages as s; s.extraction_stage(('core',), 'dossier'); print('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
