"""Work that an archive repeats after a change of versions, packs or the model, with the reasons."""

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from index import stages
from index.catalog.rows import CATALOG_FILE
from index.catalog.store import Catalog, open_catalog
from index.ingest.versions import version_0_1
from index.ingest.versions.outdated import OutdatedStage, StoredStages, adopt, find_outdated
from index.ingest.versions.relinking import relink_outdated
from index.ingest.versions.used_settings import remember_settings, used_model, used_packs
from index.ingest.versions.version_0_1 import extraction_of, pack_content
from index.readers.base import ReadOptions
from index.stages import Stage, StageRecord, extraction_stage, linking_stage, reading_stage, resolution_stage
from tests.unit.index.catalog.archive import ARCHIVE
from tests.unit.index.catalog.contents import contents
from tests.unit.index.ingest.versions.test_version_0_1 import CONTENTS, EXTRACTION, NETWORK, PACKS, READING

CURRENT = StoredStages(
    extractions={extraction_stage(("core",), "none").text: 5},
    readings={reading_stage(ReadOptions()).text: 5},
    packs={},
    linking=linking_stage(("core",)).text,
    resolution=resolution_stage(("core",)).text,
    rate=2.0,
)
RECORD = StageRecord(Stage.EXTRACTION, 15, (*CONTENTS, ("model", NETWORK)))
OLD = StoredStages(
    extractions={EXTRACTION: 5}, readings={READING: 5}, packs=PACKS, linking=None, resolution="41c0d5c8", rate=2.5
)


def outdated(stored: StoredStages, *packs: str, model: str = "none") -> list[str]:
    return [str(stage) for stage in find_outdated(stored, packs=packs or ("core",), model=model)]


def test_nothing_is_outdated_where_everything_is_as_a_run_would_make_it() -> None:
    assert outdated(CURRENT) == []


def test_an_empty_archive_has_nothing_to_do_again() -> None:
    assert outdated(StoredStages({}, {}, {}, None, None)) == []


@pytest.mark.parametrize(
    ("stage", "line"),
    [
        ("READING", "reads the files of 5 articles again: rules of reading changed"),
        ("EXTRACTION", "extracts 5 articles again, about 2 s: rules of extraction changed"),
        ("LINKING", "links the mentions of 5 articles again: rules of linking changed"),
        ("RESOLUTION", "resolves the names of 5 articles again: rules of resolution changed"),
    ],
)
def test_a_new_version_is_a_reason(monkeypatch: pytest.MonkeyPatch, stage: str, line: str) -> None:
    number = getattr(stages, stage)
    monkeypatch.setattr(stages, stage, number + 1)
    assert outdated(CURRENT) == [f"{line} ({number} -> {number + 1})"]


def test_only_the_articles_that_were_made_otherwise_count() -> None:
    extractions = {**CURRENT.extractions, extraction_stage(("core",), "dossier").text: 1, "unheard of": 2}
    (found,) = find_outdated(replace(CURRENT, extractions=extractions, rate=None), packs=("core",), model="none")
    reasons = ("model changed (dossier -> none)", "made by another version of the program")
    assert found == OutdatedStage(Stage.EXTRACTION, reasons, 3)


def test_other_packs_are_a_reason_for_extraction_linking_and_resolution() -> None:
    assert outdated(CURRENT, "core", "defence") == [
        "extracts 5 articles again, about 2 s: pack defence is new",
        "links the mentions of 5 articles again: pack defence is new",
        "resolves the names of 5 articles again: pack defence is new",
    ]


def test_an_archive_of_0_1_extracts_again_only_for_what_changed_since() -> None:
    record = extraction_of(EXTRACTION, packs=PACKS, model="dossier")
    assert record is not None
    for packs, model in ((("core", "defence"), "dossier"), (("core",), "none")):
        found = {stage.stage: stage.reasons for stage in find_outdated(OLD, packs=packs, model=model)}
        assert found.get(Stage.EXTRACTION, ()) == extraction_stage(packs, model).changes_since(record)
        assert found[Stage.RESOLUTION] == ("made by another version of the program",)


