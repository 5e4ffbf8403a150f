"""`search-cli entities graph`: who stands with whom in the articles of a search."""

from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import click

from index.model import Kind
from search.cli.commands.entities.command import KINDS
from search.cli.filters import filter_options, request_from_options
from search.cli.opening import open_service
from search.cli.state import State, with_state
from search.entities.graph import MAX_NODES, MAX_TIES
from search.graph_views import GraphView
from search.output.cleaning import clean
from search.output.formats import Format, Row, rows_as_text

__all__ = ["graph_command"]

_COLUMNS = ("first", "first_kind", "first_name", "second", "second_kind", "second_name", "documents", "lift")
_FORMS = (Format.TSV, Format.CSV, Format.JSON, Format.JSONL, Format.TABLE, Format.MARKDOWN)
_GRAPHML = "graphml"


@click.command("graph", epilog='Example: search-cli entities graph "S-400" --kind people -o graphml > people.graphml')
@filter_options
@click.option("--kind", "kinds", multiple=True, type=KINDS, help="Only entities of this kind.")
@click.option(
    "--entities",
    "nodes",
    type=click.IntRange(1, MAX_NODES),
    default=MAX_NODES,
    show_default=True,
    help="Number of entities, those in the most articles.",
)
@click.option(
    "--ties",
    type=click.IntRange(1, MAX_TIES),
    default=MAX_TIES,
    show_default=True,
    help="Number of ties, those with the most articles.",
)
@click.option("-o", "--output", type=click.Choice([_GRAPHML, *(form.value for form in _FORMS)]), help="Output format.")
@with_state
def graph_command(state: State, /, **options: Any) -> int:  # Any: click passes what each option holds
    """List who stands with whom in the articles that contain all the WORDS; without words, in the whole archive.

    A line for each tie: two entities, in how many articles both are, and how many times more that is than by chance.
    GraphML is read by Gephi, Cytoscape, yEd and NetworkX.
    """
    kinds = [Kind(kind) for kind in options.pop("kinds")]
    nodes, ties, output = options.pop("nodes"), options.pop("ties"), options.pop("output")
    terminal = state.terminal()
    with open_service(state) as service:
        request = request_from_options(service, options, page=1, size=20)
        graph = service.graph(request, kinds=kinds, nodes=nodes, ties=ties)
    if not state.is_quiet:
        if output == _GRAPHML:
            click.echo("".join(_graphml(graph)), nl=False)
        else:
            form = Format(output) if output else Format.TABLE if terminal.is_interactive else Format.TSV
            has_header = bool(output) or terminal.is_interactive
            pieces = rows_as_text(
                _rows(graph), output_format=form, columns=_COLUMNS, has_header=has_header, width=terminal.width
            )
            for piece in pieces:
                click.echo(piece, nl=False)
        shown = f"{len(graph.nodes)} of {graph.entities:,} entities, {len(graph.ties)} of {graph.pairs:,} ties"
        click.echo(f"{shown} between them, in {graph.total:,} articles", err=True)
    return 0 if graph.ties else 1


def _rows(graph: GraphView) -> Iterator[Row]:
    for tie in graph.ties:
        yield {
            "first": tie.first.id,
            "first_kind": tie.first.kind.value,
            "first_name": tie.first.name,
            "second": tie.second.id,
            "second_kind": tie.second.kind.value,
            "second_name": tie.second.name,
            "documents": tie.documents,
            "lift": tie.lift,
        }


def _graphml(graph: GraphView) -> Iterator[str]:
    """Yield a document of GraphML."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    keys = (("name", "node", "string"), ("kind", "node", "string"), ("articles", "node", "int"),
            ("weight", "edge", "int"), ("lift", "edge", "double"))  # fmt: skip
    for name, of, type_ in keys:
        yield f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{type_}"/>\n'
    yield '<graph edgedefault="undirected">\n'
    for node in graph.nodes:
        data = {"name": node.entity.name, "kind": node.entity.kind.value, "articles": node.documents}
        yield f"<node id={quoteattr(node.entity.id)}>{_data(data)}</node>\n"
    for tie in graph.ties:
        ends = f"source={quoteattr(tie.first.id)} target={quoteattr(tie.second.id)}"
        yield f"<edge {ends}>{_data({'weight': tie.documents, 'lift': tie.lift})}</edge>\n"
    yield "</graph>\n</graphml>\n"


def _data(values: Mapping[str, object]) -> str:
    told = ((name, escape(clean(str(value), is_one_line=True))) for name, value in values.items())
    return "".join(f'<data key="{name}">{text}</data>' for name, text in told)
