"""List the files of a tar archive, in one pass: the archive may be compressed."""

import io
import tarfile
from collections.abc import Callable, Iterator
from functools import partial

from index.errors import ReadError
from index.model import SKIPPED, Failure, Notice
from index.readers.archives.members import LINKS, MEMBER, Member, is_in_hidden, safe_name, unsafe_name
from index.readers.content.compression import BoundedStream
from index.readers.content.source_bytes import Content
from index.readers.content.zip_files import MOST_MEMBERS

__all__ = ["is_tar", "read_tar"]

_BLOCK = 512
_CHECKSUM = slice(148, 156)
# Long names and attributes of a file stand before it, and are read into memory.
_LONGEST_EXTENSION = 1 << 20
# The two regular ends of an archive. Not in typeshed: the module does not list them.
_ENDS = (tarfile.EOFHeaderError, tarfile.EmptyHeaderError)  # type: ignore[attr-defined]
_EXTENSIONS = (
    *(tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE),
    *(tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK),
)


def is_tar(sample: bytes) -> bool:
    """True when a file begins with the header of a tar archive: its checksum is right."""
    header = sample[:_BLOCK]
    try:
        stated = int(header[_CHECKSUM].strip(b" \0"), 8)
    except ValueError:
        return False
    return len(header) == _BLOCK and stated == sum(header) - sum(header[_CHECKSUM]) + 8 * ord(" ")


def read_tar(content: Content) -> Iterator[Member | Failure | Notice]:
    """Yield the files of a tar archive, see `ArchiveReader`.

    Raises `ReadError`: "damaged", and "too-large" for an archive of too many files.
    """
    with _open(content) as archive:
        for _ in range(MOST_MEMBERS):
            member = _next(archive)
            if member is None:
                return
            yield from _member(content, archive, member)
            # What was read is not needed again, and a long archive would fill memory with it.
            archive.members.clear()  # type: ignore[attr-defined]  # public, and missing in typeshed
        hint = "Unpack it by hand and index the folder."
        raise ReadError(f"a tar file with more than {MOST_MEMBERS:,} files", reason="too-large", hint=hint)


def _member(content: Content, archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[Member | Failure | Notice]:
    if member.isdir():
        return
    name = safe_name(member.name)
    if name is None:
        yield unsafe_name(content.locator, member.name)
    elif member.issparse():
        hint = "Unpack it by hand and index the folder."
        yield Failure(f"{content.locator}{MEMBER}{name}", "unsupported", "a sparse file in a tar archive", hint)
    elif not member.isreg():
        yield Notice(content.locator, SKIPPED, LINKS)
    elif not is_in_hidden(name):
        yield Member(name, member.size, partial(_open_member, archive, member), content.budgets)


def _open_member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> io.RawIOBase:
    stream = archive.fileobj
    assert stream is not None, "an archive that is read has a stream"
    stream.seek(member.offset_data)
    return BoundedStream(_MemberBytes(stream.read, member.size), budgets=(), kind="tar file")


class _MemberBytes:
    """The bytes of a regular file in an archive that is read as a stream.

    (Own code, not `TarFile.extractfile`: of a file that is cut off, that loses what stands before the cut.)
    """

    def __init__(self, read: Callable[[int], bytes], size: int) -> None:
        self._read = read
        self._left = size

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes. Raises `EOFError` when the archive ends before the file."""
        wanted = self._left if size < 0 else min(size, self._left)
        data = self._read(wanted) if wanted else b""
        if wanted and not data:
            raise EOFError
        self._left -= len(data)
        return data


class _Header(tarfile.TarInfo):
    """A header whose faults are errors: by itself, tarfile takes a broken header for the end of the archive."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> "_Header":
        try:
            return super().fromtarfile(archive)
        except _ENDS:
            raise
        except tarfile.HeaderError as error:
            raise _damaged(error) from error

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        """Refuse extensions of any length; tarfile offers this method to be extended."""
        if self.type in _EXTENSIONS and self.size > _LONGEST_EXTENSION:
            raise _damaged("a very long header")
        # Not in typeshed, because its name is private; the module says that it may be overridden.
        return super()._proc_member(archive)  # type: ignore[misc,no-any-return]


def _open(content: Content) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=content.stream, mode="r|", tarinfo=_Header, errors="surrogateescape")
    except (tarfile.TarError, EOFError, ValueError, RecursionError, OverflowError) as error:
        raise _damaged(error) from error


def _next(archive: tarfile.TarFile) -> tarfile.TarInfo | None:
    try:
        return archive.next()
    except (tarfile.TarError, EOFError, ValueError, RecursionError, OverflowError) as error:
        raise _damaged(error) from error


def _damaged(error: object) -> ReadError:
    hint = "It may be cut off: fetch or pack it again."
    return ReadError(f"damaged tar file: {error}"[:300], reason="damaged", hint=hint)
