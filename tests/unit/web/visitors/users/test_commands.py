"""`search-cli users`: every command, and that no password stands on the command line or the screen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from search.cli.main import cli, describe_error
from tests.support.commands import ROOT
from tests.support.users import PASSWORD, make_users
from web.commands.users import users_command
from web.visitors.users.opening import Users, open_users
from web.visitors.users.records import UserRole

_PROGRAM = """
import fcntl, os, sys, termios
# The terminal becomes that of this process, so that a password can be asked for on it.
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from search.cli.main import main
main()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose users are hashed as everywhere."""
    from tests.support.editing import make_archive

    folder = tmp_path_factory.mktemp("commands")
    make_archive(folder)
    return folder


@pytest.fixture
def empty(folder: Path) -> Path:
    (folder / ".dossier" / "users.sqlite3").unlink(missing_ok=True)
    return folder


@pytest.fixture
def filled(empty: Path) -> Path:
    make_users(empty / ".dossier")
    return empty


def users_of(folder: Path) -> Users:
    return open_users(folder / ".dossier")


def run(folder: Path, *arguments: str, given: str = "") -> tuple[int, str, str]:
    """Return the exit code, what a command prints, and what it says."""
    done = CliRunner().invoke(cli, ["-C", str(folder), "users", *arguments], input=given, standalone_mode=False)
    match done.exception:
        case None:
            return done.return_value, done.stdout, done.stderr
        case click.ClickException() as error:
            return error.exit_code, done.stdout, error.message
        case error:
            said, code = describe_error(error)
            return code, done.stdout, said


def test_a_user_is_added_with_a_password_from_standard_input(empty: Path) -> None:
    code, out, said = run(empty, "add", "ana", "--role", "editor", "--password-file", "-", given=f"{PASSWORD}\n")
    assert (code, out, said) == (0, "", "Added “ana” as editor.\n")
    found = users_of(empty).accounts.check("ANA", PASSWORD)
    assert found is not None
    assert (found.name, found.role) == ("ana", UserRole.EDITOR)


def test_a_user_is_added_with_a_password_from_a_file(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"{PASSWORD}\r\nmore\n", encoding="utf-8")
    assert run(empty, "add", "ana", "--password-file", str(tmp_path / "secret"))[0] == 0
    assert users_of(empty).accounts.check("ana", PASSWORD) is not None


def test_without_a_terminal_the_password_has_to_be_given(empty: Path) -> None:
    code, _, said = run(empty, "add", "ana", given=f"{PASSWORD}\n")
    assert (code, "--password-file" in said) == (2, True)


def test_a_password_is_asked_for_on_the_terminal_and_not_shown(empty: Path) -> None:
    master, slave = os.openpty()
    command = [sys.executable, "-c", _PROGRAM, "-C", str(empty), "users", "add", "ana"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    ) as running:
        os.close(slave)
        shown = b""
        for prompt in (b"characters): ", b"confirmation: "):
            while not shown.endswith(prompt):
                shown += os.read(master, 1000)
            os.write(master, f"{PASSWORD}\n".encode())
        while b"Added" not in shown:
            shown += os.read(master, 1000)
        assert running.wait(timeout=20) == 0
    os.close(master)
    assert PASSWORD.encode() not in shown
    assert users_of(empty).accounts.check("ana", PASSWORD) is not None


def test_no_command_takes_a_password_as_an_argument() -> None:
    parameters = [parameter for command in users_command.commands.values() for parameter in command.params]
    options = {option for parameter in parameters for option in parameter.opts}
    assert {option for option in options if "pass" in option} == {"--password-file"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["add", "Vera", "--password-file", "-"], 2, "There is a user “Vera” already"),
        (["add", "...", "--password-file", "-"], 2, "needs a letter"),
        (["role", "nobody", "editor"], 1, "There is no user “nobody”"),
        (["remove", "nobody"], 1, "There is no user “nobody”"),
        (["disable", "nobody"], 1, "There is no user “nobody”"),
        (["enable", "nobody"], 1, "There is no user “nobody”"),
        (["password", "nobody", "--password-file", "-"], 1, "There is no user “nobody”"),
        (["tokens", "add", "nobody", "x"], 1, "There is no user “nobody”"),
        (["tokens", "list", "nobody"], 1, "There is no user “nobody”"),
        (["tokens", "revoke", "7"], 1, "There is no token 7"),
        (["tokens", "add", "vera", "x", "--role", "editor"], 2, "cannot do more than its user, who is a viewer"),
        (["role", "vera", "king"], 2, ""),
        (["tokens", "add", "vera", "x", "--days", "0"], 2, ""),
    ],
)
def test_what_makes_no_sense_is_refused(filled: Path, arguments: list[str], code: int, said: str) -> None:
    found, _, text = run(filled, *arguments, given=f"{PASSWORD}\n")
    assert found == code
    assert said in text


def test_users_are_listed_and_changed(filled: Path) -> None:
    users = users_of(filled)
    assert run(filled, "role", "VERA", "editor")[0] == 0
    assert run(filled, "disable", "edwin")[0] == 0
    code, out, _ = run(filled, "list", "-o", "json")
    assert code == 0
    assert [(row["name"], row["role"], row["is_disabled"]) for row in json.loads(out)] == [
        ("ada", "admin", False),
        ("edwin", "editor", True),
        ("vera", "editor", False),
    ]
    assert run(filled, "enable", "edwin")[0] == 0
    assert run(filled, "password", "edwin", "--password-file", "-", given="nine slow badgers\n")[0] == 0
    assert users.accounts.check("edwin", "nine slow badgers") is not None
    for name in ("ada", "edwin", "vera"):
        assert run(filled, "remove", name)[0] == 0
    assert run(filled, "list") == (1, "", "")


def test_a_token_is_printed_once(filled: Path) -> None:
    code, out, _ = run(filled, "tokens", "add", "ada", "nightly export", "--role", "editor", "--days", "30")
    token = out.strip()
    found = users_of(filled).tokens.find(token)
    assert code == 0
    assert found is not None
    assert (found.user, found.role, found.expires is not None) == ("ada", UserRole.EDITOR, True)
    code, out, _ = run(filled, "tokens", "list", "-o", "json")
    assert [(row["number"], row["user"], row["name"]) for row in json.loads(out)] == [(1, "ada", "nightly export")]
    assert token not in out
    assert run(filled, "tokens", "add", "ada", "for ever", "--no-expiry")[0] == 0
    assert json.loads(run(filled, "tokens", "list", "ada", "-o", "json")[1])[0]["expires"] is None
    assert run(filled, "tokens", "revoke", "1")[0] == 0
    assert users_of(filled).tokens.find(token) is None


def test_a_missing_package_is_named(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "argon2", None)
    code, _, said = run(filled, "list")
    assert (code, "pip install 'dossier-search[users]'" in said) == (2, True)


def test_without_an_archive_there_are_no_users(tmp_path: Path) -> None:
    code, _, said = run(tmp_path, "list")
    assert (code, "search-cli index FOLDER" in said) == (3, True)
    assert not (tmp_path / ".dossier").exists()


def test_a_damaged_file_is_an_error_with_what_to_do(empty: Path) -> None:
    (empty / ".dossier" / "users.sqlite3").write_bytes(b"no database at all, and long enough to be read as one" * 30)
    code, _, said = run(empty, "list")
    assert (code, "cannot be used" in said) == (3, True)


def test_a_file_of_a_newer_program_is_left_alone(filled: Path) -> None:
    users = users_of(filled)
    with users.file.writing() as connection:
        connection.execute("PRAGMA user_version = 99")
    code, _, said = run(filled, "list")
    assert (code, "newer program" in said) == (3, True)
