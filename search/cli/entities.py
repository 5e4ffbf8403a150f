"""`search-cli entities`: list entities, and decide about their identity."""

from collections.abc import Sequence
from typing import TextIO

import click

from index.catalog.open import open_reader
from index.catalog.reader import DecisionRow, SuggestionRow
from index.errors import ArticleNotFoundError, DecisionError, UsageError
from index.identity.decisions import describe
from index.identity.records import Decision, DecisionAction
from index.model import ENTITY_KINDS, Entity, Kind
from search.cli.state import State, with_state
from search.cli.terminal import clean, write_paged
from search.output.formats import Format, Row, rows_as_text
from search.output.wording import count_in_words

__all__ = ["entities_command"]

_COLUMNS = ("id", "kind", "name", "documents", "mentions", "aliases")
_KINDS = click.Choice([kind.value for kind in ENTITY_KINDS])
_OUTPUT = click.option("-o", "--output", type=click.Choice([form.value for form in Format]), help="Output format.")


@click.group("entities", epilog="Example: search-cli entities merge mevlut-cavusglu mevlut-cavusoglu")
def entities_command() -> None:
    """List and find entities; merge, split, rename, retype, reject and keep them apart, and undo it.

    Entities are named by their ids, which list and find show. Decisions survive re-indexing.
    """


@entities_command.command("list")
@click.argument("kind", type=_KINDS)
@click.option("--prefix", default="", help="Only names that begin with this.")
@click.option("--order", type=click.Choice(["documents", "mentions", "name"]), default="documents", show_default=True)
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True)
@_OUTPUT
@with_state
def list_command(state: State, /, *, kind: str, prefix: str, order: str, limit: int, output: str | None) -> int:
    """List the entities of KIND that occur in the archive."""
    reader = open_reader(state.settings().index)
    which = f" that begin with “{prefix}”" if prefix else " in this archive"
    found = reader.list_entities(Kind(kind), prefix=prefix, order=order, limit=limit)
    return _print(state, found, output, nothing=f"no {kind}{which}")


@entities_command.command("find")
@click.argument("name")
@click.option("--kind", type=_KINDS)
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True)
@_OUTPUT
@with_state
def find_command(state: State, /, *, name: str, kind: str | None, limit: int, output: str | None) -> int:
    """Find entities one of whose names has a word that begins with NAME."""
    reader = open_reader(state.settings().index)
    found = reader.complete_entities(name, kind=Kind(kind) if kind else None, limit=limit)
    nothing = f"nothing has a name like “{name}”" if kind is None else f"no {kind} have a name like “{name}”"
    return _print(state, found or reader.similar_names(name, limit=limit), output, nothing=nothing)


@entities_command.command("show")
@click.argument("entity")
@_OUTPUT
@with_state
def show_command(state: State, /, *, entity: str, output: str | None) -> int:
    """Show one ENTITY: its names with their counts, and the articles that mention it."""
    reader = open_reader(state.settings().index)
    found = reader.entity(reader.current_id(entity) or entity)
    if output:
        return _print(state, (found,), output, nothing="")
    about = f", {found.description}" if found.description else ""
    click.echo(clean(f"{found.name}  ({found.id}, {found.kind}{about})"))
    articles, mentions = count_in_words(found.documents, "article"), count_in_words(found.mentions, "mention")
    click.echo(f"{articles}, {mentions}")
    for alias in found.aliases:
        click.echo(clean(f"  {alias.mentions:6,}  {alias.text}", is_one_line=True))
    for article_id in reader.article_ids_of(found.id):
        click.echo(clean(f"  {article_id}  {reader.article(article_id).title}", is_one_line=True))
    return 0


def _print(state: State, entities: tuple[Entity, ...], output: str | None, *, nothing: str) -> int:
    """Print the rows; `nothing` is the message on standard error when there are none."""
    terminal = state.terminal()
    form = Format(output) if output else Format.TABLE if terminal.is_interactive else Format.TSV
    pieces = rows_as_text(
        [_row(entity) for entity in entities],
        output_format=form, columns=_COLUMNS, has_header=bool(output) or terminal.is_interactive, width=terminal.width,
    )  # fmt: skip
    if not state.is_quiet:
        write_paged("".join(pieces), terminal=terminal, is_allowed=state.is_paged)
        if not entities:
            click.echo(clean(nothing, is_one_line=True), err=True)
    return 0 if entities else 1


def _row(entity: Entity) -> Row:
    return {
        "id": entity.id,
        "kind": entity.kind.value,
        "name": entity.name,
        "documents": entity.documents,
        "mentions": entity.mentions,
        "aliases": [alias.text for alias in entity.aliases if alias.mentions],
    }


@entities_command.command("merge")
@click.argument("entity")
@click.argument("into")
@with_state
def merge_command(state: State, /, *, entity: str, into: str) -> int:
    """Merge ENTITY into INTO: they are the same."""
    return _decide(state, DecisionAction.MERGE, entity=entity, into=into)


@entities_command.command("split")
@click.argument("entity")
@click.argument("name", required=False)
@click.option(
    "--article", metavar="ARTICLE", help="Only in this article (id, path or URL); without NAME, all its mentions."
)
@with_state
def split_command(state: State, /, *, entity: str, name: str | None, article: str | None) -> int:
    """Split a written NAME, or the mentions of one article, off ENTITY as a new entity.

    A NAME that stands alone in some articles is split off there; a shorter form that means ENTITY only where the
    article names it in full is split off everywhere.
    """
    if name is None and article is None:
        raise UsageError("Name the part to split off: a NAME of the entity, or --article")
    arguments = {"entity": entity} | ({} if name is None else {"name": name})
    if article is not None:
        arguments["article"] = _article_id(state, article)
    return _decide(state, DecisionAction.SPLIT, **arguments)


