"""Members of an archive: their names, and how each is opened."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from index.model import Failure, Notice
from index.readers.content.compression import Budget
from index.readers.content.source_bytes import Content
from index.readers.hidden import is_hidden
from index.readers.locators import printable

__all__ = [
    "IGNORED",
    "LINKS",
    "MEMBER",
    "ArchiveReader",
    "Member",
    "is_archive_name",
    "is_in_hidden",
    "safe_name",
    "unsafe_name",
]

# Between the locator of an archive and the name of a file in it, as in addresses of Java archives.
MEMBER: Final = "!/"
IGNORED: Final = "files in archives that .searchignore names"
LINKS: Final = "links and devices in archives"
_DRIVE = re.compile(r"[A-Za-z]:")
_ARCHIVE_NAME = re.compile(r".*\.(?:zip|tar|tgz|tbz2?|txz|tar\.(?:gz|bz2|xz))", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive. `packed_size` is in bytes; `budgets` are charged with all that is unpacked from it.

    `open` returns its bytes; it is called once, before the next member is asked for, and raises `ReadError`.
    """

    name: str
    packed_size: int
    open: Callable[[], io.RawIOBase]
    budgets: tuple[Budget, ...] = ()


class ArchiveReader(Protocol):
    """Lists the files of one kind of archive.

    Yields members in the order of the archive, a `Failure` for each that cannot be read, and a `Notice` of what is no
    file. Folders and hidden files are left out, as in folders. Raises `ReadError` when the rest cannot be read.
    """

    def __call__(self, content: Content) -> Iterator[Member | Failure | Notice]:
        """Yield the members of `content`."""
        ...


def safe_name(name: str) -> str | None:
    """Return the name of a member as a path below the archive, None for one that is empty or leads out of it.

    >>> safe_name("./news//a.txt"), safe_name("/news/a.txt"), safe_name("news/../../a.txt")
    ('news/a.txt', 'news/a.txt', None)
    """
    drive = _DRIVE.match(name)
    parts = [part for part in name[drive.end() if drive else 0 :].split("/") if part not in ("", ".")]
    return None if ".." in parts or not parts else printable("/".join(parts))


def is_archive_name(name: str) -> bool:
    """True for the usual names of archives.

    >>> is_archive_name("news.tar.gz"), is_archive_name("news.txt")
    (True, False)
    """
    return _ARCHIVE_NAME.fullmatch(name) is not None


def is_in_hidden(name: str) -> bool:
    """True for hidden files, and for those in hidden folders."""
    return any(map(is_hidden, name.split("/")))


def unsafe_name(locator: str, name: str) -> Failure:
    """Return the failure of a member whose name leads out of the archive."""
    message, hint = (
        "the name of this file is empty or leads out of the archive",
        "Do not unpack it before you checked it.",
    )
    return Failure(f"{locator}{MEMBER}{printable(name)}", "bad-name", message, hint)
