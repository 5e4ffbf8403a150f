"""Read the tables of one pack as rows, with everything wrong on the way, and the fingerprint of their content."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from index.packs.description import BUILTIN_FOLDER, DESCRIPTION, Description, Table, read_description
from index.packs.files import read_text
from index.packs.records import Problem
from index.packs.rows import read_rows

__all__ = ["PackRows", "TableRows", "fingerprint_files", "read_pack_rows"]

_MAX_SHOWN = 200
_MAX_FINGERPRINTS = 64


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of a table that fit under its header, each with its line and as many cells as the header has."""

    table: Table
    header: list[str]
    rows: list[tuple[int, list[str]]]

    def cells(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield the line of each row and its cells by column."""
        return ((line, dict(zip(self.header, cells, strict=True))) for line, cells in self.rows)


@dataclass(frozen=True)
class PackRows:
    """The head of a pack and its tables that could be read, in the order of the head."""

    description: Description
    tables: tuple[TableRows, ...]

    @cached_property
    def fingerprint(self) -> str:
        """The hash that `PackContent.fingerprint` describes."""
        digest = _Digest(self.description)
        for table in self.tables:
            digest.add(table)
        return digest.hexdigest()


def read_pack_rows(folder: Path) -> tuple[PackRows | None, tuple[Problem, ...]]:
    """Return the pack in `folder`, None when its head cannot be read, and everything that is wrong with it.

    Rows that are wrong are left out, so that one mistake does not hide the next. A pack that comes with the program
    is read once, as it does not change while the program runs.
    """
    return _read_once(folder) if folder.parent == BUILTIN_FOLDER else _read(folder)


def _read(folder: Path) -> tuple[PackRows | None, tuple[Problem, ...]]:
    problems: list[Problem] = []
    description = read_description(folder, problems)
    if description is None:
        return None, tuple(problems)
    tables: list[TableRows] = []
    for table in description.tables:
        read = read_text(folder, table.file, problems)
        if read is not None:
            tables.append(_read_table(table, read[0], problems))
    return PackRows(description, tuple(tables)), tuple(problems)


_read_once = cache(_read)


# Fingerprints of contents by the hash of their bytes: hashing bytes is five times faster than parsing them.
_fingerprints: OrderedDict[bytes, str] = OrderedDict()


def fingerprint_files(folder: Path) -> tuple[Description | None, str]:
    """Return the head of the pack in `folder` and its `PackContent.fingerprint`; None and "" when the head is broken.

    Files that cannot be read are left out. Bytes that were seen before in this process are not parsed again.
    """
    description = read_description(folder, [])
    if description is None:
        return None, ""
    texts: list[tuple[Table, str]] = []
    key = hashlib.sha256(description.content)
    for table in description.tables:
        read = read_text(folder, table.file, [])
        if read is not None:
            texts.append((table, read[0]))
            key.update(read[1])
    fingerprint = _fingerprints.pop(key.digest(), "")
    if not fingerprint:
        digest = _Digest(description)
        for table, text in texts:
            digest.add(_read_table(table, text, []))
        fingerprint = digest.hexdigest()
    _fingerprints[key.digest()] = fingerprint
    if len(_fingerprints) > _MAX_FINGERPRINTS:
        _fingerprints.popitem(last=False)
    return description, fingerprint


def _read_table(table: Table, text: str, problems: list[Problem]) -> TableRows:
    """Return the rows of a table; rows too wide are left out, all of them when the header is not the one described."""
    rows = read_rows(text, lambda line, message: problems.append(Problem(table.file, line, message)))
    if not rows:
        problems.append(Problem(table.file, 0, "there is no header line."))
        return TableRows(table, [], [])
    line, header = rows.pop(0)
    if set(header) != set(table.columns) or len(header) != len(table.columns):
        problems.append(Problem(table.file, line, _wrong_header(header, table)))
        return TableRows(table, [], [])
    width = len(header)
    fitting: list[tuple[int, list[str]]] = []
    for line, cells in rows:
        missing = width - len(cells)
        if missing < 0:
            problems.append(Problem(table.file, line, f"{len(cells)} cells under {width} headings."))
            continue
        if missing:
            cells.extend([""] * missing)
        fitting.append((line, cells))
    return TableRows(table, header, fitting)


class _Digest:
    """Hash of the parsed content of a pack, table by table in the order of its head."""

    def __init__(self, description: Description) -> None:
        self._hash = hashlib.sha256(description.name.encode())

    def add(self, content: TableRows) -> None:
        """Add a table. Cells are hashed in the alphabetical order of their columns."""
        table, header = content.table, content.header
        order = sorted(range(len(header)), key=header.__getitem__)
        columns = [header[index] for index in order]
        self._hash.update(
            "\t".join((f"\n\n{table.name}", table.kind or "", *table.described_by, "", *columns)).encode()
        )
        cells = [row for _, row in content.rows]
        if columns != header:
            cells = [[row[index] for index in order] for row in cells]
        self._hash.update("\n".join(["", *map("\t".join, cells)]).encode())

    def hexdigest(self) -> str:
        """Return the hash of all tables so far."""
        return self._hash.hexdigest()


def _wrong_header(header: list[str], table: Table) -> str:
    shown = ", ".join(header)
    shown = shown if len(shown) <= _MAX_SHOWN else f"{shown[:_MAX_SHOWN]}..."
    return f"the header is {shown}; {DESCRIPTION} describes {', '.join(table.columns)}. Cells are separated by tabs."
