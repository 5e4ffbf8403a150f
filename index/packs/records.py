"""What packs hold, once read: entities, plain rows, and what is wrong with a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.model import Kind

__all__ = ["PackEntry", "Packs", "PacksKey", "Problem", "split_cell"]


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
class PacksKey:
    """Packs compared by fingerprint, so that they can be the key of a cache; by identity where they have none."""

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
    """Something wrong with a file of a pack. `line` counts from 1; 0 means the whole file.

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
    """The values of a cell that holds several.

    >>> split_cell("Türkiye|Turkiye")
    ('Türkiye', 'Turkiye')
    >>> split_cell("")
    ()
    """
    return tuple(value for value in (part.strip() for part in cell.split("|")) if value)
