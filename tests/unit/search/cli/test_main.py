import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.errors import (
    ArticleNotFoundError,
    CatalogError,
    DecisionError,
    DocumentRejectedError,
    DossierError,
    EngineTimeoutError,
    EngineUnavailableError,
    EntityNotFoundError,
    IndexMissingError,
    PackError,
    UsageError,
)
from search.cli.main import COMMANDS, cli, main


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    result = CliRunner().invoke(cli, [name, "--help"])
    assert (result.exit_code, "Usage:" in result.output) == (0, True)


def _parsed(args: list[str]) -> list[str]:
    """The arguments after the group found the command."""
    with cli.make_context("search-cli", args) as context:
        return [*context._protected_args, *context.args]


@pytest.mark.parametrize(
    "args",
    [["Patriot withdrawal"], ["Patriot", "withdrawal"], ["--json", "Patriot"], ["Patriot", "--json"], ["-n", "3", "x"]],
)
def test_search_is_the_default_command(args: list[str]) -> None:
    assert _parsed(args) == ["search", *args]


def test_common_options_may_stand_before_the_words() -> None:
    assert _parsed(["-C", "somewhere", "--color=never", "--quiet", "Patriot"]) == ["search", "Patriot"]


@pytest.mark.parametrize("name", list(COMMANDS))
def test_the_name_of_a_command_runs_it(name: str) -> None:
    assert _parsed([name, "x"]) == [name, "x"]


def test_without_arguments_the_help_is_shown() -> None:
    assert "Usage: search-cli" in CliRunner().invoke(cli, [], prog_name="search-cli").output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["serv"], "did you mean the command: search-cli serve"),
        (["idnex", "news"], "did you mean the command: search-cli index"),
        (["help"], "did you mean the command: search-cli --help"),
        (["version", "xylophone"], "did you mean the command: search-cli --version"),
        (["serv", "--port", "8080"], "did you mean the command: search-cli serve"),
        (["idnex", "--wacth"], "did you mean the command: search-cli index"),
        (["xylophone", "-withdrawal"], "To exclude a word: --not WORD"),
        (["entities", "mrege", "a", "b"], "No such command 'mrege'. Did you mean 'merge'?"),
    ],
)
def test_a_typo_in_a_command_is_found(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    seed_index: Path,
    args: list[str],
    said: str,
) -> None:
    assert said in _errors_of(monkeypatch, capsys, ["-C", str(seed_index), *args])


@pytest.mark.parametrize(
    "args",
    [["xylophone"], ["search", "serv"], ["serv", "--quiet"], ["S-400"], ["stats", "-x"], ["entities", "xylophone"]],
)
def test_other_words_are_no_typos(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], seed_index: Path, args: list[str]
) -> None:
    said = _errors_of(monkeypatch, capsys, ["-C", str(seed_index), *args])
    assert [words for words in ("did you mean the command", "Did you mean", "--not WORD") if words in said] == []


def _errors_of(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], args: list[str]) -> str:
    """The text that a command prints to standard error."""
    monkeypatch.setattr(sys, "argv", ["search-cli", *args])
    with pytest.raises(SystemExit):
        main()
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--amount", "lots", "amount: “lots” is not an amount. Write “500k”, “>1bn” or “1bn..3bn USD”"),
        ("--from", "2020-13", "from: “2020-13” is not a date. Write 2019, 2019-07 or 2019-07-05"),
    ],
)
@pytest.mark.parametrize("command", ["search", "facets", "mentions", "export"])
def test_a_filter_that_cannot_be_read_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    seed_index: Path,
    command: str,
    option: str,
    value: str,
    said: str,
) -> None:
    words = ["person", "S-400"] if command == "facets" else ["S-400"]
    said_now = _errors_of(monkeypatch, capsys, ["-C", str(seed_index), command, *words, option, value])
    assert said_now == f"error: {said}\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageError("x"), 2),
        (DecisionError("x"), 2),
        (ArticleNotFoundError("x"), 1),
        (EntityNotFoundError("x"), 1),
        (CatalogError("x"), 3),
        (IndexMissingError("x"), 3),
        (EngineUnavailableError("x"), 3),
        (EngineTimeoutError("x"), 3),
        (DocumentRejectedError({"1": "too long"}), 3),
        (PackError("x"), 2),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_error_becomes_a_message_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: DossierError, code: int
) -> None:
    def fail(*_arguments: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(sys, "argv", ["search-cli", "x"])
    monkeypatch.setattr(cli, "main", fail)
    with pytest.raises(SystemExit) as ended:
        main()
    assert (ended.value.code, capsys.readouterr().err) == (code, f"error: {error}\n")
