"""Commands that run in the process of the tests."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from search.cli.main import main
from tests.support.commands import ROOT, Run


@pytest.fixture
def in_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Commands in an empty folder, by the same entry point, without a new process for each."""
    monkeypatch.chdir(tmp_path)
    # Workers are started in the empty folder: they import the program from where these tests are.
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("SEARCH_CLI_WORKERS", "1")
    monkeypatch.setenv("SEARCH_CLI_MODEL", "none")

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.setattr(sys, "argv", ["search-cli", *args])
        with pytest.raises(SystemExit) as exit_:
            main()
        output, errors = capfd.readouterr()
        return subprocess.CompletedProcess(args, int(exit_.value.code or 0), output, errors)

    return run


@pytest.fixture
def in_process_on_copy(seed_index: Path, tmp_path: Path, in_process: Run) -> Run:
    """Commands in this process on a copy of the index, which they may change."""
    shutil.copytree(seed_index, tmp_path / seed_index.name)
    return in_process
