"""Records for machines: JSON, JSON Lines, CSV, TSV and Markdown tables, never colored, folded or cut."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from search.output.cleaning import clean

__all__ = ["Format", "Row", "guard_formula", "rows_as_text"]

# One record: column name to value; values are what JSON knows.
Row = Mapping[str, object]

# A cell that begins like this would be run as a formula by a spreadsheet (OWASP, "CSV injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class Format(StrEnum):
    """Forms of output. TEXT is for people; all others are for programs and pages."""

    TEXT = "text"
    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    MARKDOWN = "md"


def guard_formula(cell: str) -> str:
    """The cell with an apostrophe before it when a spreadsheet would otherwise run it as a formula.

    >>> guard_formula("=1+1")
    "'=1+1"
    >>> guard_formula("S-400")
    'S-400'
    """
    return "'" + cell if cell.startswith(_FORMULA_STARTS) else cell


def rows_as_text(
    rows: Iterable[Row],
    *,
    output_format: Format,
    columns: Sequence[str],
    has_header: bool = True,
    width: int = 100,
    csv_line_end: str = "\n",
) -> Iterator[str]:
    r"""The rows in a format, in pieces of whole lines.

    JSON is one array; JSON Lines one object a line. In the other formats a list in a cell is joined by "; ", and
    control characters are replaced. TEXT is not a format for rows: it counts as TSV. TABLE fits `width` columns.
    `csv_line_end` is "\n" for pipes; files to download have "\r\n", as RFC 4180 wants.
    """
    match output_format:
        case Format.JSON:
            yield json.dumps([_select(row, columns) for row in rows], ensure_ascii=False, indent=2) + "\n"
        case Format.JSONL:
            for row in rows:
                yield json.dumps(_select(row, columns), ensure_ascii=False) + "\n"
        case Format.CSV:
            yield from _csv_lines(rows, columns, has_header=has_header, line_end=csv_line_end)
        case Format.TSV | Format.TEXT:
            if has_header:
                yield "\t".join(columns) + "\n"
            for row in rows:
                yield "\t".join(_cell(row.get(column)) for column in columns) + "\n"
        case Format.MARKDOWN:
            yield "| " + " | ".join(columns) + " |\n|" + " --- |" * len(columns) + "\n"
            for row in rows:
                yield "| " + " | ".join(_cell(row.get(column)).replace("|", "\\|") for column in columns) + " |\n"
        case Format.TABLE:
            yield _table(list(rows), columns, has_header=has_header, width=width)


def _select(row: Row, columns: Sequence[str]) -> dict[str, object]:
    return {column: row.get(column) for column in columns}


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float():
            # All its digits, and never "1e+07": most numbers are sums of money.
            return f"{Decimal(repr(value)):f}"
        case list() | tuple():
            return "; ".join(_cell(item) for item in value)
        case dict():
            return clean(json.dumps(value, ensure_ascii=False), is_one_line=True)
        case _:
            return clean(str(value), is_one_line=True)


def _csv_lines(rows: Iterable[Row], columns: Sequence[str], *, has_header: bool, line_end: str) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator=line_end)
    if has_header:
        writer.writerow(columns)
    for row in rows:
        writer.writerow([_csv_cell(row.get(column)) for column in columns])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _csv_cell(value: object) -> str:
    text = _cell(value)
    return text if isinstance(value, int | float) else guard_formula(text)


def _table(rows: Sequence[Row], columns: Sequence[str], *, has_header: bool, width: int) -> str:
    cells = [[_cell(row.get(column)) for column in columns] for row in rows]
    lines = [list(columns), *cells] if has_header else cells
    widths = [max((len(line[i]) for line in lines), default=0) for i in range(len(columns))]
    while sum(widths) + 2 * len(widths) > width and max(widths, default=0) > 12:
        widths[widths.index(max(widths))] -= 1
    return "".join(
        "  ".join(_fit(cell, size) for cell, size in zip(line, widths, strict=True)).rstrip() + "\n" for line in lines
    )


def _fit(cell: str, size: int) -> str:
    return cell.ljust(size) if len(cell) <= size else cell[: size - 1] + "…"
