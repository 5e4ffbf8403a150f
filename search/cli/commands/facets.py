"""`search-cli facets`: the values of one facet with their counts, or all facets."""

from collections.abc import Sequence
from typing import Any

import click

from index.errors import UsageError
from index.fields import FACET_FIELDS, parameter_of
from search.answer.facets import FACET_ORDERS, facet_fields
from search.cli.filters import filter_options, request_from_options
from search.cli.opening import open_service
from search.cli.state import State, with_state
from search.cli.terminal import write_paged
from search.output.formats import Format, Row, rows_as_text
from search.results import Facet

__all__ = ["facets_command"]

_COLUMNS = ("value", "label", "count")
_ALL_COLUMNS = ("facet", "label", "values", "first values")
_FIRST = 3


@click.command("facets", epilog='Example: search-cli facets person "Patriot withdrawal" --contains erdo')
@click.argument("facet", default="")
@filter_options
@click.option(
    "--contains", default="", metavar="TEXT", help="Only values whose name contains a word that begins with this."
)
@click.option(
    "--order",
    type=click.Choice(FACET_ORDERS),
    help="By default years, months and sizes stand in their own order, all else by count.",
)
@click.option("-n", "--limit", type=click.IntRange(1), default=50, show_default=True, help="Number of values.")
@click.option("-o", "--output", type=click.Choice([form.value for form in Format]), help="Output format.")
@with_state
def facets_command(state: State, /, **options: Any) -> int:  # Any: click passes what each option holds
    """Count the values of FACET (person, org, place, system, source, ...) in the articles that match the WORDS.

    Without FACET, list the facets, each with the number of its values and the first of them.
    """
    fields = facet_fields(options.pop("facet"))
    if len(fields) > 1:
        raise UsageError("Name one facet, such as person, or none for a list of them.")
    contains, order, limit = options.pop("contains"), options.pop("order") or "", options.pop("limit")
    output = options.pop("output")
    with open_service(state) as service:
        request = request_from_options(service, options, page=1, size=0)
        columns: Sequence[str]
        if fields:
            facet = service.facet_values(fields[0], request, contains=contains, order=order, limit=limit)
            rows, columns, nothing = _rows(facet), _COLUMNS, f"no values of “{facet.label}”"
        else:
            found = service.search(request, facets=FACET_FIELDS, facet_limit=_FIRST)
            rows, columns, nothing = _facet_rows(found.facets), _ALL_COLUMNS, "no articles"
    terminal = state.terminal()
    form = Format(output) if output else Format.TABLE if terminal.is_interactive else Format.TSV
    if not state.is_quiet:
        pieces = rows_as_text(
            rows, output_format=form, columns=columns, has_header=output is not None, width=terminal.width
        )
        write_paged("".join(pieces), terminal=terminal, is_allowed=state.is_paged)
        if not rows:
            click.echo(nothing, err=True)
    return 0 if rows else 1


def _facet_rows(facets: Sequence[Facet]) -> list[Row]:
    return [
        {
            "facet": parameter_of(facet.field),
            "label": facet.label,
            "values": facet.distinct,
            "first values": ", ".join(value.label for value in facet.values[:_FIRST]),
        }
        for facet in facets
        if facet.values
    ]


def _rows(facet: Facet) -> list[Row]:
    return [{"value": value.value, "label": value.label, "count": value.count} for value in facet.values]
