"""Holds what the detection of encodings reached, where DOSSIER_EVALUATION_DATA names the folder with the set."""

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.evaluation.evaluate_encodings import (
    EncodedFile,
    Outcome,
    judge,
    main,
    measure_encodings,
    read_encoded_files,
)

_VARIABLE = "DOSSIER_EVALUATION_DATA"
_TURKISH = "İzmir limanında çalışan işçiler dün sabah greve başladı. Sendika başkanı Çağrı Gündoğdu konuştu."


@pytest.mark.data
@pytest.mark.skipif(_VARIABLE not in os.environ, reason=f"{_VARIABLE} does not name a folder with the sets")
@pytest.mark.parametrize(("hides_declarations", "floor"), [(False, 214), (True, 213)])
def test_no_fewer_files_are_right(hides_declarations: bool, floor: int) -> None:
    files = read_encoded_files(Path(os.environ[_VARIABLE]), hides_declarations=hides_declarations)
    assert sum(measure_encodings(files).values(), Counter[Outcome]())[Outcome.RIGHT] >= floor


@pytest.mark.parametrize(
    ("encoding", "data", "outcome"),
    [
        ("windows-1254", _TURKISH.encode("cp1254"), Outcome.RIGHT),
        ("iso-8859-9", _TURKISH.encode("cp1254"), Outcome.RIGHT),
        ("windows-1252", _TURKISH.encode("cp1254"), Outcome.WRONG),
        ("EUC-TW", _TURKISH.encode("cp1254"), Outcome.WRONG),
        ("utf-16", b"\x00\x01\x02\x03" * 9, Outcome.UNKNOWN),
    ],
)
def test_files_are_judged(encoding: str, data: bytes, outcome: Outcome) -> None:
    assert judge(EncodedFile(encoding, "a.txt", data)) is outcome


def test_a_missing_set_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path)]) == 2
    assert "encodings.jsonl.gz" in capsys.readouterr().err
