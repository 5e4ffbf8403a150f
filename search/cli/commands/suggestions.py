"""Print `search-cli entities suggestions`: possible duplicates with their evidence."""

from collections.abc import Iterator

import click

from index.model import Entity, Kind
from search.cli.opening import open_service
from search.cli.state import State
from search.cli.terminal import Style, Terminal, write_paged
from search.entities.explanations import Example, SuggestionView
from search.output.cleaning import clean
from search.output.formats import Format, Row, rows_as_text
from search.output.wording import count_in_words

__all__ = ["print_suggestions"]

_COLUMNS = ("number", "score", "kind", "entity", "into", "rule", "evidence", "entity_articles", "into_articles")
_LONGEST_SENTENCE = 200


def print_suggestions(state: State, *, kind: Kind | None, limit: int, output: str | None) -> int:
    """Print the suggestions, for reading on a terminal and as a table of records elsewhere; returns the exit code."""
    with open_service(state) as service:
        found = service.suggestions(kind=kind, limit=limit)
        left = service.catalog.count_suggestions(kind=kind) - len(found)
    terminal = state.terminal()
    form = Format(output) if output else Format.TEXT if terminal.is_interactive else Format.TSV
    if form is Format.TEXT and terminal.is_interactive:
        text = "".join(f"{line}\n" for view in found for line in _lines(view, terminal))
    else:
        rows = [_row(view) for view in found]
        pieces = rows_as_text(rows, output_format=form, columns=_COLUMNS, has_header=bool(output), width=terminal.width)
        text = "".join(pieces)
    if not state.is_quiet:
        write_paged(text, terminal=terminal, is_allowed=state.is_paged)
        if not found:
            click.echo("nothing to review", err=True)
        if left > 0:
            click.echo(f"{left:,} more: --limit {left + len(found)}", err=True)
    return 0 if found else 1


def _lines(view: SuggestionView, terminal: Terminal) -> Iterator[str]:
    title = terminal.style(clean(f"{view.entity.name} = {view.into.name}?", is_one_line=True), Style.TITLE)
    yield f"{view.number:4}  {title}  {view.kind}, score {view.score}"
    yield clean(f"      {view.evidence} ({view.rule})", is_one_line=True)
    for entity, examples in ((view.entity, view.entity_examples), (view.into, view.into_examples)):
        yield terminal.style(_described(entity), Style.LABEL)
        for example in examples:
            yield clean(f"        {example.article_id}  {_sentence(example)}", is_one_line=True)
    yield terminal.style(
        f"      same: search-cli entities accept {view.number} · different: search-cli entities dismiss {view.number}",
        Style.DIM,
    )
    yield ""


def _described(entity: Entity) -> str:
    about = f", {entity.description}" if entity.description else ""
    count = count_in_words(entity.documents, "article")
    return clean(f"      {entity.name} ({entity.id}{about}), {count}", is_one_line=True)


def _sentence(example: Example) -> str:
    text = " ".join(example.snippet.text.split()) if example.snippet else example.title
    return text if len(text) <= _LONGEST_SENTENCE else f"{text[:_LONGEST_SENTENCE]}…"


def _row(view: SuggestionView) -> Row:
    return {
        "number": view.number,
        "score": view.score,
        "kind": view.kind.value,
        "entity": view.entity.id,
        "into": view.into.id,
        "rule": view.rule,
        "evidence": view.evidence,
        "entity_articles": [example.article_id for example in view.entity_examples],
        "into_articles": [example.article_id for example in view.into_examples],
    }
