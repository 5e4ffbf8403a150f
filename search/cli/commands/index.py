"""`search-cli index`: read files and make them searchable."""

import logging
import sys
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import click

from index.errors import PruneRefusedError, UsageError
from index.ingest.finding.seen import Seen
from index.ingest.indexer import Indexer
from index.ingest.report import Report
from index.ingest.versions.outdated import OutdatedStage
from index.progress import Progress
from index.readers.base import STANDARD_INPUT, ReadOptions
from search.cli.logs import LOG_FORMATS, log_event, use_json_logs
from search.cli.progress import show_progress
from search.cli.run_metrics import RunMetrics
from search.cli.state import State, with_state
from search.cli.watching import EXIT_INTERRUPTED, print_failures, watch_folders
from search.output.cleaning import clean
from search.output.wording import count_in_words, language_in_words, rate_in_words

__all__ = ["index_command", "parse_mapping"]

_LOG = logging.getLogger(__name__)

_EXIT_PARTIAL = 4
_SHOWN_NOTICES = 10


@click.command("index", epilog="Example: search-cli index ./articles --prune")
@click.argument("paths", nargs=-1, required=True)
@click.option("--prune", is_flag=True, help="Remove articles whose file no longer exists.")
@click.option("-y", "--yes", is_flag=True, help="With --prune: remove more than a tenth of the archive without asking.")
@click.option("--watch", "is_watched", is_flag=True, help="Stay, and index what is added and changed; see above.")
@click.option("--retry", is_flag=True, help="Try files again that were set aside after three tries; see above.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, change nothing.")
@click.option("-j", "--workers", type=click.IntRange(0), help="Processes that read and extract; 0 for all cores.")
@click.option("--ray", metavar="ADDRESS", help="Extract on a Ray cluster: auto, local, HOST:PORT; see above.")
@click.option(
    "--model", metavar="NAME", help='Recognizer: "dossier" (the default), an installed spaCy pipeline, or "none".'
)
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda"]), help="Where the recognizer runs; see above.")
@click.option("--meaning", type=click.Choice(["lead", "none"]), help="Vectors of title and first lines, or none.")
@click.option("--packs", metavar="NAMES", help="Packs of names, comma-separated names or folders.")
@click.option("--pack", "more_packs", multiple=True, metavar="PATH", help="Additional pack; may be repeated.")
@click.option(
    "--field",
    "mapping",
    multiple=True,
    metavar="OURS=THEIRS",
    help="JSON or CSV field of the title, body, date, source, ...; may be repeated.",
)
@click.option("--name", metavar="NAME", help="Name of the text from standard input; by default made of its content.")
@click.option("--follow-links", is_flag=True, default=None, help="Follow links in folders that lead out of them.")
@click.option("--file-seconds", type=float, metavar="N", help="Seconds for one file, and for each MB; see above.")
@click.option("--file-memory", type=float, metavar="MB", help="Memory for one file of up to 50 MB; see above.")
@click.option(
    "--encoding", metavar="NAME", help="Encoding of all text files (cp1254, koi8-r), when detection is wrong."
)
@click.option("--metrics", type=click.Path(path_type=Path), metavar="FILE", help="Keep metrics for Prometheus in FILE.")
@click.option("--log", "log_format", type=click.Choice(LOG_FORMATS), default="text", help="Format of the messages.")
@with_state
def index_command(
    state: State,
    /,
    paths: tuple[str, ...],
    prune: bool,
    yes: bool,
    is_watched: bool,
    retry: bool,
    dry_run: bool,
    metrics: Path | None,
    log_format: str,
    **options: Any,
) -> int:
    """Read articles from PATHS (files, folders, or - for standard input) and make them searchable.

    Formats: text, Markdown, HTML, JSON, JSON Lines, CSV, e-mail, PDF, Word (.docx), OpenDocument (.odt), RSS and Atom
    feeds, news as XML (NITF, NewsML), web archives (WARC, ARC), and zip, tar, gzip, bzip2 and xz files of these.
    Running again reads only new and changed files.

    With the catalog on PostgreSQL, several of these may run at a time, on several machines, and "search-cli work" helps
    them: see docs/cluster.md. A file that failed three times, or whose worker died three times, is set aside, until it
    changes or --retry is given. With the catalog in a file, one runs at a time.

    --metrics keeps a file for node_exporter: articles a second, queue, failures. --log json writes each message
    as one JSON object a line.

    With --watch, the command stays after the first run. It looks at the folders every second or more, and indexes files
    that are new or changed once they have kept their size and time for two seconds; with --prune it also removes what
    is gone. A folder that is missing or has lost all its files is waited for, and nothing of it is removed. Other
    commands can work between two runs. Ctrl-C ends it: exit code 0, or 130 in the middle of a run.

    Exit code 4: some files could not be indexed; the others were.

    A file that takes longer than --file-seconds (300, and as many for each MB) to read or to extract, or more memory
    than --file-memory (2000 MB), is set aside, and tried again when it or the limits change.

    With --ray, files are read here and extracted by all processors of a Ray cluster (--workers for fewer), which must
    run the same versions; needs the extra "ray". See docs/cluster.md.

    The recognizer runs on an NVIDIA card (CUDA) where the package onnxruntime-gpu is installed; --device cuda says that
    it must, --device cpu that it must not. Names are the same but for rounding.
    """
    mapping, encoding = options.pop("mapping"), options.pop("encoding")
    packs, more_packs = options.pop("packs"), options.pop("more_packs")
    name = options.pop("name")
    chosen = tuple(packs.split(",")) if packs else state.settings().packs
    settings = state.settings(packs=(*chosen, *more_packs), **options)
    if not settings.index.exists() and not dry_run and not state.index:
        settings = state.settings(index=Path.cwd() / settings.index.name, packs=settings.packs, **options)
    read_options = ReadOptions(mapping=parse_mapping(mapping), encoding=encoding)
    indexer = Indexer(settings)
    work = partial(
        indexer.index, list(paths), name=name, read_options=read_options, prune=prune, dry_run=dry_run, retry=retry
    )
    is_json = log_format == "json"
    is_silent = state.is_quiet or is_json
    if is_json:
        use_json_logs()

    def run(*, seen: Seen | None = None) -> Report:
        with ExitStack() as stack:
            shown = stack.enter_context(show_progress(is_quiet=state.is_quiet, is_json=is_json))
            measured = None if metrics is None or dry_run else stack.enter_context(RunMetrics(metrics))
            progress = _both(shown, None if measured is None else measured.show)
            tell = None if is_silent else _print_outdated
            report = work(prune_many=yes, progress=progress, on_outdated=tell, seen=seen)
            if measured is not None:
                measured.finish(report)
        if is_json:
            _log_report(report)
        return report

    if is_watched:
        _check_watchable(paths, dry_run=dry_run)
        print_first = None if is_silent else partial(_print_report, is_dry_run=False, folder=settings.index)
        return watch_folders(indexer.watch(list(paths), prune=prune), run, print_first=print_first, is_json=is_json)
    report = run()
    if report.gone and sys.stdin.isatty() and sys.stderr.isatty() and _confirm(report):
        # Everything is read: only what is gone is left to do.
        report = replace(report, removed=work(prune_many=True).removed, gone=0)
    if not is_silent:
        _print_report(report, is_dry_run=dry_run, folder=settings.index)
    if report.gone:
        raise PruneRefusedError(report.gone, report.total)
    if report.is_interrupted:
        return EXIT_INTERRUPTED
    return _EXIT_PARTIAL if report.failed else 0


