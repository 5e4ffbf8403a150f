"""Read a web page that a browser saved as a message (`.mhtml`, `.mht`)."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from index.errors import ReadError
from index.model import Failure
from index.readers.base import Draft, ReadOptions, Source
from index.readers.content.source_bytes import Content
from index.readers.formats.mail.charsets import decode_text, is_known
from index.readers.formats.mail.fields import decode_field
from index.readers.formats.mail.message_charset import message_charset
from index.readers.formats.mail.parts import Part, parse_message, split_multipart
from index.readers.formats.mail.problems import Problem, problem_failures

__all__ = ["read_web_archive"]

_PAGES = ("text/html", "application/xhtml+xml")
_DEPTH = 4
_ALLOWED_IN_ADDRESS = "%/:?#[]@!$&'()*+,;=~"
_LONGEST_ADDRESS = 500


def read_web_archive(content: Content, options: ReadOptions) -> Iterator[Draft | Failure]:
    """Yield one draft: the page with its own title and date. Its address is where the browser had it from.

    The date of the message is that of the saving and does not count. Where the page shows no text itself, as one made
    of frames does not, the first of the other pages with text stands for it. Raises `ReadError` ("no-text").
    """
    message = parse_message(content.read_all())
    title = decode_field(message.fields.get("subject", b""), message_charset(message)) or None
    problems: list[Problem] = []
    for part in _pages(message):
        decoded = part.decoded()
        if decoded.problem:
            problems.append(Problem(part.number, part.file_name, "damaged", decoded.problem))
        data, encoding = decoded.data, options.encoding
        if part.charset is not None and is_known(part.charset):
            data, encoding = decode_text(data, part.charset).encode("utf-8", errors="replace"), "utf-8"
        address = _address(part) or _address(message)
        if address is not None:
            # As browsers note it in a page that they save as HTML.
            data = b"<!-- saved from url=(%04d)%s -->\n" % (len(address), address.encode("ascii")) + data
        inner = replace(options, encoding=encoding)
        for item in content.read_inner(Source("page.html", data=data, size=len(data)), inner):
            if isinstance(item, Draft) and item.body.strip():
                yield replace(item, url=address or item.url, title=item.title or title)
                yield from problem_failures(problems, locator=content.locator)
                return
    raise ReadError("a saved page without text", reason="no-text", hint="Save it again as HTML, or leave it out.")


def _pages(message: Part) -> Iterator[Part]:
    """Yield the pages in a message, the one that was saved first."""
    start = message.content_type.parameters.get("start", "").strip("<> ")
    pages = list(_all_pages(message, depth=0))
    yield from sorted(pages, key=lambda part: decode_field(part.fields.get("content-id", b"")).strip("<> ") != start)


def _all_pages(part: Part, *, depth: int) -> Iterator[Part]:
    if part.kind in _PAGES:
        yield part
    elif part.kind.startswith("multipart/") and depth < _DEPTH:
        for each in split_multipart(part):
            yield from _all_pages(each, depth=depth + 1)


def _address(part: Part) -> str | None:
    for name in ("snapshot-content-location", "content-location"):
        value = "".join(decode_field(part.fields.get(name, b"")).split())
        if value.startswith(("http://", "https://")):
            return quote(value, safe=_ALLOWED_IN_ADDRESS)[:_LONGEST_ADDRESS]
    return None
