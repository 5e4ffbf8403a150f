"""Measures expressions of time on TimeML sets: strict, relaxed and value F1 as TempEval-3 counts them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from index.normalize.dates import find_timexes
from tests.evaluation.peers.published import HEIDELTIME
from tests.evaluation.scores.timexes import Marked, score_timexes
from tests.evaluation.sets.public_sets import read_lines
from tests.evaluation.tables.rows import Row

__all__ = ["DATE_SETS", "DateFinder", "dossier_dates", "measure_dates"]

DATE_SETS = {
    "timebank": "temporal/timebank.jsonl.gz",
    "aquaint": "temporal/aquaint.jsonl.gz",
    "wikiwars_even": "temporal/wikiwars_even.jsonl.gz",
}
"""The file of each set in the folder."""
DateFinder = Callable[[str, date], Sequence[Marked]]
"""From a text and its day of publication to its expressions of time, in order, with their values in TIMEX3."""


def dossier_dates(text: str, published: date) -> list[Marked]:
    """Our own grammar."""
    timexes = find_timexes(text, anchor=published)
    return [Marked(timex.span.start, timex.span.end, timex.value) for timex in timexes]


def measure_dates(name: str, data: Path, finders: Mapping[str, DateFinder]) -> Iterator[Row]:
    """The figures of each finder on one set, and those that HeidelTime's authors published for it."""
    rows = list(read_lines(data / DATE_SETS[name]))
    for system, find in finders.items():
        pairs = []
        for row in rows:
            gold = [Marked(timex["start"], timex["end"], timex["value"]) for timex in row["timex"]]
            found = find(row["text"], date.fromisoformat(row["dct"][:10]))
            pairs.append((sorted(gold, key=lambda marked: (marked.start, marked.end)), found))
        scores = score_timexes(pairs)
        yield from _rows(name, system, (scores.strict, scores.relaxed, scores.value))
    if name in HEIDELTIME:
        yield from _rows(name, "HeidelTime, published", HEIDELTIME[name])


def _rows(name: str, system: str, values: tuple[float, float, float]) -> Iterator[Row]:
    for measure, value in zip(("strict", "relaxed", "value"), values, strict=True):
        yield Row("dates", name, "dates", system, measure, value)
