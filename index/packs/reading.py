"""One pack from its folder: entities and plain rows with the line of each, and everything wrong on the way."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from anyascii import anyascii

from index.packs.description import DESCRIPTION, Description, Table, read_description
from index.packs.files import read_text
from index.packs.records import PackEntry, Problem, split_cell

__all__ = ["PackContent", "PlacedEntry", "PlacedRow", "fingerprint_files", "read_pack"]

_NO_SLUG = re.compile(r"[^a-z0-9]+")
_MAX_SHOWN = 200


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entity and where it is written."""

    file: Path
    line: int
    entry: PackEntry


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of a plain table and where it is written."""

    file: Path
    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PackContent:
    """A pack as read. `entries` and the rows of each table in the order of the file; `fingerprint` of all its files."""

    description: Description
    entries: tuple[PlacedEntry, ...]
    tables: Mapping[str, tuple[PlacedRow, ...]]
    fingerprint: str


def fingerprint_files(folder: Path) -> tuple[Description | None, str]:
    """The head of the pack in `folder` and the fingerprint that `read_pack` gives it; None when its head is broken."""
    description = read_description(folder, [])
    if description is None:
        return None, ""
    digest = hashlib.sha256(description.content)
    for table in description.tables:
        read = read_text(folder, table.file, [])
        digest.update(read[1] if read is not None else b"")
    return description, digest.hexdigest()


def read_pack(folder: Path, problems: list[Problem]) -> PackContent | None:
    """The pack in `folder`; None when its head cannot be read. What is wrong is appended to `problems`.

    Rows that are wrong are left out, so that one mistake does not hide the next.
    """
    description = read_description(folder, problems)
    if description is None:
        return None
    digest = hashlib.sha256(description.content)
    entries: list[PlacedEntry] = []
    tables: dict[str, tuple[PlacedRow, ...]] = {}
    seen: dict[str, PlacedEntry] = {}
    for table in description.tables:
        read = read_text(folder, table.file, problems)
        if read is None:
            continue
        text, content = read
        digest.update(content)
        rows = _read_rows(table, text, problems)
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


def _read_rows(table: Table, text: str, problems: list[Problem]) -> list[tuple[int, dict[str, str]]]:
    rows: list[tuple[int, dict[str, str]]] = []
    header: list[str] = []
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip() or content.startswith("#"):
            continue
        cells = content.split("\t")
        if not header:
            header = cells
            if set(header) != set(table.columns) or len(header) != len(table.columns):
                problems.append(Problem(table.file, line, _wrong_header(header, table)))
                return []
            continue
        if len(cells) > len(header):
            problems.append(Problem(table.file, line, f"{len(cells)} cells under {len(header)} headings."))
            continue
        cells.extend([""] * (len(header) - len(cells)))
        rows.append((line, dict(zip(header, cells, strict=True))))
    if not header:
        problems.append(Problem(table.file, 0, "there is no header line."))
    return rows


def _wrong_header(header: list[str], table: Table) -> str:
    shown = ", ".join(header)
    shown = shown if len(shown) <= _MAX_SHOWN else f"{shown[:_MAX_SHOWN]}..."
    return f"the header is {shown}; {DESCRIPTION} describes {', '.join(table.columns)}. Cells are parted by tabs."


def _make_entry(pack: str, table: Table, row: dict[str, str]) -> PackEntry | None:
    name = row.pop("name").strip()
    identifier = row.pop("id", "").strip() or _NO_SLUG.sub("-", anyascii(name).lower()).strip("-")
    if not name or not identifier or table.kind is None:
        return None
    aliases = tuple(alias for alias in dict.fromkeys(split_cell(row.pop("aliases", ""))) if alias != name)
    described = (row.get(column, "").replace("|", ", ") for column in table.described_by)
    return PackEntry(
        reference=identifier if ":" in identifier else f"{pack}:{identifier}",
        kind=table.kind,
        name=name,
        aliases=aliases,
        description=", ".join(part for part in described if part),
        attributes={column: cell for column, cell in row.items() if cell},
    )
