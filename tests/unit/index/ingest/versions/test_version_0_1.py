"""Stored values of version 0.1 are recognized: the hashes of a real archive, and of others made in the same way."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from index import stages
from index.ingest.versions.version_0_1 import (
    _PACK_BYTES,
    _PACK_CONTENTS,
    _bytes_of,
    extraction_of,
    extraction_text,
    linking_of,
    pack_content,
    reading_of,
    reading_text,
)
from index.packs.template import make_pack
from index.readers.base import ReadOptions
from index.stages import Stage, StageRecord, extraction_stage, reading_stage

# From an archive of the five seeds, made by version 0.1 with its default settings.
EXTRACTION = "bf92f19d3671102a8d27bd20218f6f00f95af13f2d6eb8cc76a8077f0fbc727c"
READING = "c003f35771fc2db543720a66974fb3d92a5c7bc5b1ddd086abfb6ff515ccdbf4"
PACKS = {
    "core": "d03f223d6c21f61570b1515b8c221a593526351185bf8c1356d8ce331292d0b9",
    "defence": "703f1d62ab1314e559eeb48c0f7f7a520a1d3c11f5a45d874d7f7a9883703a1a",
}


def text_of(packs: Mapping[str, str], model: str) -> str:
    return extraction_text(tuple(packs.values()), model)


# What its packs held, and the network that it shipped with.
CONTENTS = (
    ("pack core", "68eadb37c2f1bafa24c80b304a4752d3a75cfa4d64b2fa4be40c62d1db443bcc"),
    ("pack defence", "d8776a724e509f2bd99fc9a028d9b0916a24888415a01cb3fdf024f60dede859"),
)
NETWORK = "dossier b5d8caed7cc5e78e98b10ad5984475fcd1f0e399ada786246f94898952dac4c4"


def test_the_real_archive_is_recognized() -> None:
    record = extraction_of(EXTRACTION, packs=PACKS, model="dossier")
    assert record == StageRecord(Stage.EXTRACTION, 15, (*CONTENTS, ("model", NETWORK)))
    reading = reading_of(READING, extractions=[EXTRACTION], options=ReadOptions())
    assert reading == replace(reading_stage(ReadOptions()), version=1)
    assert (linking_of().stage, linking_of().version) == (Stage.LINKING, 1)


def test_an_older_version_is_told_from_the_present_one(monkeypatch: pytest.MonkeyPatch) -> None:
    record = extraction_of(EXTRACTION, packs=PACKS, model="dossier")
    assert record is not None
    monkeypatch.setattr(stages, "EXTRACTION", 99)
    changes = extraction_stage(("core", "defence"), "dossier").changes_since(record)
    assert changes[0] == "rules of extraction changed (15 -> 99)"


@pytest.mark.parametrize("model", ["none", "en_core_web_sm"])
def test_other_models_are_recognized(model: str) -> None:
    record = extraction_of(text_of(PACKS, model), packs=PACKS, model=model)
    assert record is not None
    assert dict(record.inputs)["model"] == stages.model_input(model)


def test_a_model_that_is_no_longer_in_the_settings_is_recognized_when_it_ships() -> None:
    assert extraction_of(EXTRACTION, packs=PACKS, model="none") == extraction_of(
        EXTRACTION, packs=PACKS, model="dossier"
    )


@pytest.mark.parametrize(
    ("text", "packs"), [("something else", PACKS), (EXTRACTION, {"core": PACKS["core"]}), (EXTRACTION, {})]
)
def test_what_cannot_be_told_is_none(text: str, packs: Mapping[str, str]) -> None:
    assert extraction_of(text, packs=packs, model="dossier") is None


def test_a_pack_of_ones_own_is_recognized_while_its_bytes_are_the_same(tmp_path: Path) -> None:
    files = make_pack(tmp_path / "own")
    name = str(tmp_path / "own")
    before = _bytes_of(name)
    text = text_of({**PACKS, name: before}, "none")
    packs = ("core", "defence", name)
    record = extraction_of(text, packs={**PACKS, name: before}, model="none")
    assert record is not None
    assert record.inputs[2] == extraction_stage(packs, "none").inputs[2]
    files[-1].write_text(files[-1].read_text("utf-8") + "# more\n", encoding="utf-8")
    changed = extraction_of(text, packs={**PACKS, name: before}, model="none")
    assert changed is not None
    assert "pack own changed" in extraction_stage(packs, "none").changes_since(changed)


def test_every_pack_that_shipped_is_recognized_though_its_file_is_laid_out_anew() -> None:
    before = "f385300d24fd2da0f812aa3b6a4f968d3f5241718f2f8a54123c676512bb6b71"
    assert pack_content("software", before) == "f1cb272b694caa45b08a680f6b91ec1b0b0ffede4153891ef9aa1df640ab25c0"
    assert _PACK_BYTES.keys() == _PACK_CONTENTS.keys() == {"core", "defence", "names", "software"}


def test_a_pack_that_is_gone_equals_nothing() -> None:
    assert pack_content("/no/such/pack", "abc") == "bytes abc"


def test_files_read_with_other_options_are_not_recognized() -> None:
    options = ReadOptions(encoding="latin-1")
    assert reading_of(READING, extractions=[EXTRACTION], options=options) is None
    text = reading_text(EXTRACTION, options)
    first = replace(reading_stage(options), version=1)
    assert reading_of(text, extractions=["other", EXTRACTION], options=options) == first
    assert reading_of(text, extractions=["other"], options=options) is None
