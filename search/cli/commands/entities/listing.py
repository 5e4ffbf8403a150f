"""Listing, finding and showing entities."""

from collections.abc import Sequence

import click

from index.archive import Archive
from index.catalog.reader import CatalogReader
from index.identity.wording import describe
from index.model import Entity, Kind
from search.cli.commands.entities.command import KINDS, output_option
from search.cli.commands.entities.names import find_id
from search.cli.state import State, with_state
from search.cli.terminal import write_paged
from search.output.cleaning import clean
from search.output.formats import Format, Row, rows_as_text
from search.output.wording import count_in_words

__all__ = ["find_command", "list_command", "show_command"]

_COLUMNS = ("id", "kind", "name", "documents", "mentions", "aliases")


@click.command("list")
@click.argument("kind", type=KINDS)
@click.option("--prefix", default="", help="Only those with a name that has a word beginning with this.")
@click.option(
    "--order",
    type=click.Choice(["documents", "mentions", "name"]),
    default="documents",
    show_default=True,
    help="Order of the list.",
)
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True, help="Number of entities.")
@output_option
@with_state
def list_command(state: State, /, *, kind: str, prefix: str, order: str, limit: int, output: str | None) -> int:
    """List the entities of KIND that occur in the archive."""
    reader = Archive(state.settings()).open_reader()
    which = f" with a word that begins with “{prefix}”" if prefix else " in this archive"
    found = reader.list_entities(Kind(kind), prefix=prefix, order=order, limit=limit)
    return _print(state, found, output, nothing=f"no {kind}{which}")


@click.command("find")
@click.argument("name")
@click.option("--kind", type=KINDS, help="Only entities of this kind.")
@click.option("-n", "--limit", type=click.IntRange(1), default=20, show_default=True, help="Number of entities.")
@output_option
@with_state
def find_command(state: State, /, *, name: str, kind: str | None, limit: int, output: str | None) -> int:
    """Find entities one of whose names has a word that begins with NAME."""
    reader = Archive(state.settings()).open_reader()
    found = reader.complete_entities(name, kind=Kind(kind) if kind else None, limit=limit)
    nothing = f"nothing has a name like “{name}”" if kind is None else f"no {kind} have a name like “{name}”"
    return _print(state, found or reader.similar_names(name, limit=limit), output, nothing=nothing)


@click.command("show")
@click.argument("entity")
@output_option
@with_state
def show_command(state: State, /, *, entity: str, output: str | None) -> int:
    """Show one ENTITY: its names with their counts, what was decided about it, and the articles that mention it.

    The version tells whether it changed: give it to a command that decides with --if-version.
    """
    with Archive(state.settings()).open_reader().snapshot() as reader:
        return _show(reader, state, find_id(reader, entity), output)


def _show(reader: CatalogReader, state: State, entity_id: str, output: str | None) -> int:
    found, version = reader.entity(entity_id), str(reader.versions([entity_id])[entity_id])
    if output:
        return _print_rows(state, [{**_row(found), "version": version}], output, columns=(*_COLUMNS, "version"))
    about = f", {found.description}" if found.description else ""
    click.echo(clean(f"{found.name}  ({found.id}, {found.kind}{about})"))
    articles, mentions = count_in_words(found.documents, "article"), count_in_words(found.mentions, "mention")
    click.echo(f"{articles}, {mentions}")
    click.echo(f"version {version}")
    for alias in found.aliases:
        click.echo(clean(f"  {alias.mentions:6,}  {alias.text}", is_one_line=True))
    for made in reader.decisions_about(entity_id):
        by = f" by {made.decided_by}" if made.decided_by else ""
        told = f"decision {made.id}, {made.decided_at[:10]}{by}: {describe(made.decision)}"
        click.echo(clean(told, is_one_line=True))
    for article_id in reader.article_ids_of(found.id):
        click.echo(clean(f"  {article_id}  {reader.article(article_id).title}", is_one_line=True))
    return 0


def _print(state: State, entities: tuple[Entity, ...], output: str | None, *, nothing: str) -> int:
    """Print entities; `nothing` is the message on standard error when there are none."""
    found = _print_rows(state, [_row(entity) for entity in entities], output, columns=_COLUMNS)
    if not entities and not state.is_quiet:
        click.echo(clean(nothing, is_one_line=True), err=True)
    return found


def _print_rows(state: State, rows: Sequence[Row], output: str | None, *, columns: Sequence[str]) -> int:
    terminal = state.terminal()
    form = Format(output) if output else Format.TABLE if terminal.is_interactive else Format.TSV
    pieces = rows_as_text(
        rows,
        output_format=form, columns=columns, has_header=bool(output) or terminal.is_interactive, width=terminal.width,
    )  # fmt: skip
    if not state.is_quiet:
        write_paged("".join(pieces), terminal=terminal, is_allowed=state.is_paged)
    return 0 if rows else 1


def _row(entity: Entity) -> Row:
    return {
        "id": entity.id,
        "kind": entity.kind.value,
        "name": entity.name,
        "documents": entity.documents,
        "mentions": entity.mentions,
        "aliases": [alias.text for alias in entity.aliases if alias.mentions],
    }