def _check_watchable(paths: tuple[str, ...], *, dry_run: bool) -> None:
    if dry_run:
        raise UsageError("--watch changes the archive, and --dry-run changes nothing. Leave out one of them.")
    if STANDARD_INPUT in paths:
        raise UsageError("Standard input cannot be watched. Leave out - or --watch.")


def _both(
    first: Callable[[Progress], None] | None, second: Callable[[Progress], None] | None
) -> Callable[[Progress], None] | None:
    """Return what tells both of progress, None when there is nobody to tell."""
    told = [each for each in (first, second) if each is not None]

    def tell(progress: Progress) -> None:
        for each in told:
            each(progress)

    return tell if told else None


def _log_report(report: Report) -> None:
    for failure in report.failures:
        fields = {"locator": failure.locator, "reason": failure.reason, "detail": failure.message, "hint": failure.hint}
        log_event(_LOG, "failed", fields)
    counts = (
        "read",
        "added",
        "changed",
        "unchanged",
        "removed",
        "failed",
        "written",
        "relinked",
        "others",
        "is_interrupted",
    )
    fields = {name: getattr(report, name) for name in counts}
    log_event(_LOG, "indexed", {**fields, "seconds": round(report.seconds, 3), "articles_per_second": report.rate})


def _confirm(report: Report) -> bool:
    question = f"{report.gone:,} of {report.total:,} articles are gone from their files. Remove them from the archive?"
    return click.confirm(question, err=True)


