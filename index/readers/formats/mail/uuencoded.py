"""Find files that stand uuencoded in a text, as in mail before MIME."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.readers.formats.mail.transfer import decode_uuencoded

__all__ = ["UuencodedFile", "split_uuencoded"]

# The lines of a file have no small letters, so that a search never looks at one twice.
_FILE = re.compile(r"^begin [0-7]{3,4} (\S[^\n]{0,200})\n((?:[ -`]{0,100}\n)+)end[ \t]*(?:\n|\Z)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class UuencodedFile:
    """A file with the name that its first line gives it."""

    name: str
    data: bytes


def split_uuencoded(text: str) -> Iterator[str | UuencodedFile]:
    r"""Yield the pieces of a text, and the files between them.

    >>> list(split_uuencoded("Hi\nbegin 644 a.txt\n#0V%T\n`\nend\nBye"))
    ['Hi\n', UuencodedFile(name='a.txt', data=b'Cat'), 'Bye']
    """
    position = 0
    for match in _FILE.finditer(text):
        decoded = decode_uuencoded(match[2].encode("ascii") + b"end\n")
        if decoded.problem:  # Words that look alike.
            continue
        yield text[position : match.start()]
        yield UuencodedFile(match[1].strip().replace("\\", "/").rpartition("/")[2], decoded.data)
        position = match.end()
    yield text[position:]
