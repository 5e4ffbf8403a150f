"""Rows of a pack table: cells separated by tabs, several values of a cell by `|` or on lines of their own.

A line that begins with `|` continues the row above: each of its cells adds a value to the cell above it. These two
tables mean the same (tabs are shown as spaces):

    name     aliases         category
    Patriot  MIM-104|PAC-3   air defence

    name     aliases         category
    Patriot                  air defence
    |        MIM-104
    |        PAC-3
"""

from collections.abc import Callable

__all__ = ["read_rows"]


def read_rows(text: str, report: Callable[[int, str], None] | None = None) -> list[tuple[int, list[str]]]:
    r"""Return the rows of a table, the header first, each with the number of its first line and its cells.

    Comments (`#`) and blank lines are skipped. Values of one cell are joined by `|`, in order. Cells that are missing
    at the end of a row stay missing. `report` receives the number of each malformed continuation line and a message;
    such a line is skipped.

    >>> read_rows("name\taliases\tmaker\n# A comment\nPatriot\t\tRaytheon\n|\tMIM-104\n|\tPAC-3\n")
    [(1, ['name', 'aliases', 'maker']), (3, ['Patriot', 'MIM-104|PAC-3', 'Raytheon'])]
    """
    rows: list[tuple[int, list[str]]] = []
    added: dict[int, list[str]] = {}  # values that continuation lines add to the last row, by column
    indent, column_values = "", [""]  # the last continuation line before its value, and the values it added to
    for number, line in enumerate(text.split("\n"), start=1):
        if line[:1] == "|":
            beginning, _, value = line.rpartition("\t")
            # Most lines add one value to the same cell as the line above. A fast path, for there are tens of thousands.
            if beginning and beginning == indent:
                column_values.append(value)
                continue
            values = line[1:].split("\t")
            message = _error(rows, len(values))
            if message:
                if report is not None:
                    report(number, message)
                continue
            for column, value in enumerate(values):
                if value:
                    added.setdefault(column, []).append(value)
            is_single = values[-1] and not beginning.strip("|\t")
            indent, column_values = (beginning, added[len(values) - 1]) if is_single else ("", [])
        elif line.strip() and line[0] != "#":
            if added:
                _join(rows[-1][1], added)
                added, indent = {}, ""
            rows.append((number, line.split("\t")))
    if added:
        _join(rows[-1][1], added)
    return rows


def _error(rows: list[tuple[int, list[str]]], cells: int) -> str:
    """Return a message when a continuation line of so many cells does not fit under the rows above it; else ""."""
    if len(rows) <= 1:
        return "the line begins with | but there is no row above it to continue."
    headings = len(rows[0][1])
    return f"{cells} cells under {headings} headings." if cells > headings else ""


def _join(cells: list[str], added: dict[int, list[str]]) -> None:
    """Add the values of continuation lines to the cells of their row."""
    for column, values in added.items():
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = "|".join(filter(None, [cells[column], *values]))
