"""Packs: folders of data files that hold what the extraction knows about the world.

A pack is a folder with a `pack.toml` (name, version, licence, sources, and for each table the meaning of its columns)
and one TSV file for each table (`index.packs.rows` describes the format). A table with a `kind` lists entities of that
kind; any other lists plain rows, read by the name of the table.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from index.errors import PackError
from index.packs.description import BUILTIN_FOLDER, find_pack, known_tables
from index.packs.pack_rows import read_pack_rows
from index.packs.reading import PackContent, PlacedRow, find_entry_in, find_same_name, read_pack
from index.packs.records import PackEntry, Packs, PacksKey, Problem, split_cell

__all__ = ["PackEntry", "Packs", "PacksKey", "find_entry", "load_packs", "split_cell"]


def load_packs(names: Sequence[str]) -> Packs:
    """Load packs by the name of a built-in pack or the path of a folder.

    A pack that is named twice counts once. Raises `PackError` with the file, and the line where there is one, for a
    pack that is missing or malformed.
    """
    contents: list[PackContent] = []
    for name in names:
        folder = find_pack(name)
        if any(folder.samefile(content.description.folder) for content in contents):
            continue
        content, problems = _read_builtin(folder) if folder.parent == BUILTIN_FOLDER else _read(folder)
        if content is None or problems:
            raise _error(problems, name)
        problems = _errors(content, contents)
        if problems:
            raise _error(problems, name)
        contents.append(content)
    return _join(contents)


def find_entry(names: Sequence[str], reference: str) -> PackEntry | None:
    """Return the entry that `load_packs` gives for a reference, without loading all; None when no pack has it.

    Malformed rows are passed over. Raises `PackError` for a pack that is missing.
    """
    for folder in reversed([find_pack(name) for name in names]):
        pack, _ = read_pack_rows(folder)
        entry = None if pack is None else find_entry_in(pack, reference)
        if entry is not None:
            return entry
    return None


def _errors(content: PackContent, others: Sequence[PackContent]) -> list[Problem]:
    if content.description.is_builtin:
        # Tests check the content of built-in packs.
        return find_same_name(content, others)
    # Checking needs the grammar of money, 5 % of the imports of a decision.
    from index.packs.checking import find_errors

    return find_errors(content, others)


def _read(folder: Path) -> tuple[PackContent | None, list[Problem]]:
    problems: list[Problem] = []
    return read_pack(folder, problems), problems


# Built-in packs do not change while the program runs.
_read_builtin = cache(_read)


def _join(contents: Iterable[PackContent]) -> Packs:
    entries: dict[str, PackEntry] = {}
    tables: dict[str, list[Mapping[str, str]]] = {}
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content.fingerprint.encode())
        entries.update((placed.entry.reference, placed.entry) for placed in content.entries)
        for name, rows in content.tables.items():
            tables.setdefault(name, []).extend(_complete(name, content, rows))
    return Packs(tuple(entries.values()), {name: tuple(rows) for name, rows in tables.items()}, digest.hexdigest())


def _complete(table: str, content: PackContent, rows: Iterable[PlacedRow]) -> Iterator[Mapping[str, str]]:
    """Yield the cells of the rows. Columns that the program reads and a user's pack leaves out are empty."""
    if content.description.is_builtin:
        return (row.cells for row in rows)
    empty = dict.fromkeys(known_tables().get(table, ()), "")
    return (empty | dict(row.cells) for row in rows)


def _error(problems: Sequence[Problem], name: str) -> PackError:
    more = f" And {len(problems) - 1} more: search-cli packs check {name}" if len(problems) > 1 else ""
    return PackError(f"{problems[0]}{more}")
