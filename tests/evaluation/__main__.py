"""Prints how good the extraction and the identity are, beside yardsticks: `python -m tests.evaluation --data DIR`.

Without `--data` only what is part of the project is measured: the seeds and our own articles. The tables are in
Markdown. A table row is a system: rules only, each model of `--models` alone and with the rules, and, for dates and
amounts, libraries of the extra `bench` and published figures. Exit code 2 when the folder is not there.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from index.settings import Settings
from tests.evaluation.evaluate_amounts import describe_mistakes as describe_amounts
from tests.evaluation.evaluate_names import describe_mistakes
from tests.evaluation.measure import SUBJECTS, measure_own, measure_public
from tests.evaluation.peers.published import find_missing
from tests.evaluation.peers.systems import default_system, systems_of
from tests.evaluation.sets.gold_sets import NEVER_EXAMINED, read_own_sets
from tests.evaluation.tables.document import fill
from tests.evaluation.tables.rows import Row, as_markdown


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints."""
    options = _parser().parse_args(arguments)
    if options.data is not None and not options.data.is_dir():
        print(f"{options.data} is no folder. It has to hold the sets named in docs/quality.md.", file=sys.stderr)
        return 2
    if options.mistakes:
        _print_mistakes(options.data)
        return 0
    subjects = options.only.split(",")
    systems = systems_of(options.models.split(","))
    rows = list(measure_own(systems, subjects))
    if options.data is not None:
        _name_missing_peers(with_peers=options.peers)
        rows += measure_public(options.data, systems, subjects, with_peers=options.peers)
    if options.yardsticks is not None:
        rows += _yardsticks(options.yardsticks, rows)
    places = {place: number for number, place in enumerate(dict.fromkeys((row.subject, row.data) for row in rows))}
    rows.sort(key=lambda row: (SUBJECTS.index(row.subject), places[row.subject, row.data]))
    print("\n".join(as_markdown(rows)))
    if options.json is not None:
        _write_json(options.json, rows)
    if options.page is not None:
        options.page.write_text(fill(options.page.read_text(encoding="utf-8"), rows), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.evaluation", description="How good is it?")
    parser.add_argument("--data", type=Path, help="folder with the public sets, none of which is part of the project")
    default = ",".join(dict.fromkeys(("none", Settings().model)))
    parser.add_argument("--models", default=default, help=f"recognizers to measure, with commas (default: {default})")
    parser.add_argument("--only", default=",".join(SUBJECTS), help="subjects to measure, with commas (default: all)")
    parser.add_argument("--no-peers", dest="peers", action="store_false", help="do not measure other libraries")
    parser.add_argument(
        "--yardsticks",
        type=Path,
        metavar="FILE",
        help="take the figures of other systems from what --json wrote in a former run; they do not change with ours",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    parser.add_argument(
        "--page", type=Path, metavar="FILE", help="also put the tables into this page, between its marks"
    )
    parser.add_argument(
        "--mistakes", action="store_true", help="print what is wrong in the seeds and the tuning sets instead"
    )
    return parser


def _yardsticks(path: Path, measured: Sequence[Row]) -> list[Row]:
    """The rows of a former run for systems that have nothing of ours in them, for the tables that were measured now."""
    tables = {(row.subject, row.data) for row in measured}
    known = {(row.subject, row.data, row.system) for row in measured}
    former = [Row(**fields) for fields in json.loads(path.read_text(encoding="utf-8"))]
    return [
        row
        for row in former
        if (row.subject, row.data) in tables
        and (row.subject, row.data, row.system) not in known
        and not row.system.endswith("rules")
    ]


def _print_mistakes(data: Path | None) -> None:
    """Return the differences in all sets of the project except the held-out ones, and in the cases with amounts."""
    for gold in read_own_sets():
        if gold.name not in NEVER_EXAMINED:
            for text, mentions in zip(gold.texts, default_system().find(gold.texts), strict=True):
                print("\n".join(describe_mistakes(text, mentions)))
    if data is not None:
        print("\n".join(describe_amounts(data)))


def _name_missing_peers(*, with_peers: bool) -> None:
    for module, package in find_missing().items() if with_peers else ():
        print(f"Not measured, not installed: {package} ({module}); it is in the extra `bench`.", file=sys.stderr)


def _write_json(path: Path, rows: Sequence[Row]) -> None:
    path.write_text(json.dumps([row.to_dict() for row in rows], indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
