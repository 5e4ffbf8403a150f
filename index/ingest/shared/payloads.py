"""Sources as bytes in the table of work, and back on the machine that claims them."""

import os
import re
from pathlib import Path

import msgspec

from index.readers.base import Source
from index.readers.ignoring import IgnoreRule

__all__ = ["pack_source", "unpack_source"]


class _Rule(msgspec.Struct, array_like=True):
    folder: bytes
    pattern: bytes
    flags: int
    takes_back: bool
    folders_only: bool


class _Payload(msgspec.Struct, array_like=True):
    """Names are bytes, as in the file system: not all of them are text."""

    path: bytes
    inner: bytes
    rules: list[_Rule]


_encode = msgspec.msgpack.Encoder().encode
_DECODER = msgspec.msgpack.Decoder(_Payload)


def pack_source(source: Source, *, base: Path) -> bytes:
    """Return what another worker must know of a file besides its locator, size and time.

    A path below `base` is kept relative to it, so that the folder may have another place on each machine.
    """
    assert source.path is not None, "bytes that were read already cannot be shared"
    path = source.path.absolute()
    path = path.relative_to(base) if path.is_relative_to(base) else path
    rules = [
        _Rule(
            os.fsencode(rule.folder),
            os.fsencode(rule.pattern.pattern),
            rule.pattern.flags,
            rule.takes_back,
            rule.folders_only,
        )
        for rule in source.rules
    ]
    return _encode(_Payload(os.fsencode(path), os.fsencode(source.inner), rules))


def unpack_source(locator: str, payload: bytes, *, base: Path) -> Source:
    """Return the file as it is now on this machine; without size and time when these cannot be read.

    Raises `FileNotFoundError` or `NotADirectoryError` when it is not there.
    """
    packed = _DECODER.decode(payload)
    path = base / os.fsdecode(packed.path)
    rules = tuple(
        IgnoreRule(
            os.fsdecode(rule.folder),
            re.compile(os.fsdecode(rule.pattern), rule.flags),
            rule.takes_back,
            rule.folders_only,
        )
        for rule in packed.rules
    )
    source = Source(locator, path, rules=rules, inner=os.fsdecode(packed.inner))
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise
    except OSError:
        # Whoever reads it says why it cannot be read.
        return source
    return Source(locator, path, size=status.st_size, modified=status.st_mtime, rules=source.rules, inner=source.inner)