def _article_id(state: State, text: str) -> str:
    found = open_reader(state.settings().index).resolve_article_id(text)
    if found is None:
        raise ArticleNotFoundError(f"No single article matches {text!r}. Use an id from the results.")
    return found


@entities_command.command("rename")
@click.argument("entity")
@click.argument("name")
@with_state
def rename_command(state: State, /, *, entity: str, name: str) -> int:
    """Change the canonical NAME of ENTITY."""
    return _decide(state, DecisionAction.RENAME, entity=entity, name=name)


@entities_command.command("retype")
@click.argument("entity")
@click.argument("kind", type=_KINDS)
@with_state
def retype_command(state: State, /, *, entity: str, kind: str) -> int:
    """Change the KIND of ENTITY."""
    return _decide(state, DecisionAction.RETYPE, entity=entity, kind=kind)


@entities_command.command("reject")
@click.argument("entity")
@with_state
def reject_command(state: State, /, *, entity: str) -> int:
    """Reject ENTITY: it is not an entity."""
    return _decide(state, DecisionAction.REJECT, entity=entity)


@entities_command.command("apart")
@click.argument("entity")
@click.argument("other")
@with_state
def apart_command(state: State, /, *, entity: str, other: str) -> int:
    """Keep ENTITY and OTHER apart: they are never merged."""
    return _decide(state, DecisionAction.APART, entity=entity, other=other)


@entities_command.command("undo")
@click.argument("decision", type=int, required=False)
@with_state
def undo_command(state: State, /, *, decision: int | None) -> int:
    """Undo the DECISION with this number; without one, the latest decision."""
    if decision is None:
        rows = open_reader(state.settings().index).decisions()
        decision = next((row.id for row in rows if not row.is_undone and row.action != DecisionAction.UNDO), None)
        if decision is None:
            raise UsageError("there is no decision to undo")
    return _decide(state, DecisionAction.UNDO, decision=str(decision))


@entities_command.command("decisions")
@click.option(
    "--jsonl", "is_jsonl", is_flag=True, help="As JSON Lines for `entities import`: decisions in force, oldest first."
)
@with_state
def decisions_command(state: State, /, *, is_jsonl: bool) -> int:
    """List the decisions, newest first, with their numbers."""
    settings = state.settings()
    if is_jsonl:
        from index.deciding import Decider

        lines: Sequence[str] = Decider(settings).export_decisions()
    else:
        lines = [_decision_line(row) for row in open_reader(settings.index).decisions()]
    for line in lines:
        click.echo(line)
    if not lines and not state.is_quiet:
        click.echo("no decisions", err=True)
    return 0 if lines else 1


def _decision_line(row: DecisionRow) -> str:
    decision = Decision(DecisionAction(row.action), row.arguments)
    undone = "  (undone)" if row.is_undone else ""
    return clean(f"{row.id:5}  {row.when}  {describe(decision)}{undone}", is_one_line=True)


@entities_command.command("import")
@click.argument("file", type=click.File(encoding="utf-8"))
@with_state
def import_command(state: State, /, *, file: TextIO) -> int:
    """Import the decisions in FILE (JSON Lines from `entities decisions --jsonl`, or - for standard input).

    Imports all of them, or none when a line is invalid. Decisions already in force are skipped and counted.
    """
    # Only deciding imports the resolution, not listing.
    from index.deciding import Decider

    report = Decider(state.settings()).import_decisions(file)
    if not state.is_quiet:
        kept, written = count_in_words(len(report.decisions), "decision"), count_in_words(report.written, "article")
        click.echo(f"{kept} imported, {report.held:,} already in force. {written} re-indexed.", err=True)
    return 0


@entities_command.command("suggestions")
@click.option("--kind", type=_KINDS)
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True)
@_OUTPUT
@with_state
def suggestions_command(state: State, /, *, kind: str | None, limit: int, output: str | None) -> int:
    """List possible duplicates, the likeliest first, with the evidence and the articles that mention them.

    Decide with `entities accept NUMBER` or `entities dismiss NUMBER`.
    """
    # The sentences need the engine, which the other commands do not load.
    from search.cli.suggestions import print_suggestions

    return print_suggestions(state, kind=Kind(kind) if kind else None, limit=limit, output=output)


@entities_command.command("accept")
@click.argument("number", type=int)
@with_state
def accept_command(state: State, /, *, number: int) -> int:
    """Accept the suggestion with this NUMBER: merge its entities."""
    row = _suggestion(state, number)
    return _decide(state, DecisionAction.MERGE, entity=row.entity, into=row.into)


@entities_command.command("dismiss")
@click.argument("number", type=int)
@with_state
def dismiss_command(state: State, /, *, number: int) -> int:
    """Dismiss the suggestion with this NUMBER: its entities are kept apart, and it is not suggested again."""
    row = _suggestion(state, number)
    return _decide(state, DecisionAction.APART, entity=row.entity, other=row.into)


def _suggestion(state: State, number: int) -> SuggestionRow:
    row = open_reader(state.settings().index).suggestion(number)
    if row is None:
        raise DecisionError(f"There is no suggestion {number}. To list them: entities suggestions")
    return row


def _decide(state: State, action: DecisionAction, **arguments: str) -> int:
    from index.deciding import Decider

    report = Decider(state.settings()).decide(Decision(action, arguments))
    if not state.is_quiet:
        numbers = ", ".join(str(decision.id) for decision in report.decisions)
        written = count_in_words(report.written, "article")
        text = f"{report.description}. {written} re-indexed. To undo: search-cli entities undo {numbers}"
        click.echo(clean(text, is_one_line=True), err=True)
    return 0
