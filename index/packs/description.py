"""The head of a pack, `pack.toml`: its name, version, licence and sources, and the meaning of tables and columns."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.errors import PackError
from index.model import ENTITY_KINDS, Kind
from index.packs.files import read_text
from index.packs.records import Problem

__all__ = [
    "BUILTIN_FOLDER",
    "DESCRIPTION",
    "Description",
    "Table",
    "builtin_packs",
    "find_pack",
    "known_tables",
    "read_description",
]

DESCRIPTION = "pack.toml"
BUILTIN_FOLDER = Path(__file__).parent
_MAX_BYTES = 1024 * 1024
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}")
_ERROR_LINE = re.compile(r"\s*\(at (?:line (\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Table:
    """A table as its pack describes it.

    `kind` is None for a plain table. `described_by` names the columns that make up the description of an entity.
    """

    name: str
    file: Path
    columns: tuple[str, ...]
    kind: Kind | None
    described_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """The head of a pack, with the bytes it was read from."""

    folder: Path
    name: str
    version: str
    licence: str
    sources: tuple[str, ...]
    tables: tuple[Table, ...]
    content: bytes

    @property
    def is_builtin(self) -> bool:
        """True for a pack that comes with the program."""
        return self.folder.parent == BUILTIN_FOLDER


def builtin_packs() -> tuple[str, ...]:
    """Return the names of the packs that come with the program, sorted.

    >>> {"core", "defence"} <= set(builtin_packs())
    True
    """
    folders = (file.parent.name for file in BUILTIN_FOLDER.glob(f"*/{DESCRIPTION}"))
    return tuple(sorted(name for name in folders if _NAME.fullmatch(name)))


def find_pack(name: str) -> Path:
    """Return the folder of the built-in pack with this name, else the folder at this path.

    Raises `PackError` when there is neither.
    """
    if _NAME.fullmatch(name) and (BUILTIN_FOLDER / name / DESCRIPTION).is_file():
        return BUILTIN_FOLDER / name
    folder = Path(name).expanduser()
    if name and (folder / DESCRIPTION).exists():
        return folder
    known = ", ".join(builtin_packs())
    raise PackError(f"No pack {name!r}: neither a built-in one ({known}) nor a folder with a {DESCRIPTION}.")


def read_description(folder: Path, problems: list[Problem]) -> Description | None:
    """Return the head of the pack in `folder`, or None when it cannot be parsed.

    Every mistake is appended to `problems`. A table with a mistake in its description is left out.
    """
    file = folder / DESCRIPTION
    read = read_text(folder, file, problems, limit=_MAX_BYTES)
    if read is None:
        return None
    text, content = read
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        where = _ERROR_LINE.search(str(error))
        line = int(where[1]) if where and where[1] else text.count("\n") + 1
        problems.append(Problem(file, line, f"invalid TOML: {_ERROR_LINE.sub('', str(error))}."))
        return None
    except RecursionError:
        problems.append(Problem(file, 1, "the TOML is nested too deeply."))
        return None
    return _Reader(folder, text, content, problems).read(values)


class _Reader:
    """Turn the values of a `pack.toml` into a `Description` and collect the mistakes in them."""

    def __init__(self, folder: Path, text: str, content: bytes, problems: list[Problem]) -> None:
        self._folder = folder
        self._file = folder / DESCRIPTION
        self._lines = text.split("\n")
        self._content = content
        self._problems = problems

    def read(self, values: dict[str, object]) -> Description:
        for required in ("name", "version", "licence", "sources", "tables"):
            if not values.get(required):
                self._note(1, f"`{required}` is missing.")
        name = values.get("name", "")
        if name and not (isinstance(name, str) and _NAME.fullmatch(name)):
            self._note(self._line_of(r"name\b"), "`name` must be a-z, 0-9, - and _, a letter first.")
        sources = values.get("sources", [])
        if not (isinstance(sources, list) and all(isinstance(source, str) for source in sources)):
            self._note(self._line_of(r"sources\b"), "`sources` must be a list of texts.")
            sources = []
        described = values.get("tables", {})
        if not isinstance(described, dict):
            self._note(self._line_of(r"tables\b"), "`tables` needs a section for each table.")
            described = {}
        tables = (self._read_table(str(table), value) for table, value in described.items())
        return Description(
            self._folder,
            str(name),
            str(values.get("version", "")),
            str(values.get("licence", "")),
            tuple(map(str, sources)),
            tuple(table for table in tables if table is not None),
            self._content,
        )

    def _read_table(self, name: str, value: object) -> Table | None:
        line = self._line_of(rf"\[\s*tables\.{re.escape(name)}\b")
        before = len(self._problems)
        table = value if isinstance(value, dict) else {}
        columns = table.get("columns", {})
        kind = table.get("kind")
        described_by = table.get("description", [])
        file = table.get("file", f"{name}.tsv")
        if not _NAME.fullmatch(name):
            self._note(line, f"table {name!r}: its name must be a-z, 0-9, - and _, a letter first.")
            return None
        if kind is not None and kind not in ENTITY_KINDS:
            self._note(line, f"table {name}: kind {kind!r} is not one of {', '.join(ENTITY_KINDS)}.")
        if not (isinstance(columns, dict) and columns and all(isinstance(text, str) for text in columns.values())):
            self._note(line, f"table {name}: its columns are not described, each with a text.")
        elif kind is not None and "name" not in columns:
            self._note(line, f"table {name}: `name` is not among its columns.")
        elif not (isinstance(described_by, list) and all(column in columns for column in described_by)):
            self._note(line, f"table {name}: `description` must be a list of its columns.")
        if not isinstance(file, str) or not file or Path(file).is_absolute() or ".." in Path(file).parts:
            self._note(line, f"table {name}: `file` {file!r} lies outside the folder of the pack.")
        if len(self._problems) > before:
            return None
        return Table(
            name,
            self._folder / str(file),
            tuple(columns),
            None if kind is None else Kind(kind),
            tuple(described_by),
        )

    def _note(self, line: int, message: str) -> None:
        self._problems.append(Problem(self._file, line, message))

    def _line_of(self, pattern: str) -> int:
        begins = re.compile(rf"\s*{pattern}")
        return next((number for number, line in enumerate(self._lines, start=1) if begins.match(line)), 1)


@lru_cache(maxsize=1)
def known_tables() -> Mapping[str, tuple[str, ...]]:
    """Return the columns of each plain table that the program reads, as the built-in packs describe them.

    >>> known_tables()["particles"]
    ('particle', 'use')
    """
    described = (read_description(find_pack(name), []) for name in builtin_packs())
    return {
        table.name: table.columns
        for description in described
        if description is not None
        for table in description.tables
        if table.kind is None
    }
