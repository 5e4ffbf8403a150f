"""Similar articles on a terminal, as rows and as JSON: for the commands that find them."""

import json
from collections.abc import Iterator, Sequence

import click

from search.cli.render import highlighted_lines
from search.cli.state import State
from search.cli.terminal import Style, Terminal, write_paged
from search.output.cleaning import clean
from search.output.formats import Format, rows_as_text
from search.output.serialization import to_json
from search.output.similar import SIMILAR_COLUMNS, reasons_in_words, similar_row
from search.output.wording import interval_in_words
from search.results import SimilarArticle

__all__ = ["print_similar", "similar_lines"]


def print_similar(
    state: State, articles: Sequence[SimilarArticle], *, output: str | None, has_header: bool = True
) -> None:
    """Print similar articles in a format; text on a terminal, else tab-separated lines."""
    terminal = state.terminal()
    form = Format(output) if output else Format.TEXT if terminal.is_interactive else Format.TSV
    if form is Format.TEXT:
        text = "\n".join(similar_lines(articles, terminal=terminal)) + "\n"
        write_paged(text if articles else "", terminal=terminal, is_allowed=state.is_paged)
    elif form is Format.JSON:
        click.echo(json.dumps({"similar": to_json(tuple(articles))}, ensure_ascii=False, indent=2))
    else:
        rows = map(similar_row, articles)
        is_headed = has_header and output is not None
        pieces = rows_as_text(
            rows, output_format=form, columns=SIMILAR_COLUMNS, has_header=is_headed, width=terminal.width
        )
        for piece in pieces:
            click.echo(piece, nl=False)


def similar_lines(articles: Sequence[SimilarArticle], *, terminal: Terminal) -> Iterator[str]:
    """Yield the lines of similar articles: rank and title, source and date, reasons, the two nearest sentences."""
    for rank, article in enumerate(articles, start=1):
        margin = " " * (len(str(rank)) + 2)
        if rank > 1:
            yield ""
        yield f"{rank}  {terminal.style(clean(article.title, is_one_line=True), Style.TITLE)}"
        published = interval_in_words(article.published) if article.published else "undated"
        facts = (article.source or "source unknown", published, article.locator)
        yield margin + terminal.style(" · ".join(clean(fact, is_one_line=True) for fact in facts), Style.DIM)
        yield margin + clean(reasons_in_words(article), is_one_line=True)
        for lead, sentence in (("this: ", article.own_sentence), ("that: ", article.sentence)):
            for line in highlighted_lines(sentence, (), terminal=terminal, margin=len(margin) + len(lead)):
                yield margin + lead + line
                lead = " " * len(lead)
