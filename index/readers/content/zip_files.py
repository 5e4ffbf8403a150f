"""Open zip files with bounds: as archives of files, and as the container of office documents."""

import errno
import io
import os
import re
import struct
import zipfile
from typing import BinaryIO, Final

from index.errors import ReadError
from index.readers.content.compression import BoundedStream, Budget

__all__ = ["MOST_MEMBERS", "is_encrypted", "member_name", "open_member", "open_zip", "read_mimetype"]

MOST_MEMBERS: Final = 100_000
# The list of members stands at the end of the file, and all of it is read into memory.
_MOST_LIST_BYTES = 16 << 20
_END_BYTES = (1 << 16) + 98
_END = re.compile(rb"PK\x05\x06")
_LARGE_LOCATOR = b"PK\x06\x07"
_LONGEST_MIMETYPE = 200
_BROKEN = (zipfile.BadZipFile, ValueError, RuntimeError, EOFError, OverflowError, struct.error)
_ENCRYPTED = 0x1
_NAME_IS_UTF8 = 0x800


def open_zip(stream: BinaryIO) -> zipfile.ZipFile:
    """Open a zip file. Raises `ReadError`: "damaged", and "too-large" for one with too many members."""
    hint = "Unpack it by hand and index the folder."
    if _list_bytes(stream) > _MOST_LIST_BYTES:
        raise ReadError("a zip file with a very long list of files", reason="too-large", hint=hint)
    try:
        archive = zipfile.ZipFile(stream)
    except _BROKEN as error:
        raise _damaged(error) from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise _damaged(error) from error
    if len(archive.filelist) > MOST_MEMBERS:
        raise ReadError(f"a zip file with more than {MOST_MEMBERS:,} files", reason="too-large", hint=hint)
    return archive


def open_member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, least: int, budgets: tuple[Budget, ...]
) -> BoundedStream:
    """Open one member for reading. At least `least` bytes may be unpacked, more when it is large as packed.

    Raises `ReadError`: "encrypted", "damaged", "unsupported" for a compression that Python does not know.
    """
    if is_encrypted(member):
        raise ReadError("protected by a password", reason="encrypted", hint="Unpack it by hand and index the folder.")
    try:
        unpacked = archive.open(member)
    except NotImplementedError as error:
        message = f"compressed in a way that is not read: {error}"[:300]
        raise ReadError(message, reason="unsupported", hint="Unpack it by hand and index the folder.") from error
    except _BROKEN as error:
        raise _damaged(error) from error
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise _damaged(error) from error
    own = Budget(packed_size=member.compress_size, least=least)
    return BoundedStream(unpacked, budgets=(*budgets, own), kind="zip data")


def _damaged(error: Exception) -> ReadError:
    message = f"damaged zip file: {error}"[:300]
    return ReadError(message, reason="damaged", hint="It may be cut off: fetch or save it again.")


def is_encrypted(member: zipfile.ZipInfo) -> bool:
    """True when the member can be read with a password only."""
    return bool(member.flag_bits & _ENCRYPTED)


def member_name(member: zipfile.ZipInfo) -> str:
    """Return the name of a member; many programs write UTF-8 without saying so."""
    if member.flag_bits & _NAME_IS_UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def read_mimetype(archive: zipfile.ZipFile) -> str:
    """Return the text of the file "mimetype", by which OpenDocument files and e-books say what they are, else ""."""
    member = archive.NameToInfo.get("mimetype")
    if member is None:
        return ""
    try:
        with io.BufferedReader(open_member(archive, member, least=_LONGEST_MIMETYPE, budgets=())) as stream:
            return stream.read(_LONGEST_MIMETYPE).decode("ascii", errors="replace").strip()
    except ReadError:
        return ""


def _list_bytes(stream: BinaryIO) -> int:
    """Return the size of the list of members as the end of the file gives it, the largest where it gives several."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _END_BYTES))
    end = stream.read(_END_BYTES)
    stream.seek(0)
    most = 0
    for match in _END.finditer(end):
        at = match.start()
        most = max(most, int.from_bytes(end[at + 12 : at + 16], "little") % 0xFFFFFFFF)
        if end[max(0, at - 20) : at].startswith(_LARGE_LOCATOR) and at >= 76:
            # A large archive has a second record before the first, with eight bytes for each number.
            most = max(most, int.from_bytes(end[at - 36 : at - 28], "little"))
    return most
