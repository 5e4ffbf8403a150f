"""Packs: folders of data files that hold what the extraction knows about the world.

A pack is a folder with a `pack.toml` (name, version, licence, sources, and for each table the meaning of its columns)
and one TSV file for each table: UTF-8, a header line, `|` between several values of a cell, lines that begin with `#`
ignored. A table with a `kind` lists entities of that kind; any other lists plain rows for whoever asks for it by name.
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anyascii import anyascii

from index.errors import PackError
from index.model import ENTITY_KINDS, Kind

__all__ = ["PackEntry", "Packs", "load_packs", "split_cell"]

_FOLDER = Path(__file__).parent
_DESCRIPTION = "pack.toml"
_NO_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class PackEntry:
    """One entity that a pack knows.

    `reference` is "<pack>:<slug of the name>", stable while the name is. `aliases` are the other written forms,
    without the name itself. `description` is a few words for people ("air defence, Russia"), `attributes` all
    other cells of the row by column.
    """

    reference: str
    kind: Kind
    name: str
    aliases: tuple[str, ...] = ()
    description: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Packs:
    """Everything that the chosen packs hold, in the order in which they were named.

    `entries` are in order of file and line; an entry of a later pack that has the reference of an earlier one
    stands in its place. `fingerprint` changes when any file of any pack does.
    """

    entries: tuple[PackEntry, ...] = ()
    tables: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    fingerprint: str = ""

    def rows(self, table: str) -> tuple[Mapping[str, str], ...]:
        """The rows of a plain table, of all packs that have it; empty when none has."""
        return self.tables.get(table, ())


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    file: Path
    columns: tuple[str, ...]
    kind: Kind | None
    described_by: tuple[str, ...]


def split_cell(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several.

    >>> split_cell("Türkiye|Turkiye")
    ('Türkiye', 'Turkiye')
    >>> split_cell("")
    ()
    """
    return tuple(value for value in (part.strip() for part in cell.split("|")) if value)


def load_packs(names: Sequence[str]) -> Packs:
    """The packs with these names; a name is that of a built-in pack or the path of a folder.

    Raises `PackError` with the file, and the line where there is one, for a pack that is missing or malformed.
    """
    entries: dict[str, PackEntry] = {}
    tables: dict[str, list[Mapping[str, str]]] = {}
    digest = hashlib.sha256()
    for name in names:
        folder = _find_folder(name)
        pack, described = _read_description(folder)
        digest.update((folder / _DESCRIPTION).read_bytes())
        own: dict[str, int] = {}
        for table in described:
            for line, row in _read_rows(table, digest):
                if table.kind is None:
                    tables.setdefault(table.name, []).append(row)
                    continue
                entry = _make_entry(pack, table, row, line)
                if entry.reference in own:
                    raise PackError(f"{table.file}:{line}: {entry.reference} was given before. Add an `id` cell.")
                own[entry.reference] = line
                entries[entry.reference] = entry
    frozen = {name: tuple(rows) for name, rows in tables.items()}
    return Packs(tuple(entries.values()), frozen, digest.hexdigest())


def _find_folder(name: str) -> Path:
    for folder in (_FOLDER / name, Path(name)):
        if (folder / _DESCRIPTION).is_file():
            return folder
    known = ", ".join(sorted(path.parent.name for path in _FOLDER.glob(f"*/{_DESCRIPTION}")))
    raise PackError(f"No pack {name!r}: neither a built-in one ({known}) nor a folder with a {_DESCRIPTION}.")


def _read_description(folder: Path) -> tuple[str, tuple[_Table, ...]]:
    file = folder / _DESCRIPTION
    try:
        described = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PackError(f"{file}: {error}.") from error
    for required in ("name", "version", "licence", "sources", "tables"):
        if not described.get(required):
            raise PackError(f"{file}: `{required}` is missing.")
    tables = []
    for name, table in described["tables"].items():
        columns = tuple(table.get("columns", ()))
        kind = table.get("kind")
        if kind is not None and kind not in ENTITY_KINDS:
            raise PackError(f"{file}: table {name}: kind {kind!r} is none of {', '.join(ENTITY_KINDS)}.")
        if not columns or (kind is not None and "name" not in columns):
            raise PackError(f"{file}: table {name}: its columns are not described, or `name` is not among them.")
        path = folder / table.get("file", f"{name}.tsv")
        described_by = tuple(table.get("description", ()))
        tables.append(_Table(name, path, columns, None if kind is None else Kind(kind), described_by))
    return str(described["name"]), tuple(tables)


def _read_rows(table: _Table, digest: "hashlib._Hash") -> list[tuple[int, dict[str, str]]]:
    try:
        content = table.file.read_bytes()
        text = content.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{table.file}: {error}.") from error
    digest.update(content)
    rows: list[tuple[int, dict[str, str]]] = []
    header: list[str] = []
    for line, content_of_line in enumerate(text.split("\n"), start=1):
        if not content_of_line.strip() or content_of_line.startswith("#"):
            continue
        cells = content_of_line.rstrip("\r").split("\t")
        if not header:
            header = cells
            if set(header) != set(table.columns) or len(header) != len(table.columns):
                raise PackError(
                    f"{table.file}:{line}: the header is {', '.join(header)}; "
                    f"{_DESCRIPTION} describes {', '.join(table.columns)}."
                )
            continue
        if len(cells) > len(header):
            raise PackError(f"{table.file}:{line}: {len(cells)} cells under {len(header)} headings.")
        cells.extend([""] * (len(header) - len(cells)))
        rows.append((line, dict(zip(header, cells, strict=True))))
    if not header:
        raise PackError(f"{table.file}: there is no header line.")
    return rows


def _make_entry(pack: str, table: _Table, row: dict[str, str], line: int) -> PackEntry:
    name = row.pop("name").strip()
    identifier = row.pop("id", "").strip() or _NO_SLUG.sub("-", anyascii(name).lower()).strip("-")
    if not name or not identifier or table.kind is None:
        raise PackError(f"{table.file}:{line}: the entry has no name.")
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
