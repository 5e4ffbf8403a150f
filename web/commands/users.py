"""`search-cli users`: the users of the page, their roles and passwords, and their tokens."""

import sys
from typing import TextIO

import click

from index.archive import Archive
from index.errors import UsageError
from search.cli.commands.entities.command import output_option
from search.cli.state import State, with_state
from search.cli.terminal import write_paged
from search.output.cleaning import clean
from search.output.formats import Format, Row, rows_as_text
from web.visitors.users.opening import Users, open_users
from web.visitors.users.passwords import MIN_PASSWORD
from web.visitors.users.records import UserRole, moment
from web.visitors.users.tokens import LONGEST_DAYS

__all__ = ["users_command"]

_ROLES = click.Choice([role.value for role in UserRole])
_TOKEN_ROLES = click.Choice([UserRole.VIEWER.value, UserRole.EDITOR.value])
_DAYS = 90

_password_option = click.option(
    "--password-file",
    "file",
    type=click.File(encoding="utf-8"),
    help="File whose first line is the password, or - for standard input; by default it is asked for.",
)


def _users(state: State) -> Users:
    archive = Archive(state.settings())
    archive.require()
    return open_users(archive.folder)


def _say(state: State, text: str) -> int:
    if not state.is_quiet:
        click.echo(clean(text, is_one_line=True), err=True)
    return 0


def _read_password(file: TextIO | None) -> str:
    """Return the first line of a file, or what a person types twice without seeing it."""
    if file is not None:
        return file.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise UsageError(
            "There is no terminal to ask for the password. Give it with --password-file FILE, or - for standard input."
        )
    asked = click.prompt(
        f"Password (at least {MIN_PASSWORD} characters)", hide_input=True, confirmation_prompt=True, err=True
    )
    return str(asked)


@click.group("users", epilog="Example: search-cli users add ana --role admin")
def users_command() -> None:
    """Add, list, change and remove the users of the page, and their tokens.

    Viewers read, editors also correct names, admins also manage users. Once an archive has a user, its page asks
    everybody to log in. Changes take effect at once; a server that was started without users has to be started again.
    """


@users_command.command("add")
@click.argument("name")
@click.option("--role", type=_ROLES, default=UserRole.VIEWER.value, show_default=True, help="Rights of the user.")
@_password_option
@with_state
def add_command(state: State, /, *, name: str, role: str, file: TextIO | None) -> int:
    """Add a user. The password is asked for, never given on the command line."""
    user = _users(state).accounts.add(name, _read_password(file), role=UserRole(role))
    return _say(state, f"Added “{user.name}” as {user.role}.")


@users_command.command("list")
@output_option
@with_state
def list_command(state: State, /, *, output: str | None) -> int:
    """List the users. The exit code is 1 when there are none."""
    rows: list[Row] = [
        {
            "name": user.name,
            "role": user.role.value,
            "is_disabled": user.is_disabled,
            "created": moment(user.created),
            "last_login": moment(user.seen) if user.seen else None,
        }
        for user in _users(state).accounts.list()
    ]
    return _print(state, rows, output, ("name", "role", "is_disabled", "created", "last_login"))


@users_command.command("role")
@click.argument("name")
@click.argument("role", type=_ROLES)
@with_state
def role_command(state: State, /, *, name: str, role: str) -> int:
    """Change the ROLE of a user, with immediate effect."""
    user = _users(state).accounts.set_role(name, UserRole(role))
    return _say(state, f"“{user.name}” is {user.role} now.")


@users_command.command("password")
@click.argument("name")
@_password_option
@with_state
def password_command(state: State, /, *, name: str, file: TextIO | None) -> int:
    """Set a new password for a user: sessions end, and so does the wait after failed attempts to log in."""
    users = _users(state)
    users.accounts.find(name)
    user = users.accounts.set_password(name, _read_password(file))
    users.attempts.forget(name)
    return _say(state, f"“{user.name}” has a new password, and is logged out.")


@users_command.command("disable")
@click.argument("name")
@with_state
def disable_command(state: State, /, *, name: str) -> int:
    """Disable a user: no log-in, and the tokens stop working. Undo it with `enable`."""
    user = _users(state).accounts.set_disabled(name, is_disabled=True)
    return _say(state, f"“{user.name}” is disabled.")


@users_command.command("enable")
@click.argument("name")
@with_state
def enable_command(state: State, /, *, name: str) -> int:
    """Enable a user who was disabled."""
    user = _users(state).accounts.set_disabled(name, is_disabled=False)
    return _say(state, f"“{user.name}” may log in again.")


@users_command.command("remove")
@click.argument("name")
@with_state
def remove_command(state: State, /, *, name: str) -> int:
    """Remove a user, with all tokens. Decisions of the user stay."""
    user = _users(state).accounts.remove(name)
    return _say(state, f"Removed “{user.name}”.")


@users_command.group("tokens", epilog="Example: search-cli users tokens add ana 'nightly export' --days 30")
def tokens_command() -> None:
    """Make, list and revoke tokens, which let programs use the JSON API as a user."""


@tokens_command.command("add")
@click.argument("user")
@click.argument("name")
@click.option(
    "--role", type=_TOKEN_ROLES, default=UserRole.VIEWER.value, show_default=True, help="Rights of the token."
)
@click.option(
    "--days", type=click.IntRange(1, LONGEST_DAYS), default=_DAYS, show_default=True, help="How long it is valid."
)
@click.option("--no-expiry", is_flag=True, help="Valid until it is revoked.")
@with_state
def add_token_command(state: State, /, *, user: str, name: str, role: str, days: int, no_expiry: bool) -> int:
    """Make a token of USER called NAME, and print it: it cannot be shown again."""
    secret = _users(state).tokens.add(user, name, role=UserRole(role), days=None if no_expiry else days)
    click.echo(secret)
    return _say(state, "Send it as a header: Authorization: Bearer TOKEN. It is shown only now.")


@tokens_command.command("list")
@click.argument("user", default="")
@output_option
@with_state
def list_tokens_command(state: State, /, *, user: str, output: str | None) -> int:
    """List the tokens of USER, or all, without their secrets. The exit code is 1 when there are none."""
    users = _users(state)
    if user:
        users.accounts.find(user)
    rows: list[Row] = [
        {
            "number": token.number,
            "user": token.user,
            "name": token.name,
            "role": token.role.value,
            "created": moment(token.created),
            "expires": moment(token.expires) if token.expires else None,
            "last_used": moment(token.used) if token.used else None,
        }
        for token in users.tokens.list(user)
    ]
    return _print(state, rows, output, ("number", "user", "name", "role", "created", "expires", "last_used"))


@tokens_command.command("revoke")
@click.argument("number", type=click.IntRange(1))
@with_state
def revoke_token_command(state: State, /, *, number: int) -> int:
    """Revoke a token by its NUMBER, at once."""
    token = _users(state).tokens.revoke(number)
    return _say(state, f"Revoked “{token.name}” of “{token.user}”.")


def _print(state: State, rows: list[Row], output: str | None, columns: tuple[str, ...]) -> int:
    terminal = state.terminal()
    form = Format(output) if output else Format.TABLE if terminal.is_interactive else Format.TSV
    has_header = bool(output) or terminal.is_interactive
    pieces = rows_as_text(rows, output_format=form, columns=columns, has_header=has_header, width=terminal.width)
    if not state.is_quiet:
        write_paged("".join(pieces), terminal=terminal, is_allowed=state.is_paged)
    return 0 if rows else 1
