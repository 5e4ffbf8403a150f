"""`search-cli search`: the default command."""

import json
from typing import Any, BinaryIO
from urllib.parse import urlencode

import click

from index.errors import UsageError
from search.answer.facets import facet_fields
from search.answer.service import SearchService
from search.cli.filters import filter_options, order_option, request_from_options
from search.cli.opening import open_service
from search.cli.render import result_lines
from search.cli.similar import print_similar
from search.cli.state import State, command_meant, with_state
from search.cli.terminal import write_paged
from search.output.cleaning import clean
from search.output.formats import Format, rows_as_text
from search.output.hit_rows import DEFAULT_COLUMNS, HIT_COLUMNS, chosen_columns, hit_row, result_as_json
from search.output.similar import CLOSEST_HEADING, reasons_in_words
from search.output.wording import count_in_words
from search.parameters import to_parameters
from search.request import SearchRequest, WordMode
from search.results import SearchResult

__all__ = ["output_options", "search", "search_command"]

_MAX_EXAMPLE = 20_000
_PAGE_ADDRESS = "http://127.0.0.1:8000/search"


def output_options(function: Any) -> Any:  # Any: a click decorator takes and gives functions of any shape
    """Add the options for the output format."""
    for option in (
        click.option("--no-header", is_flag=True, help="Omit the header line."),
        click.option("--fields", metavar="NAMES", help=f"Comma-separated columns: {', '.join(HIT_COLUMNS)}."),
        click.option("--csv", "output", flag_value="csv", help="The same as -o csv."),
        click.option("--nl", "output", flag_value="jsonl", help="The same as -o jsonl."),
        click.option("--json", "output", flag_value="json", help="The same as -o json."),
        click.option("-t", "--table", "output", flag_value="table", help="The same as -o table."),
        click.option("-o", "--output", "output", type=click.Choice([form.value for form in Format]),
                     help="Output format; text on a terminal, else tab-separated lines."),
    ):  # fmt: skip
        function = option(function)
    return function


@click.command("search", epilog='Example: search-cli "Patriot withdrawal" --system s-400 --from 2017')
@filter_options
@order_option
@click.option("-n", "--limit", type=click.IntRange(0), default=10, show_default=True, help="Number of articles.")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="Page of the results.")
@click.option("--facets", "facets", metavar="NAMES", help="Count these facets, such as person,system; or all.")
@click.option(
    "--facet-limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Values for each facet."
)
@click.option(
    "--like", type=click.File("rb"), metavar="FILE", help="Find articles like this text; - for standard input."
)
@click.option("--explain", is_flag=True, help="Explain the query and each score.")
@click.option("--url", is_flag=True, help="Print the address of this search on the page instead.")
@click.option("--web", is_flag=True, help="Open this search in a browser; needs search-cli serve.")
@output_options
@with_state
def search_command(state: State, /, **options: Any) -> int:  # Any: click passes what each option holds
    """Find articles that contain all the WORDS.

    Words match in all their forms; "quotes" keep words together. To read one article: `search-cli show ARTICLE`.
    The whole query language: docs/query-language.md.
    """
    limit, page = options.pop("limit"), options.pop("page")
    facet_names, facet_limit = options.pop("facets"), options.pop("facet_limit")
    is_explained, is_url, is_web = options.pop("explain"), options.pop("url"), options.pop("web")
    example = options.pop("like")
    output, fields, no_header = options.pop("output"), options.pop("fields"), options.pop("no_header")
    with open_service(state) as service:
        request = request_from_options(service, options, page=page, size=limit)
        if example is not None:
            found = service.like(_read_example(example), request, limit=limit)
            if not state.is_quiet:
                print_similar(state, found, output=output, has_header=not no_header)
            return 0 if found else 1
        if is_url or is_web:
            address = f"{_PAGE_ADDRESS}?{urlencode(to_parameters(request))}"
            click.echo(address)
            return click.launch(address) if is_web else 0
        result = search(
            service, request, facets=facet_fields(facet_names), facet_limit=facet_limit, is_explained=is_explained
        )
        if not state.is_quiet:
            _print_result(state, result, output=output, fields=fields, has_header=not no_header)
            if not result.total:
                _say_what_filters_hide(service, request)
            if not result.total_all and (command := command_meant(click.get_current_context())):
                click.echo(f"did you mean the command: search-cli {command}", err=True)
    return 0 if result.total else 1


