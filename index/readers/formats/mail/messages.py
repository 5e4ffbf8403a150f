"""Read a message (`.eml`, Apple's `.emlx`, a file of a Maildir): one article with everything attached to it."""

import re
from collections.abc import Iterator
from email.utils import parsedate

from index.errors import ReadError
from index.model import DateInterval, Failure
from index.readers.article.publication import parse_stated_date
from index.readers.base import Draft, ReadOptions
from index.readers.content.source_bytes import Content
from index.readers.formats.mail.body import read_body
from index.readers.formats.mail.fields import decode_field
from index.readers.formats.mail.mailboxes import first_mailbox
from index.readers.formats.mail.message_charset import message_charset
from index.readers.formats.mail.parts import parse_message
from index.readers.formats.mail.problems import Problem, problem_failures

__all__ = ["message_items", "parse_mail_date", "read_message"]

_LONGEST_ROW_ID = 200
_LONGEST_DATE = 100
_LENGTH_LINE = re.compile(rb"\s*(\d{1,12})[ \t]*\r?\n")


def read_message(content: Content, options: ReadOptions) -> Iterator[Draft | Failure]:
    """Yield one draft: subject, sender, date and text of a message; then a failure for each part that was lost.

    Raises `ReadError` ("no-text", "encrypted") when it has no text.
    """
    yield from message_items(_without_length(content.read_all()), content, options)


def message_items(
    data: bytes, content: Content, options: ReadOptions, *, row: int = 0, received: DateInterval | None = None
) -> Iterator[Draft | Failure]:
    """Yield the draft of a message, then a failure for each part that was lost.

    `received` is the date of the line that begins it in an mbox: it counts when the message has no field Date. Raises
    `ReadError` ("no-text", "encrypted") when the message has no text.
    """
    message = parse_message(data)
    problems: list[Problem] = []
    body = read_body(message, content, options, problems)
    if not body.strip():
        raise _no_text(problems)
    charset = message_charset(message, encoding=options.encoding)
    published, origin = parse_mail_date(decode_field(message.fields.get("date", b""))), "mail header Date"
    if "date" not in message.fields:
        published, origin = received, "first line of the message in its mbox"
        if published is None:
            arrival = decode_field(message.fields.get("received", b"")).rpartition(";")[2]
            published, origin = parse_mail_date(arrival.strip()), "mail header Received"
    name, address = first_mailbox(message.fields.get("from", b""), charset)
    yield Draft(
        body,
        title=decode_field(message.fields.get("subject", b""), charset) or None,
        row=row,
        row_id=_row_id(decode_field(message.fields.get("message-id", b""))) if row else "",
        byline=name or address or None,
        source=decode_field(message.fields.get("organization", b""), charset) or None,
        language=decode_field(message.fields.get("content-language", b"")) or None,
        published=published,
        published_origin=origin if published is not None else None,
    )
    yield from problem_failures(problems, locator=content.locator, row=row)


def parse_mail_date(text: str) -> DateInterval | None:
    """Parse the date of a mail, also with comments and with the years of two digits of old mail.

    The day is used as written. None for anything that is no date.

    >>> parse_mail_date("Mon, 22 Mar 93 09:41:09 -0800 (PST)").value
    '1993-03-22'
    """
    published = parse_stated_date(text)
    if published is not None or len(text) > _LONGEST_DATE:
        return published
    parsed = parsedate(text)
    if parsed is not None and parsed[:6] == (1970, 1, 1, 0, 0, 0):
        return None  # The clock of a computer that nobody has set.
    return parse_stated_date(f"{parsed[0]:04}-{parsed[1]:02}-{parsed[2]:02}") if parsed is not None else None


def _no_text(problems: list[Problem]) -> ReadError:
    if problems:
        first = problems[0]
        return ReadError(
            f"a message without text that can be read: {first.message}", reason=first.reason, hint=first.hint
        )
    return ReadError("a message without text", reason="no-text", hint="Leave it out with .searchignore.")


def _row_id(text: str) -> str:
    text = text.strip("<> ")
    return text if len(text) <= _LONGEST_ROW_ID and text.isprintable() else ""


def _without_length(data: bytes) -> bytes:
    """Return a message without what Apple Mail puts around it: its length before it, and properties after it."""
    length = _LENGTH_LINE.match(data)
    return data[length.end() : length.end() + int(length[1])] if length is not None else data
