"""A stage whose output changes has a new version: else archives would keep what it made before."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from index.model import Article
from tests.integration.stages import outputs as made
from tests.integration.stages.outputs import Output, complaint, read_kept

WITH_NETWORK = "extraction with a network"
STAGES = ("reading", "extraction", "linking", "resolution", "meaning")


@pytest.fixture(scope="module")
def outputs() -> Mapping[str, Output]:
    return made.outputs()


@pytest.mark.parametrize("stage", STAGES)
def test_a_changed_output_has_a_new_version(outputs: Mapping[str, Output], stage: str) -> None:
    assert complaint(stage, read_kept()[stage], outputs[stage]) == ""


def test_a_changed_output_of_weighing_a_reading_has_a_new_version() -> None:
    assert complaint(WITH_NETWORK, read_kept()[WITH_NETWORK], made.extraction_with_network()) == ""


def test_every_digest_that_is_kept_is_compared() -> None:
    assert set(read_kept()) == {*STAGES, WITH_NETWORK}


KEPT = Output(15, "in", "out")


@pytest.mark.parametrize(
    ("now", "advice"),
    [
        ({}, ""),
        ({"output": "other"}, "Raise index.stages.EXTRACTION to 16, then run"),
        ({"output": "other", "version": 16}, "The version of .* was not renewed"),
        ({"version": 16}, "The version of .* was not renewed"),
        ({"inputs": "other"}, "The inputs of .* was not renewed"),
        ({"inputs": "other", "output": "other"}, "The inputs of .* was not renewed"),
    ],
)
@pytest.mark.parametrize("stage", ["extraction", WITH_NETWORK])
def test_what_is_to_be_done_is_said(stage: str, now: dict[str, str | int], advice: str) -> None:
    text = complaint(stage, KEPT, replace(KEPT, **now))  # type: ignore[arg-type]  # the fields of the table
    assert bool(text) is bool(advice)
    assert re.search(advice, text)


def test_inputs_are_read_in_every_format() -> None:
    locators = {item.locator.removeprefix("texts/") for item in made.read_all()}
    assert {"talks.txt", "page.html", "one.json", "rows.jsonl#a", "table.csv#1", "mail.eml", "box.mbox#2"} <= locators
    assert {"wire.xml#w1", "texts.zip!/rows.csv#1", "letter.docx", "letter.odt"} <= locators
    assert sum(isinstance(item, Article) for item in made.read_all()) == 24
