"""The library tantivy: the fields of its index, and its failures as errors of ours."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from index.engines.files import REBUILD, disk_full
from index.errors import DossierError, EngineError, IndexDamagedError, is_disk_full
from index.keywords.values import KEYWORD_FIELDS
from index.model import Document

__all__ = ["BLOCK_SIZE", "library_errors", "make_schema", "unfit"]

BLOCK_SIZE = 52
"""Documents of one block. Each is a bit of a sum that the library computes in floats, which hold 53 bits exactly."""

# It leaves out longer terms without a word.
_LONGEST_TERM = 65_530
_MOST_BYTES_OF_A_CHARACTER = 4

_KILLED = "index writer was killed"
_ENOUGH_BYTES = 128_000_000
_SYSTEM_ERROR = re.compile(r"os error (\d+)|code: (\d+)")


def make_schema() -> tantivy.Schema:
    """Return the fields of the library's index; nothing is stored.

    `number` names a document, `block` and `bit` are its place in sets of documents (see `BLOCK_SIZE`). Bodies and
    titles are analyzed terms with a space between. Entities and keywords are whole values.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("number", indexed=True, fast=True)
    builder.add_integer_field("block", fast=True)
    builder.add_integer_field("bit", fast=True)
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("entities", tokenizer_name="raw", index_option="freq")
    for field in KEYWORD_FIELDS:
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    return builder.build()


def unfit(document: Document) -> str:
    """Return why the library cannot store a document whole, "" when it can."""
    values = (
        *document.people,
        *document.organizations,
        *document.places,
        *document.systems,
        *document.mentioned,
        document.source or "",
        document.language or "",
    )
    if max(map(len, values)) * _MOST_BYTES_OF_A_CHARACTER <= _LONGEST_TERM:
        return ""
    longest = max(len(value.encode("utf-8", "replace")) for value in values)
    if longest <= _LONGEST_TERM:
        return ""
    return f"one of its values has {longest:,} bytes, and {_LONGEST_TERM:,} are the most"


@contextmanager
def library_errors(folder: Path) -> Iterator[None]:
    """Turn what the library raises into errors of ours.

    A bug or a damaged file makes it panic, which is a `BaseException` that nobody else catches.
    """
    try:
        yield
    except ValueError as error:
        raise _error(folder, str(error)) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise IndexDamagedError(f"The index in {folder} cannot be used: {_first_line(error)}. {REBUILD}") from error


def _error(folder: Path, message: str) -> DossierError:
    found = _SYSTEM_ERROR.search(message)
    is_full = found is not None and is_disk_full(OSError(int(found[1] or found[2]), ""))
    # A thread of the library that ends by an error does not say which.
    is_full = is_full or (_KILLED in message and shutil.disk_usage(folder).free < _ENOUGH_BYTES)
    if is_full:
        return disk_full(folder, message)
    return EngineError(f"The index in {folder} cannot be used: {message}. {REBUILD}")


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or ["panic"])[0]
