"""Recognize files that are not read by their content, to say what they are and what to do with them.

The table is foreign.tsv.
"""

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import BinaryIO

from index.readers.content.source_bytes import Content
from index.readers.tables import parse_table

__all__ = ["OFFICE_PARTS", "Foreign", "foreign_file", "foreign_zip"]

# A zip file with a part of this name is an Office document of today.
OFFICE_PARTS = "[Content_Types].xml"
_START_BYTES = 512
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY_BYTES = 128
_MOST_SECTORS = 1000


@dataclass(frozen=True, slots=True)
class Foreign:
    """A kind of file that is not read: its name ("RTF document") and what the user can do about it.

    `reason` is "unsupported" for a document, "binary" for what is recognized by its first bytes alone.
    """

    name: str
    advice: str
    reason: str


def foreign_file(content: Content, *, suffix: str, is_binary: bool) -> Foreign | None:
    """Return the kind of a file that is not read, None for one that may be read or is of no known kind.

    Its content counts; `suffix` (".doc") only where that does not tell.
    """
    start = content.sample[:_START_BYTES].decode("latin-1")
    found = _first("start", [start], is_whole=False)
    if found is not None or not is_binary:
        return found
    if content.sample.startswith(_COMPOUND):
        names = [name for name in _compound_names(content.seekable()) if name]
        return _first("ole", names) or _first("suffix", [suffix]) or _first("ole", [""])
    return _first("binary", [start], is_whole=False) or _first("suffix", [suffix])


def foreign_zip(archive: zipfile.ZipFile, *, mimetype: str) -> Foreign | None:
    """Return the kind of a document that is packed as a zip file and not read, None for other zip files."""
    names = archive.namelist()
    if (found := _first("mimetype", [mimetype])) is not None:
        return found
    if OFFICE_PARTS in names:
        return _first("office", names, is_whole=False)
    return _first("zip", names)


def _first(place: str, texts: Sequence[str], *, is_whole: bool = True) -> Foreign | None:
    """Return the first row for `place` that matches one of `texts`, at its start or whole."""
    for pattern, foreign in _rows(place):
        match = pattern.fullmatch if is_whole else pattern.match
        if any(map(match, texts)):
            return foreign
    return None


@cache
def _rows(place: str) -> tuple[tuple[re.Pattern[str], Foreign], ...]:
    rows = parse_table("index.readers", "foreign")
    reason = "binary" if place in ("start", "binary") else "unsupported"
    return tuple(
        (re.compile(row["pattern"]), Foreign(row["name"], row["advice"], reason)) for row in rows if row["in"] == place
    )


def _compound_names(stream: BinaryIO) -> Iterator[str]:
    """Yield the names in the directory of a compound file (OLE2), as far as it is sound."""
    stream.seek(0)
    header = stream.read(512)
    sector_bytes = 1 << min(int.from_bytes(header[30:32], "little"), 16)
    tables = [int.from_bytes(header[at : at + 4], "little") for at in range(76, 512, 4)]
    sector = int.from_bytes(header[48:52], "little")
    for _ in range(_MOST_SECTORS):
        directory = _read_at(stream, (sector + 1) * sector_bytes, sector_bytes)
        for at in range(0, len(directory), _ENTRY_BYTES):
            entry = directory[at : at + _ENTRY_BYTES]
            length = int.from_bytes(entry[64:66], "little")
            yield entry[: max(0, min(length - 2, 62))].decode("utf-16-le", errors="replace")
        # The next sector of the directory stands in a table of sectors.
        table, place = divmod(4 * sector, sector_bytes)
        if not directory or table >= len(tables):
            return
        following = _read_at(stream, (tables[table] + 1) * sector_bytes + place, 4)
        sector = int.from_bytes(following, "little") if len(following) == 4 else 0xFFFFFFFF
        if sector >= 0xFFFFFFFA:
            return


def _read_at(stream: BinaryIO, at: int, size: int) -> bytes:
    stream.seek(at)
    return stream.read(size)
