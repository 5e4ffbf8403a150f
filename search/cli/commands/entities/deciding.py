"""Making decisions about entities."""

from collections.abc import Sequence

import click

from index.archive import Archive
from index.errors import UsageError
from index.identity.decisions import (
    AnyDecision,
    KeepApart,
    Merge,
    Reject,
    Rename,
    Retype,
    Split,
    expect_versions,
)
from index.model import Kind
from search.cli.articles import find_article
from search.cli.commands.entities.command import KINDS, by_option, version_option
from search.cli.commands.entities.names import find_id
from search.cli.state import State, with_state
from search.output.cleaning import clean
from search.output.wording import count_in_words

__all__ = [
    "apart_command",
    "make_decision",
    "merge_command",
    "reject_command",
    "rename_command",
    "retype_command",
    "split_command",
]


@click.command("merge")
@click.argument("entity")
@click.argument("into")
@by_option
@version_option
@with_state
def merge_command(state: State, /, *, entity: str, into: str, decided_by: str, versions: tuple[str, ...]) -> int:
    """Merge ENTITY into INTO: they are the same."""
    return make_decision(state, Merge(_id(state, entity), _id(state, into)), decided_by, versions)


@click.command("split")
@click.argument("entity")
@click.argument("name", required=False)
@click.option(
    "--article", metavar="ARTICLE", help="Only in this article (id, path or URL); without NAME, all its mentions."
)
@by_option
@version_option
@with_state
def split_command(
    state: State, /, *, entity: str, name: str | None, article: str | None, decided_by: str, versions: tuple[str, ...]
) -> int:
    """Take one written NAME out of ENTITY, or the mentions of one article, into an entity of their own.

    A NAME that stands on its own in some articles is taken out there; a shorter form that means ENTITY only where the
    article names it in full is taken out everywhere.
    """
    if name is None and article is None:
        raise UsageError("Name the part to split off: a NAME of the entity, or --article")
    where = None if article is None else _article_id(state, article)
    return make_decision(state, Split(_id(state, entity), name or "", where), decided_by, versions)


@click.command("rename")
@click.argument("entity")
@click.argument("name")
@by_option
@version_option
@with_state
def rename_command(state: State, /, *, entity: str, name: str, decided_by: str, versions: tuple[str, ...]) -> int:
    """Change the canonical NAME of ENTITY."""
    return make_decision(state, Rename(_id(state, entity), name), decided_by, versions)


@click.command("retype")
@click.argument("entity")
@click.argument("kind", type=KINDS)
@by_option
@version_option
@with_state
def retype_command(state: State, /, *, entity: str, kind: str, decided_by: str, versions: tuple[str, ...]) -> int:
    """Change the KIND of ENTITY."""
    return make_decision(state, Retype(_id(state, entity), Kind(kind)), decided_by, versions)


@click.command("reject")
@click.argument("entity")
@by_option
@version_option
@with_state
def reject_command(state: State, /, *, entity: str, decided_by: str, versions: tuple[str, ...]) -> int:
    """Reject ENTITY: it is not an entity."""
    return make_decision(state, Reject(_id(state, entity)), decided_by, versions)


@click.command("apart")
@click.argument("entity")
@click.argument("other")
@by_option
@version_option
@with_state
def apart_command(state: State, /, *, entity: str, other: str, decided_by: str, versions: tuple[str, ...]) -> int:
    """Keep ENTITY and OTHER apart: they are never merged."""
    return make_decision(state, KeepApart(_id(state, entity), _id(state, other)), decided_by, versions)


def make_decision(state: State, decision: AnyDecision, decided_by: str, versions: Sequence[str]) -> int:
    """Make a decision, if its entities still have the versions that are given, and print its effect."""
    # The writer's side is imported only to decide, not to list.
    from index.deciding import Decider

    report = Decider(state.settings()).decide(decision, decided_by=decided_by, expected=expect_versions(versions))
    if not state.is_quiet:
        numbers = ", ".join(str(made.id) for made in report.decisions)
        written = count_in_words(report.written, "article")
        text = f"{report.description}. {written} re-indexed. To undo: search-cli entities undo {numbers}"
        click.echo(clean(f"{report.description}." if report.is_already_so else text, is_one_line=True), err=True)
    return 0


def _id(state: State, text: str) -> str:
    """Return the id of an entity by id or name; an unknown id stays, so that the refusal can say what became of it."""
    reader = Archive(state.settings()).open_reader()
    try:
        return find_id(reader, text, may_be_gone=False)
    finally:
        reader.close()


def _article_id(state: State, text: str) -> str:
    settings = state.settings()
    return find_article(Archive(settings).open_reader(), text, settings)
