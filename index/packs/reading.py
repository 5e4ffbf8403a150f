"""Read one pack from its folder: entities and plain rows with the line of each, and everything wrong on the way."""

import hashlib
import re
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii

from index.packs.description import DESCRIPTION, Description, Table, read_description
from index.packs.files import read_text
from index.packs.records import PackEntry, Problem, split_cell
from index.packs.rows import read_rows

__all__ = ["PackContent", "PlacedEntry", "PlacedRow", "fingerprint_files", "read_pack"]

_NO_SLUG = re.compile(r"[^a-z0-9]+")
_MAX_SHOWN = 200
_MAX_FINGERPRINTS = 64


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entity with its file and line."""

    file: Path
    line: int
    entry: PackEntry


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of a plain table with its file and line."""

    file: Path
    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PackContent:
    """A pack as read. `entries` and the rows of each table are in the order of the file.

    `fingerprint` is a hash of everything here that extraction and identity can see: the name of the pack, its tables
    with their kinds, and their rows. Comments, blank lines, line ends, the order of columns, the layout of cells with
    several values and the texts of `pack.toml` (licence, sources, meaning of columns) do not change it. The order of
    rows and values does: of two entries with the same form, the first one wins.
    """

    description: Description
    entries: tuple[PlacedEntry, ...]
    tables: Mapping[str, tuple[PlacedRow, ...]]
    fingerprint: str


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
            digest.add(table, _read_rows(table, text, []))
        fingerprint = digest.hexdigest()
    _fingerprints[key.digest()] = fingerprint
    if len(_fingerprints) > _MAX_FINGERPRINTS:
        _fingerprints.popitem(last=False)
    return description, fingerprint


def read_pack(folder: Path, problems: list[Problem]) -> PackContent | None:
    """Return the pack in `folder`, or None when its head cannot be read. Everything wrong is appended to `problems`.

    Rows that are wrong are left out, so that one mistake does not hide the next.
    """
    description = read_description(folder, problems)
    if description is None:
        return None
    digest = _Digest(description)
    entries: list[PlacedEntry] = []
    tables: dict[str, tuple[PlacedRow, ...]] = {}
    seen: dict[str, PlacedEntry] = {}
    for table in description.tables:
        read = read_text(folder, table.file, problems)
        if read is None:
            continue
        content = _read_rows(table, read[0], problems)
        digest.add(table, content)
        rows = ((line, dict(zip(content.header, cells, strict=True))) for line, cells in content.rows)
        if table.kind is None:
            tables[table.name] = tuple(PlacedRow(table.file, line, cells) for line, cells in rows)
            continue
        for line, cells in rows:
            entry = _make_entry(description.name, table, cells)
            if entry is None:
                problems.append(Problem(table.file, line, "the entry has no name."))
                continue
            placed = PlacedEntry(table.file, line, entry)
            first = seen.setdefault(entry.reference, placed)
            if first is placed:
                entries.append(placed)
            else:
                message = f"{entry.reference} was given before, in {first.file.name}:{first.line}. Add an `id` cell."
                problems.append(Problem(table.file, line, message))
    return PackContent(description, tuple(entries), tables, digest.hexdigest())


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a table that fit under its header, each with its line and as many cells as the header has."""

    header: list[str]
    rows: list[tuple[int, list[str]]]


def _read_rows(table: Table, text: str, problems: list[Problem]) -> _Rows:
    """Return the rows of a table; rows too wide are left out, all of them when the header is not the one described."""
    rows = read_rows(text, lambda line, message: problems.append(Problem(table.file, line, message)))
    if not rows:
        problems.append(Problem(table.file, 0, "there is no header line."))
        return _Rows([], [])
    line, header = rows.pop(0)
    if set(header) != set(table.columns) or len(header) != len(table.columns):
        problems.append(Problem(table.file, line, _wrong_header(header, table)))
        return _Rows([], [])
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
    return _Rows(header, fitting)


class _Digest:
    """Hash of the parsed content of a pack, table by table in the order of its head."""

    def __init__(self, description: Description) -> None:
        self._hash = hashlib.sha256(description.name.encode())

    def add(self, table: Table, content: _Rows) -> None:
        """Add a table. Cells are hashed in the alphabetical order of their columns."""
        header = content.header
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


def _make_entry(pack: str, table: Table, row: dict[str, str]) -> PackEntry | None:
    """Return the entity of a row, or None when it has no name. Takes the cells it reads out of `row`."""
    name = row.pop("name").strip()
    identifier = row.pop("id", "").strip() or _slug(name)
    if not name or not identifier or table.kind is None:
        return None
    aliases = row.pop("aliases", "")
    described = [cell.replace("|", ", ") for column in table.described_by if (cell := row.get(column, ""))]
    return PackEntry(
        identifier if ":" in identifier else f"{pack}:{identifier}",
        table.kind,
        name,
        tuple(alias for alias in dict.fromkeys(split_cell(aliases)) if alias != name) if aliases else (),
        ", ".join(described),
        {column: cell for column, cell in row.items() if cell},
    )


def _slug(name: str) -> str:
    folded = name if name.isascii() else anyascii(name)
    return _NO_SLUG.sub("-", folded.lower()).strip("-")
