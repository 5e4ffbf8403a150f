"""Read one pack from its folder: entities and plain rows with the line of each, and everything wrong on the way."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii

from index.packs.description import DESCRIPTION, Description, Table
from index.packs.pack_rows import PackRows, read_pack_rows
from index.packs.records import PackEntry, Problem, split_cell

__all__ = ["PackContent", "PlacedEntry", "PlacedRow", "find_entry_in", "find_same_name", "read_pack"]

_NO_SLUG = re.compile(r"[^a-z0-9]+")


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


def read_pack(folder: Path, problems: list[Problem]) -> PackContent | None:
    """Return the pack in `folder`, or None when its head cannot be read. Everything wrong is appended to `problems`.

    Rows that are wrong are left out, so that one mistake does not hide the next.
    """
    pack, found = read_pack_rows(folder)
    problems += found
    if pack is None:
        return None
    entries: list[PlacedEntry] = []
    tables: dict[str, tuple[PlacedRow, ...]] = {}
    seen: dict[str, PlacedEntry] = {}
    for read in pack.tables:
        table = read.table
        if table.kind is None:
            tables[table.name] = tuple(PlacedRow(table.file, line, cells) for line, cells in read.cells())
            continue
        for line, cells in read.cells():
            entry = _make_entry(pack.description.name, table, cells)
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
    return PackContent(pack.description, tuple(entries), tables, pack.fingerprint)


def find_entry_in(pack: PackRows, reference: str) -> PackEntry | None:
    """Return the entry of a pack with a reference, as `read_pack` makes it, without making the others."""
    for read in pack.tables:
        if read.table.kind is None or not read.header:
            continue
        name_at = read.header.index("name")
        id_at = read.header.index("id") if "id" in read.header else None
        for _, cells in read.rows:
            identifier = (cells[id_at].strip() if id_at is not None else "") or _slug(cells[name_at].strip())
            if _reference(pack.description.name, identifier) == reference:
                entry = _make_entry(pack.description.name, read.table, dict(zip(read.header, cells, strict=True)))
                if entry is not None:
                    return entry
    return None


def _make_entry(pack: str, table: Table, row: dict[str, str]) -> PackEntry | None:
    """Return the entity of a row, or None when it has no name. Takes the cells it reads out of `row`."""
    name = row.pop("name").strip()
    identifier = row.pop("id", "").strip() or _slug(name)
    if not name or not identifier or table.kind is None:
        return None
    aliases = row.pop("aliases", "")
    described = [cell.replace("|", ", ") for column in table.described_by if (cell := row.get(column, ""))]
    return PackEntry(
        _reference(pack, identifier),
        table.kind,
        name,
        tuple(alias for alias in dict.fromkeys(split_cell(aliases)) if alias != name) if aliases else (),
        ", ".join(described),
        {column: cell for column, cell in row.items() if cell},
    )


def _reference(pack: str, identifier: str) -> str:
    return identifier if ":" in identifier else f"{pack}:{identifier}"


def _slug(name: str) -> str:
    folded = name if name.isascii() else anyascii(name)
    return _NO_SLUG.sub("-", folded.lower()).strip("-")


def find_same_name(content: PackContent, others: Iterable[PackContent]) -> list[Problem]:
    """Return an error for each other pack with the same name: references would be ambiguous."""
    own = content.description
    return [
        Problem(own.folder / DESCRIPTION, 0, f"its name is {own.name!r}, as is that of {other.description.folder}.")
        for other in others
        if other.description.name == own.name and other.description.folder != own.folder
    ]
