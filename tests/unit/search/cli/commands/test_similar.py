"""`similar`, `search --like` and what is offered when no article has the words."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from search.cli.main import cli


def run(seed_index: Path, *args: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["-C", str(seed_index), *args], input=text)


def test_similar_articles_come_with_reasons(seed_index: Path) -> None:
    result = run(seed_index, "similar", "001", "-o", "json", "-n", "2")
    first, second = json.loads(result.stdout)["similar"]
    assert first["cosine"] >= second["cosine"]
    assert first["entities"]
    assert first["sentence"]
    assert first["own_sentence"]


def test_rows_are_separated_by_tabs_where_they_are_piped(seed_index: Path) -> None:
    lines = run(seed_index, "similar", "001").stdout.splitlines()
    assert len(lines) == 4
    assert {line.count("\t") for line in lines} == {4}


def test_text_says_how_alike_two_articles_are(seed_index: Path) -> None:
    text = run(seed_index, "similar", "001", "-o", "text", "-n", "1").stdout
    assert " % alike · both name " in text
    assert "this: " in text
    assert "that: " in text


def test_an_unknown_article_is_an_error(seed_index: Path) -> None:
    result = run(seed_index, "similar", "zebra")
    assert (result.exit_code, result.stdout) == (1, "")


def test_a_file_is_an_example(seed_index: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Factories in Turkey are to make parts of the missiles.", encoding="utf-8")
    result = run(seed_index, "search", "--like", str(tmp_path / "letter.txt"), "-n", "1")
    assert "004_b89b2a5f651bcea6.txt" in result.stdout


def test_an_example_from_standard_input_and_words_that_narrow(seed_index: Path) -> None:
    text = "Factories in Turkey are to make parts of the missiles."
    found = run(seed_index, "search", "--like", "-", text=text).stdout.splitlines()
    narrowed = run(seed_index, "search", "withdrawal", "--like", "-", text=text).stdout.splitlines()
    assert set(narrowed) < set(found)
    assert run(seed_index, "search", "xylophone", "--like", "-", text=text).stdout == ""


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_example_without_text_is_an_error(seed_index: Path, text: str) -> None:
    result = run(seed_index, "search", "--like", "-", text=text)
    assert result.exit_code != 0
    assert "holds no text" in str(result.exception)


def test_a_binary_example_ends_in_no_traceback(seed_index: Path, tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(bytes(range(256)) * 200)
    assert run(seed_index, "search", "--like", str(tmp_path / "x.bin")).exit_code in (0, 1)


def test_the_closest_are_offered_and_not_counted(seed_index: Path) -> None:
    result = run(seed_index, "search", "Ottoman weaponry")
    assert result.stdout == ""
    assert "No article has these words. Closest in meaning:" in result.stderr
    words = run(seed_index, "search", "Ottoman weaponry", "--order", "words")
    assert "Closest" not in words.stderr
    found = json.loads(run(seed_index, "search", "Ottoman weaponry", "--json").stdout)
    assert (found["total"], found["hits"]) == (0, [])
    assert found["closest"]


@pytest.mark.parametrize("command", [["search"], ["export"], ["mentions"]])
def test_the_order_is_an_option_of_commands_that_list_articles(seed_index: Path, command: list[str]) -> None:
    for order in ("words", "meaning"):
        assert run(seed_index, *command, "Patriot", "withdrawal", "--order", order).exit_code == 0


def test_an_article_as_an_example_is_nearest_to_itself(seed_index: Path) -> None:
    """Its menus and markup are left out, as where it was indexed."""
    seed = next((Path(__file__).parents[5] / "seeds").glob("001*.txt"))
    result = run(seed_index, "search", "--like", str(seed), "-n", "1", "-o", "json")
    (nearest,) = json.loads(result.stdout)["similar"]
    assert (nearest["id"][:3], nearest["cosine"]) == ("001", 1.0)