def _read_example(file: BinaryIO) -> str:
    """Return the title and first lines of an article or a text, read as `index` would; of others, what they hold."""
    # No other search reads files.
    from index.model import Article
    from index.readers.base import DEFAULT_MAX_BYTES, Source
    from index.readers.registry import read_source
    from index.recognizer.encoder.lead import lead_text

    data = file.read(DEFAULT_MAX_BYTES)
    articles = (
        each for each in read_source(Source(getattr(file, "name", "-"), data=data)) if isinstance(each, Article)
    )
    article = next(articles, None)
    text = data[:_MAX_EXAMPLE].decode("utf-8", "replace") if article is None else lead_text(article)
    if not text.strip():
        raise UsageError("--like: the file holds no text. Name one with a paragraph, such as the lead of an article.")
    return text


def search(
    service: SearchService,
    request: SearchRequest,
    *,
    facets: tuple[str, ...] = (),
    facet_limit: int = 10,
    is_explained: bool = False,
) -> SearchResult:
    """Return the answer to a request, with the facets of these fields."""
    if not (request.q.strip() or request.selections or request.amount or request.date_from or request.date_to
            or request.is_undated or request.unnamed or facets):  # fmt: skip
        raise UsageError('Nothing to search for. Try: search-cli "Patriot withdrawal", or search-cli --help')
    return service.search(request, facets=facets, facet_limit=facet_limit, explain=is_explained)


def _print_result(
    state: State, result: SearchResult, *, output: str | None, fields: str | None, has_header: bool
) -> None:
    terminal = state.terminal()
    form = Format(output) if output else Format.TEXT if terminal.is_interactive else Format.TSV
    for notice in result.notices:
        click.echo(f"note: {notice.message}", err=True)
    if form is Format.TEXT:
        first = (result.request.page - 1) * result.request.size + 1
        text = "\n".join(result_lines(result, terminal=terminal, first_rank=first)) + "\n"
        write_paged(text, terminal=terminal, is_allowed=state.is_paged)
        return
    if form is Format.JSON:
        columns = chosen_columns(fields, ()) if fields else None
        click.echo(json.dumps(result_as_json(result, columns), ensure_ascii=False, indent=2))
        return
    if output is None or form is Format.JSONL:
        _say_on_stderr(result)
    columns = chosen_columns(fields, tuple(HIT_COLUMNS) if form is Format.JSONL else DEFAULT_COLUMNS)
    rows = (hit_row(hit) for hit in result.hits)
    is_headed = has_header and output is not None
    for piece in rows_as_text(rows, output_format=form, columns=columns, has_header=is_headed, width=terminal.width):
        click.echo(piece, nl=False)


def _say_what_filters_hide(service: SearchService, request: SearchRequest) -> None:
    """Print the number of articles without the filters, when the filters exclude all."""
    words = SearchRequest(q=request.q, words=request.words, is_exact=request.is_exact)
    if request.q.strip() and (hidden := service.count(words)):
        click.echo(f"without filters: {count_in_words(hidden, 'article')}", err=True)


def _say_on_stderr(result: SearchResult) -> None:
    if result.is_any and result.total and not result.total_all:
        click.echo(f"note: no article contains all your words; {result.total} match only some of them", err=True)
    elif result.is_any and result.total and result.request.words is WordMode.AUTO:
        message = f"a long query is read as any of its words; {result.total_all} of {result.total} have all of them"
        click.echo(f"note: {message}", err=True)
    if result.closest:
        click.echo(CLOSEST_HEADING, err=True)
        for article in result.closest:
            line = f"  {article.locator}: {article.title} ({reasons_in_words(article)})"
            click.echo(clean(line, is_one_line=True), err=True)
    for suggestion in result.suggestions:
        click.echo(f"did you mean: {suggestion.q}", err=True)
