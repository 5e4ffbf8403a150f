"""`search-cli similar`: the articles nearest in meaning to one."""

import click

from search.cli.articles import find_article
from search.cli.opening import open_service
from search.cli.similar import print_similar
from search.cli.state import State, with_state
from search.output.formats import Format

__all__ = ["similar_command"]


@click.command("similar", epilog="Example: search-cli similar 001")
@click.argument("article")
@click.option("-n", "--limit", type=click.IntRange(1, 1000), default=10, show_default=True, help="Number of articles.")
@click.option("-o", "--output", type=click.Choice([form.value for form in Format]), help="Output format.")
@with_state
def similar_command(state: State, /, *, article: str, limit: int, output: str | None) -> int:
    """List articles like ARTICLE (id, path or URL), with reasons: names both have, nearest sentences, same story.

    By the meaning of title and first lines: an article that is not in English has none. To find articles like a text
    of your own: search-cli search --like FILE
    """
    with open_service(state) as service:
        article_id = find_article(service.catalog, article, state.settings())
        has_vector = bool(service.catalog.vectors([article_id]))
        found = service.similar(article_id, limit=limit)
    if not state.is_quiet:
        print_similar(state, found, output=output)
        if not has_vector:
            click.echo("note: this article has no vector of meaning: is it in English? Add what is missing: "
                       "search-cli rebuild --meaning", err=True)  # fmt: skip
    return 0 if found else 1