@pytest.fixture
def old(tmp_path: Path) -> Catalog:
    """A catalog as version 0.1 filled it."""
    catalog = open_catalog(tmp_path)
    catalog.store(ARCHIVE, extraction=EXTRACTION, run=1)
    catalog.write_meta("packs", str(PACKS).replace("'", '"'))
    return catalog


def test_adopting_an_archive_of_0_1_writes_what_this_version_would_have(old: Catalog, tmp_path: Path) -> None:
    before = contents(tmp_path)
    adopt(old, model="dossier")
    assert StoredStages.of(old).extractions == {RECORD.text: len(ARCHIVE)}
    assert {key: value for key, value in contents(tmp_path).items() if key != "articles"} == {
        key: value for key, value in before.items() if key != "articles"
    }
    adopt(old, model="dossier")
    assert sum(StoredStages.of(old).extractions.values()) == len(ARCHIVE)
    old.close()


def test_adopting_joins_articles_of_both_versions(old: Catalog) -> None:
    old.store(ARCHIVE[:1], extraction=RECORD.text, run=2)
    adopt(old, model="dossier")
    assert StoredStages.of(old).extractions == {RECORD.text: len(ARCHIVE)}
    old.close()


def test_linking_of_0_1_is_not_done_again_but_a_new_version_is(old: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "LINKING", 1)
    (names,) = linking_stage(()).inputs
    monkeypatch.setitem(version_0_1._PACK_CONTENTS, "names", names[1])
    assert relink_outdated(old, ()) == 0
    monkeypatch.setattr(stages, "LINKING", 2)
    done: list[int] = []
    assert relink_outdated(old, (), show=done.append) == done[-1] == len(ARCHIVE)
    assert relink_outdated(old, ()) == 0
    assert relink_outdated(old, ("core",)) == len(ARCHIVE)
    old.close()


def test_packs_of_0_1_that_hold_the_same_did_not_change(old: Catalog) -> None:
    # Whatever the packs hold today, those of 0.1 were these.
    assert [pack_content(name, value) for name, value in PACKS.items()] == [content for _, content in CONTENTS]
    old.close()


def test_the_packs_and_the_model_of_a_run_are_remembered(old: Catalog) -> None:
    assert (used_packs(old, ("names",)), used_model(old, "dossier")) == (("core", "defence"), "dossier")
    remember_settings(old, packs=("core", "software"), model="none")
    assert (used_packs(old, ()), used_model(old, "dossier")) == (("core", "software"), "none")
    old.close()


@pytest.mark.parametrize(
    ("runs", "rate"),
    [
        ([], None),
        ([("09:00:00", "09:00:10", 20, 30)], 5.0),
        ([("09:00:00", None, 20, 30)], None),
        ([("09:00:00", "09:00:00", 20, 30)], None),
        ([("09:00:00", "09:00:10", 0, 0)], None),
        ([("09:00:00", "09:00:10", 20, 30), ("10:00:00", "10:00:01", 7, 0), ("11:00:00", "11:00:05", 0, 0)], 7.0),
    ],
)
def test_the_rate_is_that_of_the_last_complete_run_that_extracted(
    tmp_path: Path, runs: list[tuple[str, str | None, int, int]], rate: float | None
) -> None:
    with open_catalog(tmp_path) as catalog:
        for number, (started, finished, added, changed) in enumerate(runs, start=1):
            catalog.begin_run()
            write_run(tmp_path, number, started, finished, added, changed)
        assert catalog.stages.extraction_rate() == rate


def write_run(folder: Path, number: int, started: str, finished: str | None, added: int, changed: int) -> None:
    day = "2026-01-01T{}+00:00"
    with contextlib.closing(sqlite3.connect(folder / CATALOG_FILE)) as connection, connection:
        connection.execute(
            "UPDATE runs SET started = ?, finished = ?, added = ?, changed = ? WHERE id = ?",
            (day.format(started), finished and day.format(finished), added, changed, number),
        )
