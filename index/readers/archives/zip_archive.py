"""List the files of a zip archive."""

import os
import stat
from collections.abc import Iterator
from functools import partial

from index.errors import ReadError
from index.model import SKIPPED, Failure, Notice
from index.readers.archives.members import LINKS, Member, is_in_hidden, safe_name, unsafe_name
from index.readers.content.compression import Budget
from index.readers.content.source_bytes import SAMPLE_BYTES, Content
from index.readers.content.zip_files import is_encrypted, member_name, open_member, open_zip

__all__ = ["read_zip"]


def read_zip(content: Content) -> Iterator[Member | Failure | Notice]:
    """Yield the files of a zip archive, see `ArchiveReader`.

    Raises `ReadError`: "damaged", "too-large", "encrypted" when no file can be read without a password, and
    "compressed-bomb" when the files together unpack to far more than text ever does.
    """
    stream = content.seekable()
    size = stream.seek(0, os.SEEK_END)
    least = content.max_bytes + SAMPLE_BYTES + 1
    whole = Budget(packed_size=size, least=least)
    archive = open_zip(stream)
    files = [member for member in archive.infolist() if not member.filename.endswith("/")]
    if files and all(map(is_encrypted, files)):
        raise ReadError("protected by a password", reason="encrypted", hint="Unpack it by hand and index the folder.")
    budgets = (*content.budgets, whole)
    for member in files:
        stored = member_name(member).replace("\\", "/")
        name = safe_name(stored)
        if name is None:
            yield unsafe_name(content.locator, stored)
        elif stat.S_ISLNK(member.external_attr >> 16):
            yield Notice(content.locator, SKIPPED, LINKS)
        elif not is_in_hidden(name):
            opening = partial(open_member, archive, member, least=least, budgets=budgets)
            yield Member(name, member.compress_size, opening, budgets)
        # Says that the rest is not read, instead of as many failures as there are files.
        whole.spend(0)
