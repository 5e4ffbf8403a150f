import gzip
import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.errors import ModelError, UsageError
from index.recognizer.folder import NETWORK, SHIPPED, digest
from index.recognizer.training.evaluation import DEVELOPMENT_SETS
from search.cli.main import cli


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ["recognizer", *args], standalone_mode=False)


def test_info_says_what_the_shipped_recognizer_is() -> None:
    values = {row["property"]: row["value"] for row in json.loads(run("info", "-o", "json").output)}
    assert values["encoder"] == "all-MiniLM-L6-v2"
    assert values["network"] == digest(SHIPPED / NETWORK)
    assert Path(values["model card"]).is_file()


def test_info_on_a_folder_without_a_recognizer_is_an_error(tmp_path: Path) -> None:
    assert isinstance(run("info", "--folder", str(tmp_path)).exception, ModelError)


def test_evaluate_counts_names_of_each_kind_in_each_set(tmp_path: Path) -> None:
    (tmp_path / "ner").mkdir()
    row = json.dumps({"text": "On Monday a storm hit Oslo in Norway.", "spans": [[22, 26, "GPE"], [30, 36, "GPE"]]})
    for name in DEVELOPMENT_SETS:
        (tmp_path / "ner" / f"{name}.jsonl.gz").write_bytes(gzip.compress(row.encode()))
    rows = json.loads(run("evaluate", "--data", str(tmp_path), "-o", "json").output)
    assert [(each["set"], each["f1"]) for each in rows if each["kind"] == "GPE"] == [
        (name, "1.000") for name in DEVELOPMENT_SETS
    ]


def test_evaluate_without_the_sets_says_which_is_missing(tmp_path: Path) -> None:
    raised = run("evaluate", "--data", str(tmp_path)).exception
    assert isinstance(raised, ModelError)
    assert DEVELOPMENT_SETS[0] in str(raised)


@pytest.mark.skipif(find_spec("torch") is not None, reason="torch is installed")
def test_train_without_torch_says_what_to_install(tmp_path: Path) -> None:
    raised = run("train", "--data", str(tmp_path), "--encoder", str(tmp_path)).exception
    assert isinstance(raised, UsageError)
    assert "dossier-search[train]" in str(raised)
