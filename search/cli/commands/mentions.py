"""`search-cli mentions`: a row for each mention of a name or value, with its sentence."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import click

from index.model import Kind
from search.cli.filters import filter_options, order_option, request_from_options
from search.cli.kinds import KindChoice
from search.cli.opening import open_service
from search.cli.state import State, with_state
from search.cli.terminal import write_paged
from search.filters import mention_choice
from search.output.formats import Format, Row, rows_as_text
from search.output.hit_rows import chosen_columns
from search.output.mention_rows import MENTION_COLUMNS, mention_row
from search.output.wording import count_in_words

__all__ = ["mentions_command"]

_SHOWN = ("article", "kind", "text", "name", "sentence")
_SHOWN_AT_ONCE = 50


@click.command("mentions", epilog='Example: search-cli mentions --amount ">1bn" --beside "Hulusi Akar" -o csv')
@filter_options
@order_option
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=KindChoice(list(Kind)),
    help="Only mentions of this kind; may be given several times.",
)
@click.option(
    "--beside", multiple=True, metavar="NAME", help="Only from sentences that also name this person, place, ..."
)
@click.option("-n", "--limit", type=click.IntRange(1), help="Number of mentions; by default all, 50 on a terminal.")
@click.option("-o", "--output", type=click.Choice([form.value for form in Format]), help="Output format.")
@click.option("--fields", metavar="NAMES", help=f"Comma-separated columns: {', '.join(MENTION_COLUMNS)}.")
@click.option("--no-header", is_flag=True, help="Omit the header line.")
@with_state
def mentions_command(state: State, /, **options: Any) -> int:  # Any: click passes what each option holds
    """List the mentions in the articles that match the WORDS, one a row: text, value, sentence, position.

    A filter such as --person or --amount lists the mentions that it names; without one and without --kind, all are
    listed.
    """
    terminal = state.terminal()
    output, fields, no_header = options.pop("output"), options.pop("fields"), options.pop("no_header")
    form = Format(output) if output else Format.TABLE if terminal.is_interactive else Format.TSV
    is_table = form is Format.TABLE
    limit = options.pop("limit") or (_SHOWN_AT_ONCE if is_table else None)
    columns = chosen_columns(fields, _SHOWN if is_table else tuple(MENTION_COLUMNS), known=MENTION_COLUMNS)
    kinds, beside = options.pop("kinds"), options.pop("beside")
    count = 0
    with open_service(state) as service:
        request = request_from_options(service, options, page=1, size=0)
        found = service.mentions(request, mention_choice(service, kinds, beside))

        def rows() -> Iterator[Row]:
            nonlocal count
            for mention in islice(found, limit):
                count += 1
                yield mention_row(mention)

        pieces = rows_as_text(
            rows(), output_format=form, columns=columns, has_header=not no_header, width=terminal.width
        )
        if is_table:
            write_paged("".join(pieces), terminal=terminal, is_allowed=state.is_paged)
        else:
            for piece in pieces:
                click.echo(piece, nl=False)
        has_more = limit is not None and next(found, None) is not None
    if not state.is_quiet:
        more = ", and more: --limit shows them" if has_more else ""
        click.echo(f"{count_in_words(count, 'mention')}{more}", err=True)
    return 0 if count else 1
