"""Standard input as a file: it can be read only once, and workers in other processes read it too."""

import hashlib
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from index.errors import UsageError
from index.model import Failure
from index.readers.base import STANDARD_INPUT, STANDARD_INPUT_PREFIX, Source

__all__ = ["save_standard_input"]

_LARGEST: Final = 1 << 29
_BYTES_AT_ONCE: Final = 1 << 20
_DIGITS: Final = 16


@contextmanager
def save_standard_input(paths: Sequence[str], *, name: str | None = None) -> Iterator[Source | Failure | None]:
    """Yield standard input as a source when "-" is one of `paths`, saved in a file until the end; else None.

    Its locator is "stdin:" and the `name`, else the beginning of the SHA-256 of its content: other content is another
    article. A suffix of the name says what format it has. Raises `UsageError` for a name that cannot be used.
    """
    if STANDARD_INPUT not in paths:
        if name is not None:
            raise UsageError("--name is for standard input: name - among the paths, too.")
        yield None
        return
    if name is not None and (not name.strip() or not name.isprintable()):
        raise UsageError("--name needs a name of printable characters, such as report.txt.")
    with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as folder:
        yield _save(Path(folder), name)


def _save(folder: Path, name: str | None) -> Source | Failure:
    given = STANDARD_INPUT if name is None else f"{STANDARD_INPUT_PREFIX}{name}"
    if sys.stdin is None:
        return Failure(given, "unreadable", "there is no standard input", "Name a file instead.")
    # Slashes in a name are no folders here.
    path = folder / (name or "stdin").replace("/", "_")[-100:]
    digest = hashlib.sha256()
    size = 0
    with path.open("wb") as file:
        while block := _read(sys.stdin.buffer):
            if isinstance(block, OSError):
                message = f"standard input: {block.strerror or block}"
                return Failure(given, "unreadable", message, "Name a file instead.")
            size += len(block)
            if size > _LARGEST:
                limit = f"standard input is larger than {_LARGEST:,} bytes"
                return Failure(given, "too-large", limit, "Save it to a file and name the file.")
            digest.update(block)
            file.write(block)
    locator = given if name is not None else f"{STANDARD_INPUT_PREFIX}{digest.hexdigest()[:_DIGITS]}"
    return Source(locator, path, size=size)


def _read(stream: BinaryIO) -> bytes | OSError:
    """Return the next block, or the error of reading it; one of writing it is another matter."""
    try:
        return stream.read(_BYTES_AT_ONCE)
    except OSError as error:
        return error
