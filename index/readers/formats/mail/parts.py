"""MIME parts of a message: header, kind and place of each body in the bytes. Reads nothing that it is not asked for."""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from index.readers.formats.mail.charsets import charset_name
from index.readers.formats.mail.fields import FieldValue, parse_field
from index.readers.formats.mail.transfer import Decoded, decode_transfer, is_encoding

__all__ = ["MAX_PARTS", "Part", "parse_attached", "parse_message", "split_multipart"]

# Of one multipart; more are told and not read.
MAX_PARTS = 2_000
_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:(.*(?:\n[ \t].*)*)(?:\n|\Z)")
_BLANK_LINE = re.compile(rb"[ \t]*\r?(?:\n|\Z)")
_ENVELOPE = re.compile(rb">?From [^\n]*(?:\n|\Z)")
_FIRST_BOUNDARY = re.compile(rb"^--(\S[^\r\n]{0,200}?)[ \t]*\r?\n[!-9;-~]{1,200}:", re.MULTILINE)
_LONGEST_NAME = 200
_UNFIT_FOR_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Part:
    """A message or a part of one. `fields` has the first value of each field by its name in lower case, undecoded.

    The body is `data[start:end]`, with its transfer encoding. `number` is the place in the message: "2.1" is the
    first part of the second; "" for the message itself.
    """

    data: bytes
    fields: Mapping[str, bytes]
    start: int
    end: int
    number: str = ""
    default_type: str = "text/plain"

    @cached_property
    def content_type(self) -> FieldValue:
        """The kind of content, `text/plain` for one that is missing or nonsense."""
        value = parse_field(self.fields.get("content-type", b""))
        kind = value.first
        if kind == "multipart":
            kind = "multipart/mixed"
        if not re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind):
            kind = self.default_type
        return FieldValue(kind, value.parameters)

    @property
    def kind(self) -> str:
        """The kind of content in lower case: "text/plain"."""
        return self.content_type.first

    @property
    def charset(self) -> str | None:
        """The charset that is declared for the text."""
        return charset_name(self.content_type.parameters.get("charset", ""))

    @cached_property
    def disposition(self) -> FieldValue:
        """The wish of the sender how to show the part: "attachment", "inline", or "" for none."""
        return parse_field(self.fields.get("content-disposition", b""))

    @property
    def is_attachment(self) -> bool:
        """True for a part that is to be saved rather than shown."""
        return self.disposition.first == "attachment"

    @cached_property
    def file_name(self) -> str:
        """The name of the file that the part is, without folders; "" when it has none."""
        name = self.disposition.parameters.get("filename") or self.content_type.parameters.get("name", "")
        name = _UNFIT_FOR_NAMES.sub(" ", name).replace("\\", "/").rpartition("/")[2]
        return " ".join(name.split())[:_LONGEST_NAME]

    @cached_property
    def _encoding(self) -> str:
        value = re.split(rb"[;(]", self.fields.get("content-transfer-encoding", b"")[:100])[0]
        return value.decode("ascii", errors="replace").strip()

    @property
    def is_encoded(self) -> bool:
        """True when the bytes of the body are not its content."""
        return is_encoding(self._encoding)

    def decoded(self) -> Decoded:
        """Return the body without its transfer encoding."""
        return decode_transfer(self.data[self.start : self.end], self._encoding)


def parse_message(data: bytes) -> Part:
    """Parse the header of a whole message."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", errors="replace").encode("utf-8", errors="replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\n" not in data:
        data = data.replace(b"\r", b"\n")  # Line ends of an old Macintosh.
    return _parse_part(data, _skip_blank_lines(data, 0, len(data)), len(data))


def parse_attached(part: Part) -> tuple[Part, str]:
    """Parse the header of a message that is the body of a part; returns it, and a problem of its encoding or ""."""
    data, start, end, problem = part.data, part.start, part.end, ""
    if part.is_encoded:
        decoded = part.decoded()
        data, start, end, problem = decoded.data, 0, len(decoded.data), decoded.problem
    return _parse_part(data, _skip_blank_lines(data, start, end), end, number=part.number), problem


def _parse_part(data: bytes, start: int, end: int, *, number: str = "", default_type: str = "text/plain") -> Part:
    """Parse the header at `start`. A line that is no field ends it, as a blank line does, and belongs to the body."""
    fields: dict[str, bytes] = {}
    position = start
    while position < end:
        if field := _FIELD.match(data, position, end):
            fields.setdefault(field[1].decode("ascii").lower(), field[2].strip())
            position = field.end()
        elif blank := _BLANK_LINE.match(data, position, end):
            position = blank.end()
            break
        elif envelope := _ENVELOPE.match(data, position, end):
            position = envelope.end()
        else:
            break
    return Part(data, fields, position, end, number, default_type)


def split_multipart(part: Part) -> Iterator[Part]:
    """Yield the parts of a multipart, none when it has no boundaries; at most one more than `MAX_PARTS`.

    A boundary that does not occur is replaced by the first line that looks like one and comes again.
    """
    default_type = "message/rfc822" if part.kind == "multipart/digest" else "text/plain"
    opened: int | None = None
    count = 0
    for delimiter in _delimiters(part):
        if opened is not None:
            count += 1
            yield _child(part, opened, delimiter.start(), count, default_type)
        if count > MAX_PARTS:
            return
        # Some programs go on after the line that ends a multipart.
        opened = None if delimiter[1] else delimiter.end()
    if opened is not None:
        yield _child(part, opened, part.end, count + 1, default_type)


def _skip_blank_lines(data: bytes, start: int, end: int) -> int:
    while start < end and (blank := _BLANK_LINE.match(data, start, end)):
        start = blank.end()
    return start


def _delimiters(part: Part) -> Iterator[re.Match[bytes]]:
    boundary = part.content_type.parameters.get("boundary", "").rstrip().encode("utf-8", errors="replace")
    line = _delimiter(boundary)
    if not boundary or line.search(part.data, part.start, part.end) is None:
        guessed = _FIRST_BOUNDARY.search(part.data, part.start, part.end)
        if guessed is None or part.data.find(b"\n--" + guessed[1], guessed.end(), part.end) < 0:
            return
        line = _delimiter(guessed[1])
    yield from line.finditer(part.data, part.start, part.end)


def _delimiter(boundary: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"^--" + re.escape(boundary) + rb"(--)?[ \t]*\r?(?:\n|\Z)", re.MULTILINE)


def _child(part: Part, start: int, end: int, count: int, default_type: str) -> Part:
    # The line end before a boundary belongs to the boundary.
    if end > start and part.data[end - 1 : end] == b"\n":
        end -= 1
        if end > start and part.data[end - 1 : end] == b"\r":
            end -= 1
    number = f"{part.number}.{count}" if part.number else str(count)
    return _parse_part(part.data, start, end, number=number, default_type=default_type)
