"""Runs `search-cli` in processes of its own, and the guard that no command of any test prints a traceback."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

__all__ = ["PROGRAM", "ROOT", "Run", "forbid_tracebacks", "run_command"]

# Runs a command with these arguments.
Run = Callable[..., "subprocess.CompletedProcess[str]"]

PROGRAM = (sys.executable, "-c", "from search.cli.main import main; main()")
ROOT = Path(__file__).parents[2]
_SECONDS = 120


def run_command(
    *arguments: str | bytes,
    folder: Path,
    environment: Mapping[str, str] | None = None,
    prefix: Sequence[str] = (),
) -> "subprocess.CompletedProcess[str]":
    """Run a command in `folder` and return its output; `prefix` stands before the program."""
    result = subprocess.run(
        [*prefix, *PROGRAM, *arguments],
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SEARCH_CLI_WORKERS": "1", **(environment or {})},
        timeout=_SECONDS,
        check=False,
    )
    return subprocess.CompletedProcess(result.args, result.returncode, result.stdout.decode(), result.stderr.decode())


def forbid_tracebacks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every command that a test runs fail the test when a traceback is in its output."""
    run, invoke = subprocess.run, CliRunner.invoke

    def checked_run(*arguments: Any, **options: Any) -> "subprocess.CompletedProcess[Any]":
        result = run(*arguments, **options)
        for output in (result.stdout, result.stderr):
            text = output.decode(errors="replace") if isinstance(output, bytes) else output or ""
            assert "Traceback" not in text, text
        return result

    def checked_invoke(*arguments: Any, **options: Any) -> Any:
        result = invoke(*arguments, **options)
        assert "Traceback" not in result.output, result.output
        return result

    monkeypatch.setattr(subprocess, "run", checked_run)
    monkeypatch.setattr(CliRunner, "invoke", checked_invoke)
