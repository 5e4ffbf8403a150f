"""Notices of a search go to stderr, so that the results can be piped."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.cli.main import cli


def run(seed_index: Path, *args: str) -> Result:
    return CliRunner().invoke(cli, ["-C", str(seed_index), "search", *args])


def test_filters_that_leave_nothing_are_told_of(seed_index: Path) -> None:
    result = run(seed_index, "Patriot", "--from", "1801", "--to", "1802")
    assert (result.stdout, result.stderr) == ("", "without filters: 5 articles\n")


@pytest.mark.parametrize("args", [["xylophone"], ["xylophone", "--cur", "USD"], ["Patriot", "-q", "--from", "3000"]])
def test_where_filters_are_not_to_blame_nothing_is_said_of_them(seed_index: Path, args: list[str]) -> None:
    assert "filters" not in run(seed_index, *args).stderr


def test_a_slip_is_told_of_even_when_some_words_were_found(seed_index: Path) -> None:
    result = run(seed_index, "Patriot withdrawl")
    assert "did you mean: Patriot withdrawal\n" in result.stderr
    assert len(result.stdout.splitlines()) == 5


def test_facets_are_broken_between_words_in_a_narrow_window(seed_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    lines = run(seed_index, "S-400", "-n", "0", "--facets", "person", "-o", "text").stdout.splitlines()
    facet = lines[lines.index("") + 1 :]
    assert facet[0].startswith("People         Recep Tayyip Erdoğan")
    assert len(facet) > 2
    assert max(map(len, facet)) <= 50
    assert {line[:15] for line in facet[1:]} == {" " * 15}
