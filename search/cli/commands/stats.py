"""`search-cli stats`: what the archive holds."""

import json
from collections.abc import Mapping

import click

from index.archive import Archive
from search.cli.state import State, with_state
from search.output.cleaning import clean
from search.output.serialization import to_json
from search.output.wording import language_in_words, with_hint

__all__ = ["stats_command"]


@click.command("stats")
@click.option("--failures", "is_failures", is_flag=True, help="List files that could not be indexed, and what to do.")
@click.option("--json", "is_json", is_flag=True, help="As JSON.")
@with_state
def stats_command(state: State, /, *, is_failures: bool, is_json: bool) -> int:
    """Show what the archive holds: articles, entities, mentions, runs and failures."""
    reader = Archive(state.settings()).open_reader()
    statistics, runs, languages = reader.statistics(), reader.runs(limit=1), reader.count_by_language()
    failures = reader.failures() if is_failures else ()
    if is_json:
        value = {
            "statistics": to_json(statistics),
            "languages": dict(languages),
            "last_run": to_json(runs),
            "failures": to_json(failures),
        }
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
        return 0
    if is_failures:
        for row in failures:
            advice = with_hint(row.failure.message, row.failure.hint)
            click.echo(clean(f"{row.failure.locator}\t{row.failure.reason}\t{advice}"))
        return 0
    click.echo(f"articles       {statistics.articles:,} ({statistics.undated:,} undated)")
    if statistics.first_published:
        click.echo(f"published      {statistics.first_published} to {statistics.last_published}")
    click.echo(f"languages      {_languages_in_words(languages)}")
    for kind, count in statistics.mentions.items():
        entities = f" of {statistics.entities[kind]:,} entities" if kind in statistics.entities else ""
        click.echo(f"{kind.value:14} {count:,} mentions{entities}")
    for run in runs:
        click.echo(
            f"last run       {run.finished or 'interrupted'}: {run.added:,} added, {run.changed:,} changed, "
            f"{run.relinked:,} unchanged with other entities"
        )
    waiting = ": search-cli entities suggestions" if statistics.suggestions else ""
    click.echo(f"suggestions    {statistics.suggestions:,}{waiting}")
    note = ": search-cli stats --failures" if statistics.failures else ""
    click.echo(f"failures       {statistics.failures:,}{note}")
    return 0


def _languages_in_words(languages: Mapping[str, int]) -> str:
    """Say how many articles are in each language, the commonest first, "" being an unknown one.

    >>> _languages_in_words({"": 1, "de": 2, "en": 30})
    'English 30, German 2, unknown 1'
    """
    counts = sorted(languages.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{language_in_words(code) if code else 'unknown'} {count:,}" for code, count in counts) or "-"
