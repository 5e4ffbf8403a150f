"""Records of packs: entities, plain rows, and problems with a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.model import Kind

__all__ = ["PackEntry", "Packs", "PacksKey", "Problem", "split_cell"]


@dataclass(frozen=True, slots=True)
class PackEntry:
    """An entity of a pack.

    `reference` is "<pack>:<slug of the name>", stable while the name is. `aliases` are the other written forms,
    without the name itself. `description` is a few words for readers ("air defence, Russia"), `attributes` all
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
    """The content of the chosen packs, in the order in which they were named.

    `entries` are in order of file and line; an entry of a later pack that has the reference of an earlier one
    stands in its place. `fingerprint` changes with the content of any pack (see `PackContent`).
    """

    entries: tuple[PackEntry, ...] = ()
    tables: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    fingerprint: str = ""

    def rows(self, table: str) -> tuple[Mapping[str, str], ...]:
        """Return the rows of a plain table from all packs; empty when no pack has it."""
        return self.tables.get(table, ())


@dataclass(frozen=True, slots=True)
class PacksKey:
    """Packs as the key of a cache: compared by fingerprint, or by identity when they have none."""

    packs: Packs

    def __hash__(self) -> int:
        return hash(self.packs.fingerprint)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PacksKey):
            return NotImplemented
        is_same = bool(self.packs.fingerprint) and other.packs.fingerprint == self.packs.fingerprint
        return is_same or other.packs is self.packs


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A problem with a file of a pack. `line` counts from 1; 0 means the whole file.

    >>> str(Problem(Path("own/words.tsv"), 3, "2 cells under 1 heading."))
    'own/words.tsv:3: 2 cells under 1 heading.'
    """

    file: Path
    line: int
    message: str
    is_error: bool = True

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.message}"


def split_cell(cell: str) -> tuple[str, ...]:
    """Split a cell into its values.

    >>> split_cell("Türkiye|Turkiye")
    ('Türkiye', 'Turkiye')
    >>> split_cell("")
    ()
    """
    return tuple(value for value in (part.strip() for part in cell.split("|")) if value)
