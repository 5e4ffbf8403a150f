"""Tells the languages in which the recognizer runs. Imports no library, so that reports can ask, too."""

from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["runs_in"]

_TABLE: Final = Path(__file__).with_name("languages.tsv")
_RUNS: Final = "yes"


def runs_in(language: str | None) -> bool:
    """Return whether the recognizer runs in a language (ISO 639-1); a text of unknown language counts as English.

    >>> runs_in("en"), runs_in(None), runs_in("de")
    (True, True, False)
    """
    return language is None or language in _languages()


@cache
def _languages() -> frozenset[str]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return frozenset(language for language, runs in rows if runs == _RUNS)
