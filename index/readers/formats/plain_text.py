"""Read plain text: the whole file is one article."""

from collections.abc import Iterator

from index.readers.base import Draft, ReadOptions
from index.readers.content import Content
from index.readers.decoding import decode

__all__ = ["read_plain_text"]


def read_plain_text(content: Content, options: ReadOptions) -> Iterator[Draft]:
    """Yield one draft with the text as it is."""
    yield Draft(decode(content.read_all(), encoding=options.encoding))
