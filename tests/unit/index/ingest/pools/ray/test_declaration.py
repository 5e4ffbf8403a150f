"""Machines that would do other work are told apart by what they declare."""

import pytest

from index.errors import PackError
from index.ingest.pools.ray.declaration import declare, differences
from index.stages import Stage, StageRecord

OURS = declare(("core",), "none", "lead")


def test_the_same_program_declares_the_same() -> None:
    assert differences(OURS, declare(("core",), "none", "lead")) == ()


@pytest.mark.parametrize(
    ("name", "theirs", "said"),
    [
        ("Python", "3.9", "Python is 3.9 there and 3."),
        ("Dossier", "0.0.1", "Dossier is 0.0.1 there and "),
        ("extraction", StageRecord(Stage.EXTRACTION, 1, (("pack core", "x"),)).text, "rules of extraction changed ("),
        ("linking", StageRecord(Stage.LINKING, 1).text, "rules of linking changed ("),
        ("meaning", "", "meaning is missing there and "),
    ],
)
def test_each_version_counts(name: str, theirs: str, said: str) -> None:
    assert differences(OURS, {**OURS, name: theirs})[0].startswith(said)


@pytest.mark.parametrize(
    ("packs", "model", "said"),
    [(("core", "defence"), "none", "pack defence is new"), (("core",), "dossier", "model changed (none -> dossier)")],
)
def test_other_packs_and_another_model_are_other_work(packs: tuple[str, ...], model: str, said: str) -> None:
    assert said in differences(OURS, declare(packs, model, "lead"))


def test_a_version_that_only_one_of_them_knows_counts() -> None:
    assert differences(OURS, {**OURS, "later": "1"}) == ("later is 1 there and missing here",)


def test_a_pack_that_is_missing_is_said() -> None:
    with pytest.raises(PackError, match="fairies"):
        declare(("fairies",), "none", "none")
