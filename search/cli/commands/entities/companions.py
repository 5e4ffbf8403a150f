"""`search-cli entities with`: who and what appears with an entity."""

from collections.abc import Iterator, Sequence

import click

from index.model import Kind
from search.cli.commands.entities.command import KINDS, output_option
from search.cli.commands.entities.names import find_id
from search.cli.opening import open_service
from search.cli.state import State, with_state
from search.cli.terminal import write_paged
from search.entities.companions import ORDERS
from search.output.cleaning import clean
from search.output.formats import Format, Row, rows_as_text
from search.views import CompanionView

__all__ = ["with_command"]

_COLUMNS = ("id", "kind", "name", "documents", "sentences", "lift")
_MONTH_COLUMNS = ("month", "id", "kind", "name", "documents", "sentences")


@click.command("with", epilog='Example: search-cli entities with "Hulusi Akar" --kind systems --order lift')
@click.argument("entity")
@click.option("--kind", "kinds", multiple=True, type=KINDS, help="Only entities of this kind.")
@click.option(
    "--order", type=click.Choice(list(ORDERS)), default="documents", show_default=True, help="Order of the list."
)
@click.option("--by-month", is_flag=True, help="A row for each pair and month of publication.")
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True, help="Number of entities.")
@output_option
@with_state
def with_command(
    state: State,
    /,
    *,
    entity: str,
    kinds: Sequence[str],
    order: str,
    by_month: bool,
    limit: int,
    output: str | None,
) -> int:
    """List who and what appears with ENTITY: in how many articles and sentences, and the lift.

    The lift is how many times more often both are in one article than if they had nothing to do with each other.
    """
    terminal = state.terminal()
    form = Format(output) if output else Format.TABLE if terminal.is_interactive else Format.TSV
    with open_service(state) as service:
        entity_id = find_id(service.catalog, entity)
        found = service.companions(entity_id, kinds=[Kind(kind) for kind in kinds], order=order, limit=limit)
    pieces = rows_as_text(
        _month_rows(found) if by_month else map(_row, found),
        output_format=form,
        columns=_MONTH_COLUMNS if by_month else _COLUMNS,
        has_header=bool(output) or terminal.is_interactive,
        width=terminal.width,
    )
    if not state.is_quiet:
        write_paged("".join(pieces), terminal=terminal, is_allowed=state.is_paged)
        if not found:
            click.echo(clean(f"nothing appears with {entity_id}", is_one_line=True), err=True)
    return 0 if found else 1


def _row(view: CompanionView) -> Row:
    return {**_named(view), "documents": view.documents, "sentences": view.sentences, "lift": view.lift}


def _month_rows(found: Sequence[CompanionView]) -> Iterator[Row]:
    for view in found:
        for month in view.months:
            yield {
                "month": month.month,
                **_named(view),
                "documents": month.documents,
                "sentences": month.sentences,
            }


def _named(view: CompanionView) -> Row:
    return {"id": view.entity.id, "kind": view.entity.kind.value, "name": view.entity.name}
