"""The charset of a message as a whole, for raw 8-bit text in its header, which declares none."""

from collections.abc import Iterator
from itertools import islice

from index.readers.encodings.detection import detect
from index.readers.formats.mail.parts import Part, split_multipart

__all__ = ["message_charset"]

_SAMPLE_BYTES = 1 << 16
_MOST_PARTS = 10
_DEPTH = 4
_RAW_FIELDS = ("subject", "from", "organization")


def message_charset(message: Part, *, encoding: str | None = None) -> str | None:
    """Return the charset that the first text of a message declares, else the `encoding` of the user.

    Without both, the one that its bytes look like.

    None when all of its header is ASCII: then nothing needs it.
    """
    raw = b"\n".join(message.fields.get(name, b"") for name in _RAW_FIELDS)
    if raw.isascii() and b"\x1b" not in raw:
        return None
    declared = next(_declared(message, depth=0), None)
    if declared is not None or encoding is not None:
        return declared or encoding
    # The header alone is often too short to tell.
    body = message.data[message.start : min(message.end, message.start + _SAMPLE_BYTES)]
    return detect(raw + b"\n" + body).encoding


def _declared(part: Part, *, depth: int) -> Iterator[str]:
    if part.charset is not None and part.charset.lower() != "us-ascii" and part.kind.startswith("text/"):
        yield part.charset
    elif part.kind.startswith("multipart/") and depth < _DEPTH:
        for each in islice(split_multipart(part), _MOST_PARTS):
            yield from _declared(each, depth=depth + 1)
