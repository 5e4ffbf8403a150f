"""Suggestions: listing, accepting and dismissing them."""

import click

from index.archive import Archive
from index.catalog.reading.records import SuggestionRow
from index.errors import DecisionError
from index.identity.decisions import KeepApart, Merge
from index.model import Kind
from search.cli.commands.entities.command import KINDS, by_option, output_option, version_option
from search.cli.commands.entities.deciding import make_decision
from search.cli.state import State, with_state

__all__ = ["accept_command", "dismiss_command", "suggestions_command"]


@click.command("suggestions")
@click.option("--kind", type=KINDS, help="Only entities of this kind.")
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="Number of suggestions.")
@output_option
@with_state
def suggestions_command(state: State, /, *, kind: str | None, limit: int, output: str | None) -> int:
    """List entities that may be one, the likeliest first, with the evidence and articles that mention them.

    Decide with `entities accept NUMBER` or `entities dismiss NUMBER`.
    """
    # The sentences need the engine, which the other commands do without.
    from search.cli.commands.suggestions import print_suggestions

    return print_suggestions(state, kind=Kind(kind) if kind else None, limit=limit, output=output)


@click.command("accept")
@click.argument("number", type=int)
@by_option
@version_option
@with_state
def accept_command(state: State, /, *, number: int, decided_by: str, versions: tuple[str, ...]) -> int:
    """Accept the suggestion with this NUMBER: merge its entities."""
    row = _suggestion(state, number)
    return make_decision(state, Merge(row.entity, row.into), decided_by, versions)


@click.command("dismiss")
@click.argument("number", type=int)
@by_option
@version_option
@with_state
def dismiss_command(state: State, /, *, number: int, decided_by: str, versions: tuple[str, ...]) -> int:
    """Dismiss the suggestion with this NUMBER: its entities are kept apart, and it is not suggested again."""
    row = _suggestion(state, number)
    return make_decision(state, KeepApart(row.entity, row.into), decided_by, versions)


def _suggestion(state: State, number: int) -> SuggestionRow:
    row = Archive(state.settings()).open_reader().suggestion(number)
    if row is None:
        raise DecisionError(f"There is no suggestion {number}. To list them: entities suggestions")
    return row
