"""One measured figure, and tables of many."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

__all__ = ["Row", "as_markdown"]


@dataclass(frozen=True, slots=True)
class Row:
    """A figure in per cent: what `system` reached on `kind` of the set `data`, by `measure`.

    `subject` is the question: names, dates, amounts, clusters, pairs, page_dates or page_texts. A figure that somebody
    else published, and that was not measured here, has a `system` that says so.
    """

    subject: str
    data: str
    kind: str
    system: str
    measure: str
    value: float

    def to_dict(self) -> dict[str, str | float]:
        """The fields by name, the value with two digits."""
        return asdict(self) | {"value": round(self.value, 2)}


def as_markdown(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of a table for each set of names and of pairs, and of one for each other subject.

    A column is a kind, or a set; a cell has the values of all measures, in the order of the title.
    """
    for (subject, data), group in groupby(rows, key=lambda row: (row.subject, row.data if _by_set(row) else "")):
        table = list(group)
        measures = _ordered(row.measure for row in table)
        columns = _ordered(map(_column, table))
        yield f"**{subject}{' on ' + data if data else ''}: {' / '.join(measures)}**"
        yield ""
        yield f"| | {' | '.join(columns)} |"
        yield f"|---|{'---|' * len(columns)}"
        for system in _ordered(row.system for row in table):
            of_system = {(_column(row), row.measure): row.value for row in table if row.system == system}
            cells = [_cell(of_system, column, measures) for column in columns]
            yield f"| {system} | {' | '.join(cells)} |"
        yield ""


def _by_set(row: Row) -> bool:
    return row.subject in {"names", "pairs"}


def _column(row: Row) -> str:
    return row.kind if _by_set(row) else row.data


def _cell(values: dict[tuple[str, str], float], column: str, measures: Sequence[str]) -> str:
    shown = [f"{values[column, measure]:.1f}" for measure in measures if (column, measure) in values]
    return " / ".join(shown) or "–"


def _ordered(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
