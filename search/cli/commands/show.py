"""`search-cli show`: one article, its names, and the reasons for them."""

import json
from collections.abc import Iterator, Sequence

import click

from search.cli.articles import find_article
from search.cli.opening import open_service
from search.cli.render import highlighted_lines
from search.cli.state import State, with_state
from search.cli.terminal import Style, Terminal, write_paged
from search.entities.explanations import MentionReason
from search.output.cleaning import clean
from search.output.serialization import to_json
from search.output.wording import amount_in_words, count_in_words, interval_in_words
from search.views import ArticleView

__all__ = ["show_command"]


@click.command("show", epilog='Example: search-cli show 001 --why -Q "Patriot withdrawal"')
@click.argument("article")
@click.option("-Q", "--query", default="", metavar="QUERY", help="Highlight the words of this query.")
@click.option(
    "--why",
    "is_why",
    is_flag=True,
    help="List every mention with the reasons: how it was found, and which entity it means.",
)
@click.option("--text", "is_text", is_flag=True, help="Only the text.")
@click.option("--json", "is_json", is_flag=True, help="As JSON, with every mention and its reason.")
@with_state
def show_command(state: State, /, *, article: str, query: str, is_why: bool, is_text: bool, is_json: bool) -> int:
    """Show one ARTICLE by its id or the beginning of it, its URL, or its path, from here or as the archive shows it."""
    with open_service(state) as service:
        article_id = find_article(service.catalog, article, state.settings())
        view = service.article(article_id, query)
        reasons = service.why(article_id) if is_json or is_why else ()
    terminal = state.terminal()
    if is_json:
        value = {"article": to_json(view.article), "mentions": to_json(reasons)}
        text = json.dumps(value, ensure_ascii=False, indent=2)
    elif is_text:
        text = clean(view.article.body)
    elif is_why:
        text = "\n".join(_why_lines(reasons, terminal))
    else:
        text = "\n".join(_lines(view, terminal))
    if not state.is_quiet:
        write_paged(text + "\n", terminal=terminal, is_allowed=state.is_paged)
    return 0


def _lines(view: ArticleView, terminal: Terminal) -> Iterator[str]:
    article = view.article
    yield terminal.style(clean(article.title, is_one_line=True), Style.TITLE)
    published = interval_in_words(article.published) if article.published else "undated"
    origin = f" ({article.published_origin})" if article.published_origin else ""
    facts = (
        article.source or "source unknown",
        published + origin,
        *([article.byline] if article.byline else []),
        count_in_words(view.word_count, "word"),
        *([f"{article.encoding}{' (guessed)' if article.encoding_is_guessed else ''}"] if article.encoding else []),
        article.locator,
        article.id,
    )
    yield terminal.style(" · ".join(clean(fact, is_one_line=True) for fact in facts), Style.DIM)
    yield from _named_lines(view, terminal)
    for paragraph in view.paragraphs:
        yield ""
        start, end = paragraph.span.start, paragraph.span.end
        lines = highlighted_lines(article.body, view.highlights, start=start, end=end, terminal=terminal)
        for line in lines:
            yield terminal.style(f"[{paragraph.furniture}] {line}", Style.DIM) if paragraph.furniture else line


def _named_lines(view: ArticleView, terminal: Terminal) -> Iterator[str]:
    groups = {
        "People": view.people,
        "Organizations": view.organizations,
        "Places": view.places,
        "Systems": view.systems,
    }
    for label, mentioned in groups.items():
        names = ", ".join(f"{clean(item.entity.name, is_one_line=True)} ×{len(item.spans)}" for item in mentioned)
        if names:
            yield f"{terminal.style(label.ljust(14), Style.LABEL)} {names}"
    amounts = dict.fromkeys(amount_in_words(item.amount) for item in view.amounts)
    if amounts:
        yield f"{terminal.style('Amounts'.ljust(14), Style.LABEL)} {', '.join(amounts)}"
    dates = dict.fromkeys(interval_in_words(item.interval) for item in view.dates if item.interval.is_resolved)
    if dates:
        yield f"{terminal.style('Dates'.ljust(14), Style.LABEL)} {', '.join(dates)}"


def _why_lines(mentions: Sequence[MentionReason], terminal: Terminal) -> Iterator[str]:
    for mention in mentions:
        outside = ", outside the story" if mention.in_furniture else ""
        place = f"  {mention.span.start}–{mention.span.end}{outside}"
        yield terminal.style(clean(mention.text, is_one_line=True), Style.TITLE) + place
        yield clean(f"   {mention.kind}, found by {mention.component}: {mention.evidence}", is_one_line=True)
        if mention.amount:
            yield f"   = {amount_in_words(mention.amount)}"
        if mention.interval:
            anchor = f", counted from {mention.interval.anchor}" if mention.interval.anchor else ""
            yield f"   = {interval_in_words(mention.interval)}{anchor}"
        if mention.link:
            link = mention.link
            means = f"   means {link.name} ({link.entity_id}): {link.evidence} ({link.rule})"
            yield clean(means, is_one_line=True)
