"""`search-cli export`: stream all matching articles."""

from collections.abc import Iterator
from typing import Any

import click

from search.cli.filters import filter_options, order_option, request_from_options
from search.cli.opening import open_service
from search.cli.state import State, with_state
from search.output.formats import Format, Row, rows_as_text
from search.output.hit_rows import HIT_COLUMNS, chosen_columns, hit_row

__all__ = ["export_command"]

_FORMS = (Format.CSV, Format.TSV, Format.JSONL, Format.JSON, Format.MARKDOWN)


@click.command("export", epilog="Example: search-cli export --system s-400 -o csv > s-400.csv")
@filter_options
@order_option
@click.option(
    "-o",
    "--output",
    type=click.Choice([form.value for form in _FORMS]),
    default="jsonl",
    show_default=True,
    help="Output format.",
)
@click.option("--fields", metavar="NAMES", help=f"Comma-separated columns: {', '.join(HIT_COLUMNS)}.")
@click.option("--no-header", is_flag=True, help="Omit the header line.")
@with_state
def export_command(state: State, /, **options: Any) -> int:  # Any: click passes what each option holds
    """Export all articles that match the WORDS; without words and filters, the whole archive."""
    form, fields, no_header = Format(options.pop("output")), options.pop("fields"), options.pop("no_header")
    columns = chosen_columns(fields, tuple(HIT_COLUMNS))
    count = 0
    with open_service(state) as service:
        request = request_from_options(service, options, page=1, size=0)

        def rows() -> Iterator[Row]:
            nonlocal count
            for hit in service.export(request):
                count += 1
                yield hit_row(hit)

        for piece in rows_as_text(rows(), output_format=form, columns=columns, has_header=not no_header):
            click.echo(piece, nl=False)
    if not state.is_quiet:
        click.echo(f"{count:,} articles", err=True)
    return 0 if count else 1
