"""Read plain text: the whole file is one article."""

from collections.abc import Iterator

from index.readers.base import Draft, ReadOptions
from index.readers.content.source_bytes import Content

__all__ = ["read_plain_text"]


def read_plain_text(content: Content, options: ReadOptions) -> Iterator[Draft]:
    """Yield one draft with the text as it is."""
    yield Draft(content.decode(content.read_all(), options))
