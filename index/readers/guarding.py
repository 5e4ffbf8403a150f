"""Errors of readers as failures: the outermost edge of a file, of a file in an archive, and of an archived page."""

import logging
from collections.abc import Iterator
from tempfile import gettempdir
from typing import TypeVar

from index.errors import DiskFullError, ReadError, is_disk_full
from index.model import Failure

__all__ = ["guarded"]

logger = logging.getLogger(__name__)
_Item = TypeVar("_Item")


def guarded(items: Iterator[_Item], locator: str) -> Iterator[_Item | Failure]:
    """Yield `items`, and as the last one a `Failure` with the locator `locator` when they break off with an error.

    Raises `DiskFullError` when there is no space for temporary files.
    """
    try:
        yield from items
    except DiskFullError:
        raise
    except ReadError as error:
        yield Failure(locator, error.reason, str(error), error.hint)
    except OSError as error:
        if is_disk_full(error):
            # Not of this file: a library could not write a temporary one, and will not for the next file either.
            raise DiskFullError(
                f"A temporary file in {gettempdir()} cannot be written: {error.strerror}. Free some space and run the "
                "same command again; what was committed is kept."
            ) from error
        yield Failure(locator, "unreadable", error.strerror or str(error), "Check the file and its permissions.")
    except Exception as error:  # The outermost edge: one broken file must not end a run over a million.
        logger.exception("reader failed on %s", locator)
        message = f"{type(error).__name__}: {error}"[:300]
        yield Failure(locator, "reader-error", message, "Please report this, with the file if you can.")
