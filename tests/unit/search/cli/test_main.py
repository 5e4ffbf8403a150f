import sys

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
