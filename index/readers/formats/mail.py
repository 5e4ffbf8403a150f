"""Read e-mail: one message (`.eml`), or many in an mbox."""

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import getaddresses

from index.errors import ReadError
from index.model import Failure
from index.readers.article.publication import parse_stated_date
from index.readers.base import Draft, ReadOptions
from index.readers.content import Content
from index.readers.decoding import decode
from index.readers.formats.markup_text import markup_to_text

__all__ = ["read_mbox", "read_message"]

_SEPARATOR = b"From "


def read_message(content: Content, options: ReadOptions) -> Iterator[Draft]:
    """Yield one draft: subject, sender, date and text of a message.

    Raises `ReadError` ("no-text") when it has no text.
    """
    yield _draft(content.read_all(), row=0)


def read_mbox(content: Content, options: ReadOptions) -> Iterator[Draft | Failure]:
    """Yield a draft for each message, numbered from 1. A message that is too large or has no text is a `Failure`."""
    for number, message in enumerate(_split(content, options), start=1):
        locator = f"{content.locator}#{number}"
        if message is None:
            limit = f"a message of more than {options.max_bytes:,} bytes"
            yield Failure(locator, "too-large", limit, "Allow larger rows.")
            continue
        try:
            yield _draft(message, row=number)
        except ReadError as error:
            yield Failure(locator, error.reason, str(error), error.hint)


def _draft(data: bytes, *, row: int) -> Draft:
    message = email.message_from_bytes(data, policy=email.policy.default)
    text = _text(message)
    if not text.strip():
        raise ReadError(
            "a message without text", reason="no-text", hint="Attachments are not read: save them as files."
        )
    published = parse_stated_date(_header(message, "Date"))
    name, address = next(iter(getaddresses([_header(message, "From")])), ("", ""))
    return Draft(
        text,
        title=_header(message, "Subject") or None,
        row=row,
        row_id=_header(message, "Message-ID").strip("<> ") if row else "",
        byline=name or address or None,
        source=_header(message, "Organization") or None,
        language=_header(message, "Content-Language") or None,
        published=published,
        published_origin="mail header Date" if published is not None else None,
    )


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError, TypeError):  # raised for broken headers
        return ""


def _text(message: EmailMessage) -> str:
    """Return the plain part, else the HTML part without its tags."""
    for part in message.walk():
        if part.get_content_type() == "text/plain" and not part.is_attachment():
            text = _decoded(part)
            if text.strip():
                return text
    for part in message.walk():
        if part.get_content_type() == "text/html" and not part.is_attachment():
            return markup_to_text(_decoded(part))
    return ""


def _decoded(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    return decode(payload, declared=part.get_content_charset()) if isinstance(payload, bytes) else ""


def _split(content: Content, options: ReadOptions) -> Iterator[bytes | None]:
    """Yield the messages of an mbox, None for one that is too large; at most one is in memory."""
    lines: list[bytes] = []
    size, after_blank, is_started = 0, True, False
    while line := content.stream.readline(options.max_bytes):
        if after_blank and line.startswith(_SEPARATOR):
            if is_started:
                yield b"".join(lines) if size <= options.max_bytes else None
            lines, size, is_started = [], 0, True
        else:
            size += len(line)
            if size <= options.max_bytes:
                lines.append(line[1:] if line.startswith(b">From ") else line)
            else:
                lines.clear()
        after_blank = not line.strip()
    if is_started:
        yield b"".join(lines) if size <= options.max_bytes else None
