"""Read the files of a pack safely: bounded size, UTF-8 and inside the folder, as a pack may come from a stranger."""

import stat
from pathlib import Path

from index.packs.records import Problem

__all__ = ["MAX_BYTES", "read_text"]

# A pack of a million names is some 60 MB; more is a mistake or an attack.
MAX_BYTES = 64 * 1024 * 1024


def read_text(folder: Path, file: Path, problems: list[Problem], *, limit: int = MAX_BYTES) -> tuple[str, bytes] | None:
    """Return the text and the bytes of a file of the pack in `folder`; None when there is a problem with it.

    Appended to `problems`, with the line where there is one: a file outside the folder, a symbolic link, anything that
    is not a regular file, more than `limit` bytes, a NUL (the mark of a binary file), and bytes that are not UTF-8.
    """
    reason = _reason_against(folder, file, limit)
    if reason:
        problems.append(Problem(file, 0, reason))
        return None
    try:
        content = file.read_bytes()
    except OSError as error:
        problems.append(Problem(file, 0, f"it cannot be read: {error.strerror or error}."))
        return None
    for at, what in (
        (content.find(b"\0"), "a NUL byte: this is a binary file"),
        (_first_not_utf8(content), "not UTF-8"),
    ):
        if at >= 0:
            problems.append(Problem(file, content.count(b"\n", 0, at) + 1, f"{what}. Save it as text in UTF-8."))
            return None
    return content.decode("utf-8-sig").replace("\r\n", "\n"), content


def _reason_against(folder: Path, file: Path, limit: int) -> str:
    try:
        status = file.lstat()
        is_inside = file.resolve().is_relative_to(folder.resolve())
    except OSError as error:
        return f"it cannot be read: {error.strerror or error}."
    if not is_inside:
        return "it lies outside the folder of the pack."
    if stat.S_ISLNK(status.st_mode):
        return "it is a symbolic link; a pack holds its own files."
    if not stat.S_ISREG(status.st_mode):
        return "it is not a regular file."
    if status.st_size > limit:
        return f"it has {status.st_size:,} bytes; at most {limit:,} are read."
    return ""


def _first_not_utf8(content: bytes) -> int:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return -1
