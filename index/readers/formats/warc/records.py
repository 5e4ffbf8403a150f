"""Split web archives (WARC, ARC) into their records, one at a time.

(Own code, not the library warcio: with that, one broken record loses all after it, and a line without end is read into
memory in quadratic time.)
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

from index.model import Failure
from index.readers.content.source_bytes import Content

__all__ = ["RecordBlock", "WebRecord", "read_records"]

_LONGEST_LINE: Final = 1 << 16
_MOST_HEADERS: Final = 1000
_SKIP_BYTES: Final = 1 << 20
_WARC = re.compile(rb"WARC/\d\.\d{1,2}\s*$")
_ARC = re.compile(rb"(\S+:\S*(?: \S+)*?) [\da-fA-F.:]+ (\d{8,17}) (\S+) (?:(?:\S+ ){5})?(\d{1,18})\s*$")
_ARC_FILE = b"filedesc:"


class RecordBlock:
    """The bytes of one record, read at most once and in order."""

    def __init__(self, stream: BinaryIO, length: int) -> None:
        self._stream = stream
        self._left = length
        self.is_cut = False

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes, fewer only at the end; `is_cut` is set when the file ends before the record."""
        data = self._stream.read(min(size, self._left))
        self.is_cut = self.is_cut or len(data) < min(size, self._left)
        self._left -= len(data)
        return data

    def skip(self) -> None:
        """Go to the end of the record."""
        while self._left and self.read(_SKIP_BYTES):
            pass


@dataclass(frozen=True, slots=True)
class WebRecord:
    """A record: its number from 1, kind ("response", "revisit", ...), address, type and time of capture as stated.

    `digest` is the one of the payload, "" for a record without. `block` must be read before the next record is asked
    for.
    """

    number: int
    kind: str
    address: str
    content_type: str
    captured: str
    digest: str
    block: RecordBlock


def read_records(content: Content) -> Iterator[WebRecord | Failure]:
    """Yield the records; a broken one is a `Failure`, and reading goes on at the next that can be recognized."""
    number = 0
    is_lost = False
    while line := content.stream.readline(_LONGEST_LINE):
        if not line.strip():
            continue
        record = _read_header(line, content.stream, number + 1)
        if record is None:
            if not is_lost:
                number += 1
                hint = "Fetch the file again, or repair it with warcio or a similar program."
                yield Failure(f"{content.locator}#{number}", "bad-record", "not a record of a web archive", hint)
            is_lost = True
            continue
        is_lost = False
        number += 1
        yield record
        record.block.skip()


def _read_header(line: bytes, stream: BinaryIO, number: int) -> WebRecord | None:
    """Read the header that begins with `line`, None when it is none."""
    if _WARC.match(line):
        return _warc_record(_read_fields(stream), stream, number)
    arc = _ARC.match(line)
    if arc is None:
        return None
    address = arc[1].decode("utf-8", errors="replace")
    kind = "warcinfo" if line.startswith(_ARC_FILE) else "response"
    block = RecordBlock(stream, int(arc[4]))
    return WebRecord(number, kind, address, arc[3].decode("latin-1"), arc[2].decode("ascii"), "", block)


def _warc_record(fields: Mapping[str, str], stream: BinaryIO, number: int) -> WebRecord | None:
    length = fields.get("content-length", "")
    if not (length.isascii() and length.isdecimal() and len(length) <= 18):
        return None
    return WebRecord(
        number,
        fields.get("warc-type", "").lower(),
        fields.get("warc-target-uri", "").strip("<>"),
        fields.get("content-type", ""),
        fields.get("warc-date", ""),
        fields.get("warc-payload-digest", ""),
        RecordBlock(stream, int(length)),
    )


def _read_fields(stream: BinaryIO) -> dict[str, str]:
    """Read named fields up to an empty line, names in lower case; of equal names the first."""
    fields: dict[str, str] = {}
    name = ""
    for _ in range(_MOST_HEADERS):
        line = stream.readline(_LONGEST_LINE)
        if not line.strip():
            break
        text = line.decode("utf-8", errors="replace")
        if text[0] in " \t" and name:  # A long value goes on in the next line.
            fields[name] += " " + text.strip()
            continue
        name, _, value = text.partition(":")
        name = name.strip().lower()
        fields.setdefault(name, value.strip())
    return fields
