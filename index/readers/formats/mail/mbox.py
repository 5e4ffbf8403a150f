"""Read an mbox: many messages in one file, in the ways in which programs divide them."""

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from index.errors import ReadError
from index.model import Failure
from index.readers.base import Draft, ReadOptions
from index.readers.content.source_bytes import Content
from index.readers.formats.mail.envelopes import envelope_date, is_envelope
from index.readers.formats.mail.messages import message_items

__all__ = ["read_mbox"]

_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:|>From ")
_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,12})[ \t]*\r?\n?", re.IGNORECASE)
_QUOTED = re.compile(rb"\A>+From ")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_MARKS = b" \t\r\n\f\0" + _BYTE_ORDER_MARK


def read_mbox(content: Content, options: ReadOptions) -> Iterator[Draft | Failure]:
    """Yield a draft for each message, numbered from 1. A message that is too large or has no text is a `Failure`.

    A message begins with a line "From sender date" at the start of the file or after a blank line. "From" at the start
    of any other line is text. Its length counts where it has a field Content-Length that leads to such a line or to
    the end.
    """
    for number, message in enumerate(_messages(content.stream, options.max_bytes), start=1):
        locator = f"{content.locator}#{number}"
        if message.is_too_large:
            limit = f"a message of more than {options.max_bytes:,} bytes"
            yield Failure(locator, "too-large", limit, "Allow larger rows.")
            continue
        try:
            yield from message_items(
                b"".join(message.lines), content, options, row=number, received=envelope_date(message.envelope)
            )
        except ReadError as error:
            yield Failure(locator, error.reason, str(error), error.hint)


@dataclass(slots=True)
class _Message:
    """A message of an mbox, without the line that begins it. `lines` is empty once it is larger than `limit` bytes."""

    envelope: str
    limit: int
    size: int = 0
    lines: list[bytes] = field(default_factory=list)

    def add(self, line: bytes) -> None:
        """Add a line."""
        self.size += len(line)
        if self.size <= self.limit:
            self.lines.append(line)
        else:
            self.lines.clear()

    @property
    def is_too_large(self) -> bool:
        """True when its lines were not kept."""
        return self.size > self.limit


class _Lines:
    """The lines of a stream, some of which can be given back."""

    def __init__(self, stream: BinaryIO, *, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._returned: deque[bytes] = deque()

    def next(self) -> bytes:
        """Return the next line, or the next piece of a line that is longer than the limit; b"" at the end."""
        return self._returned.popleft() if self._returned else self._stream.readline(self._limit)

    def peek(self) -> bytes:
        """Return the line that `next` will return."""
        line = self.next()
        self._give_back([line])
        return line

    def take_exactly(self, length: int) -> list[bytes]:
        """Return the lines of the next `length` bytes if a message ends there; else none, and nothing is taken.

        No line is read more than twice: what was given back is not looked at with a length again.
        """
        if self._returned or not 0 < length <= self._limit:
            return []
        taken: list[bytes] = []
        size = 0
        while size < length and (line := self.next()):
            taken.append(line)
            size += len(line)
        following = [self.next()]
        if following[0] and not following[0].strip():
            following.append(self.next())
        is_end = size == length and (not following[-1] or is_envelope(_as_text(following[-1])))
        self._give_back(following)
        if not is_end:
            self._give_back(taken)
            return []
        return taken

    def _give_back(self, lines: list[bytes]) -> None:
        self._returned.extendleft(line for line in reversed(lines) if line)


def _messages(stream: BinaryIO, limit: int) -> Iterator[_Message]:
    """Yield the messages of an mbox; at most one, and the text after it that its length promises, is in memory."""
    lines = _Lines(stream, limit=limit)
    envelope: str | None = ""
    is_first = True
    while envelope is not None:
        message = _Message(envelope, limit)
        envelope = _fill(message, lines, at_start=is_first)
        # Text before the first message may be a message that lost its first line.
        if not is_first or message.is_too_large or any(line.strip(_MARKS) for line in message.lines):
            yield message
        is_first = False


def _fill(message: _Message, lines: _Lines, *, at_start: bool) -> str | None:
    """Read a message up to the line that begins the next, and return that line; None at the end of the file."""
    after_blank, in_header = at_start, True
    length, is_verbatim = 0, False
    while line := lines.next():
        if after_blank and _begins_message(line, lines):
            return _as_text(line)
        # Programs that write lengths may leave lines that begin with "From" as they are, and then quote none.
        message.add(line if in_header or is_verbatim else _QUOTED.sub(_without_first, line))
        after_blank = not line.strip()
        if in_header and (declared := _LENGTH.fullmatch(line)):
            length = int(declared[1])
        if in_header and after_blank:
            in_header = False
            body = lines.take_exactly(length)
            is_verbatim = any(each.startswith(b"From ") for each in body)
            for each in body:
                message.add(each if is_verbatim else _QUOTED.sub(_without_first, each))
    return None


def _begins_message(line: bytes, lines: _Lines) -> bool:
    if not line.lstrip(_BYTE_ORDER_MARK).startswith(b"From ") or not is_envelope(_as_text(line)):
        return False
    following = lines.peek()
    return not following.strip() or _FIELD.match(following) is not None


def _as_text(line: bytes) -> str:
    return line.lstrip(_BYTE_ORDER_MARK).decode("latin-1").strip()


def _without_first(quoted: re.Match[bytes]) -> bytes:
    return quoted[0][1:]