def parse_mapping(pairs: tuple[str, ...]) -> dict[str, str]:
    """Return the field of theirs for each of ours, of OURS=THEIRS. Raises `UsageError`."""
    mapping = dict(pair.partition("=")[::2] for pair in pairs)
    if not all(ours and theirs for ours, theirs in mapping.items()):
        raise UsageError("--field needs OURS=THEIRS, such as --field body=article_text")
    return mapping


def _print_outdated(stages: tuple[OutdatedStage, ...]) -> None:
    """Announce the work on articles that have not changed, before it starts."""
    for stage in stages:
        click.echo(clean(f"This run {stage}.", is_one_line=True), err=True)


def _print_report(report: Report, *, is_dry_run: bool, folder: Path) -> None:
    dry_run = "Dry run, nothing was changed. " if is_dry_run else ""
    others = f", {report.others:,} by other workers" if report.others else ""
    interrupted = "Interrupted: the next run continues from here. " if report.is_interrupted else ""
    click.echo(
        f"{dry_run}{interrupted}{count_in_words(report.read, 'article')} read: {report.added:,} added, "
        f"{report.changed:,} changed, {report.unchanged:,} unchanged, {report.removed:,} removed, "
        f"{report.failed:,} failed{others}. "
        f"{report.seconds:.1f} s, {rate_in_words(report.rate)} articles/s. Index: {folder}",
        err=True,
    )
    if report.skipped:
        kinds = ", ".join(f"{kind} ({count:,})" for kind, count in sorted(report.skipped.items()))
        click.echo(clean(f"Left out, because they are not articles: {kinds}.", is_one_line=True), err=True)
    if report.relinked:
        again = count_in_words(report.relinked, "unchanged article")
        click.echo(f"{again} re-indexed because of changed entities.", err=True)
    if report.links:
        lead = "1 link leads" if report.links == 1 else f"{report.links:,} links lead"
        text = f"{lead} out of the folder, such as {report.link}: not followed. --follow-links follows them."
        click.echo(clean(text, is_one_line=True), err=True)
    if report.guessed_encodings:
        click.echo(_guesses_in_words(report.guessed_encodings), err=True)
    if report.packs_only:
        click.echo(_languages_in_words(report.packs_only), err=True)
    for notice in report.notices[:_SHOWN_NOTICES]:
        click.echo(clean(f"note: {notice.locator}: {notice.message}", is_one_line=True), err=True)
    if len(report.notices) > _SHOWN_NOTICES:
        click.echo(f"... and {count_in_words(len(report.notices) - _SHOWN_NOTICES, 'note')} more", err=True)
    print_failures(report.failures)


def _guesses_in_words(encodings: Mapping[str, int]) -> str:
    """Say how many files were guessed in which encodings, the commonest first.

    >>> _guesses_in_words({"cp1251": 1, "cp1254": 2})
    '3 files: encoding guessed (cp1254 2, cp1251 1). Where it is wrong, state it with --encoding.'
    """
    counts = sorted(encodings.items(), key=lambda item: (-item[1], item[0]))
    listed = ", ".join(f"{encoding} {count:,}" for encoding, count in counts)
    files = count_in_words(sum(encodings.values()), "file")
    return f"{files}: encoding guessed ({listed}). Where it is wrong, state it with --encoding."


def _languages_in_words(languages: Mapping[str, int]) -> str:
    """Say how many articles are in languages in which the recognizer does not run, the commonest first.

    >>> _languages_in_words({"tr": 14, "de": 200})
    '214 articles in German, Turkish: names from packs and rules only. The recognizer does not run in these languages.'
    """
    names = ", ".join(map(language_in_words, sorted(languages, key=lambda code: (-languages[code], code))))
    many = count_in_words(sum(languages.values()), "article")
    these = "this language" if len(languages) == 1 else "these languages"
    return f"{many} in {names}: names from packs and rules only. The recognizer does not run in {these}."
