"""Read CSV and TSV: one article a row, with the field names in the first row."""

import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from index.errors import ReadError
from index.model import Failure
from index.readers.base import Draft, ReadOptions
from index.readers.content.decoding import decode, normalize_text
from index.readers.content.source_bytes import Content
from index.readers.formats.lines import read_lines
from index.readers.formats.record_fields import check_mapping, draft_from_row, find_field

__all__ = ["read_csv"]

_PLACE = "csv column"
_DELIMITERS = ",\t;|"
# The first line of a file from Excel may state the delimiter: "sep=;". A tab is written as itself, or as a letter.
_STATED_DELIMITER = re.compile(r"\s*\"?sep=(?:(?:\\t|tab)|([^\n\"]))\"?[ \t,;]*(?:\n|\Z)", re.IGNORECASE)


@dataclass(slots=True)
class _End:
    """`is_met` once more lines were asked for than there are."""

    is_met: bool = False


def read_csv(content: Content, options: ReadOptions) -> Iterator[Draft | Failure]:
    """Yield a draft for each row; rows are numbered from 1, without the header.

    The delimiter is the one that the file states (`sep=;`), else the one that splits the header. In a row of more cells
    than columns, those that are too many belong to the text. Fields may be of any
    length up to `options.max_bytes`. Raises `ReadError` ("no-text") when there is no header.
    """
    check_mapping(options.mapping)
    # The limit applies to the whole process; a larger one set by another caller stays.
    csv.field_size_limit(max(csv.field_size_limit(), min(options.max_bytes, sys.maxsize >> 33)))
    sample = normalize_text(decode(content.sample, encoding=options.encoding))
    end = _End()
    lines = _lines(content, options, end)
    stated = _STATED_DELIMITER.match(sample)
    if stated is not None:
        next(lines)
    delimiter = (stated[1] or "\t") if stated is not None else _delimiter(sample)
    reader = csv.reader(lines, delimiter=delimiter)
    columns: list[str] | None = None
    number = 0
    while True:
        locator = f"{content.locator}#{number + 1}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            number += columns is not None
            yield Failure(locator, "bad-row", str(error), "Check the quotes of this row.")
            continue
        # Quotes that are still open where packed data is cut off have taken what is left of it.
        if cells is None or (content.is_cut and end.is_met):
            break
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = [cell.strip() for cell in cells]
            continue
        number += 1
        try:
            cells = _fitted(cells, columns, delimiter, options)
            row = dict(zip(columns, cells, strict=False))
            yield draft_from_row(row, options.mapping, place=_PLACE, number=number)
            if end.is_met:
                hint = "The file may be cut off: fetch it again, or check the quotes of this row."
                yield Failure(locator, "bad-row", "quotes that are still open at the end of the file", hint)
        except ReadError as error:
            yield Failure(locator, error.reason, str(error), error.hint)
    if columns is None:
        raise ReadError("no line with the names of the columns", reason="empty")


def _fitted(cells: list[str], columns: list[str], delimiter: str, options: ReadOptions) -> list[str]:
    """Return the cells of a row with those of its text in one: a delimiter without quotes divides a text, too."""
    while len(cells) > len(columns) and not cells[-1].strip():
        cells = cells[:-1]
    surplus = len(cells) - len(columns)
    if surplus <= 0:
        return cells
    name, _ = find_field(dict.fromkeys(columns, "x"), "body", options.mapping)
    if name not in columns:
        return cells
    start = columns.index(name)
    end = start + surplus + 1
    return [*cells[:start], delimiter.join(cells[start:end]), *cells[end:]]


def _lines(content: Content, options: ReadOptions, end: _End) -> Iterator[str]:
    for line in read_lines(content, options):
        if line is None:
            message = f"a line of more than {options.max_bytes:,} characters"
            raise ReadError(message, reason="too-large", hint="Split it, or allow larger rows.")
        yield normalize_text(line)
    end.is_met = True


def _delimiter(sample: str) -> str:
    first = next((line for line in sample.split("\n") if line.strip()), "")
    return max(_DELIMITERS, key=first.count)
