"""Holds what was reached: no figure falls below its floor, and no gold changes unnoticed.

The sets of the project are always measured. The public ones are where the environment variable
DOSSIER_EVALUATION_DATA names the folder that has them.
"""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.evaluation.floors import (
    PUBLIC_FILES,
    Floors,
    check,
    measure_ours,
    own_digests,
    public_digest,
    read_floors,
)
from tests.evaluation.sets.gold_sets import HALVES, SEEDS
from tests.evaluation.tables.rows import Row

_VARIABLE = "DOSSIER_EVALUATION_DATA"
_DATA = Path(os.environ.get(_VARIABLE, ""))
_needs_data = pytest.mark.skipif(
    _VARIABLE not in os.environ, reason=f"{_VARIABLE} does not name a folder with the sets"
)
_FLOORS = read_floors()


@pytest.fixture(scope="module")
def own_rows() -> list[Row]:
    return measure_ours(None)


@pytest.fixture(scope="module")
def public_rows() -> list[Row]:
    return measure_ours(_DATA)


@pytest.mark.parametrize("name", [SEEDS, *HALVES])
def test_no_figure_on_our_own_texts_falls_below_its_floor(name: str, own_rows: list[Row]) -> None:
    differences = list(check(name, own_digests()[name], own_rows, _FLOORS))
    assert not differences, "\n".join(["", *differences, "", "`python -m tests.evaluation --mistakes` shows why."])


@pytest.mark.data
@_needs_data
@pytest.mark.parametrize("name", PUBLIC_FILES)
def test_no_figure_on_a_public_set_falls_below_its_floor(name: str, public_rows: list[Row]) -> None:
    differences = list(check(name, public_digest(name, _DATA), public_rows, _FLOORS))
    assert not differences, "\n".join(["", *differences])


def test_every_set_has_floors() -> None:
    assert set(_FLOORS) == {SEEDS, *HALVES, *PUBLIC_FILES}


_ROW = Row("names", "news", "people", "rules only", "strict", 81.2)
_PINNED = {"news": Floors("abc", {("names", "people", "strict"): 81.0})}


@pytest.mark.parametrize(
    ("digest", "row", "wanted"),
    [
        pytest.param("abc", _ROW, [], id="above"),
        pytest.param(
            "abc",
            replace(_ROW, value=79.5),
            ["news: names people strict is 79.5, 1.5 below its floor of 81.0."],
            id="below",
        ),
        pytest.param(
            "abc",
            replace(_ROW, kind="places"),
            ["news: names people strict was not measured; its floor is 81.0."],
            id="not measured",
        ),
        pytest.param(
            "def",
            _ROW,
            [
                "news: the gold is not what the floors were pinned on. If it was meant to change, run "
                "`python -m tests.evaluation.floors --pin --data DIR`."
            ],
            id="other gold",
        ),
    ],
)
def test_difference_is_told_in_words(digest: str, row: Row, wanted: list[str]) -> None:
    assert list(check("news", digest, [row], _PINNED)) == wanted


def test_set_without_floors_fails() -> None:
    assert list(check("other", "abc", [_ROW], _PINNED)) == [
        "other: has no floors; pin them with `python -m tests.evaluation.floors --pin --data DIR`."
    ]
