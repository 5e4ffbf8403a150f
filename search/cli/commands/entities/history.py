"""Decisions that were made: listing, undoing, exporting and importing them."""

from collections.abc import Sequence
from typing import TextIO

import click

from index.archive import Archive
from index.errors import UsageError
from index.identity.decisions import MadeDecision
from index.identity.wording import describe
from search.cli.commands.entities.command import by_option
from search.cli.state import State, with_state
from search.output.cleaning import clean
from search.output.wording import count_in_words

__all__ = ["decisions_command", "import_command", "undo_command"]


@click.command("undo")
@click.argument("decision", type=int, required=False)
@by_option
@with_state
def undo_command(state: State, /, *, decision: int | None, decided_by: str) -> int:
    """Undo the DECISION with this number; without one, the latest in force."""
    from index.deciding import Decider

    if decision is None:
        rows = Archive(state.settings()).open_reader().decisions()
        decision = next((row.id for row in rows if row.undone_at is None), None)
        if decision is None:
            raise UsageError("There is no decision to undo.")
    report = Decider(state.settings()).undo(decision, undone_by=decided_by)
    if not state.is_quiet:
        text = f"{report.description}. {count_in_words(report.written, 'article')} re-indexed."
        click.echo(clean(f"{report.description}." if report.is_already_so else text, is_one_line=True), err=True)
    return 0


@click.command("decisions")
@click.option(
    "--jsonl", "is_jsonl", is_flag=True, help="As JSON Lines for `entities import`: decisions in force, oldest first."
)
@with_state
def decisions_command(state: State, /, *, is_jsonl: bool) -> int:
    """List the decisions, newest first, with their numbers and who made and undid them."""
    settings = state.settings()
    if is_jsonl:
        from index.deciding import Decider

        lines: Sequence[str] = Decider(settings).export_decisions()
    else:
        lines = [_decision_line(row) for row in Archive(settings).open_reader().decisions()]
    for line in lines:
        click.echo(line)
    if not lines and not state.is_quiet:
        click.echo("no decisions", err=True)
    return 0 if lines else 1


def _decision_line(made: MadeDecision) -> str:
    by = f", {made.decided_by}" if made.decided_by else ""
    undone = "" if made.undone_at is None else f"  (undone{f' by {made.undone_by}' if made.undone_by else ''})"
    return clean(f"{made.id:5}  {made.decided_at}{by}  {describe(made.decision)}{undone}", is_one_line=True)


@click.command("import")
@click.argument("file", type=click.File(encoding="utf-8"))
@by_option
@with_state
def import_command(state: State, /, *, file: TextIO, decided_by: str) -> int:
    """Import the decisions in FILE (JSON Lines from `entities decisions --jsonl`, or - for standard input).

    All of them or, when a line is not valid, none. Decisions in force already are left out and counted.
    """
    from index.deciding import Decider

    report = Decider(state.settings()).import_decisions(file, decided_by=decided_by)
    if not state.is_quiet:
        made, written = count_in_words(len(report.decisions), "decision"), count_in_words(report.written, "article")
        click.echo(f"{made} imported, {report.held:,} already in force. {written} re-indexed.", err=True)
    return 0
