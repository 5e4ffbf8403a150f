"""Faster pickling for the records sent between processes.

Frozen dataclasses with slots are pickled field by field through slow general code, 20 microseconds each; an article has
hundreds of them. Here they travel as a call of their class, a tenth of that, as structs do by themselves.
"""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import fields
from itertools import chain
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from typing import Any, TypeVar

import msgspec

from index.identity.records import Definition, LocalLink, Name
from index.ingest.workers.tasks import ExtractResult, ExtractTask, Findings, ReadResult, ReadTask, SourcePart
from index.model import Mention
from index.readers.base import Source

__all__ = ["pack", "register_records", "unpack"]

_RECORDS_AT_ONCE = 5_000
# Fast: names are said again and again.
_COMPRESSION = 1

_encode = msgspec.msgpack.Encoder().encode
_decode_mentions = msgspec.msgpack.Decoder(tuple[Mention, ...]).decode
_decode_links = msgspec.msgpack.Decoder(tuple[LocalLink, ...]).decode
_decode_definitions = msgspec.msgpack.Decoder(tuple[Definition, ...]).decode

_RECORDS: tuple[type, ...] = (
    Definition,
    ExtractResult,
    ExtractTask,
    LocalLink,
    Name,
    ReadResult,
    ReadTask,
    Source,
    SourcePart,
)


def register_records() -> None:
    """Make this process send records through pipes in the fast way; any process can receive them."""
    for record in _RECORDS:
        ForkingPickler.register(record, _reduction(record))
    ForkingPickler.register(Findings, _reduce_findings)


def pack(record: object) -> bytes:
    """Return a record as bytes, in the fast way once `register_records` was called."""
    return bytes(ForkingPickler.dumps(record))


_Record = TypeVar("_Record")


def unpack(data: bytes, kind: type[_Record]) -> _Record:
    """Return the record that `pack` made bytes of. Only for bytes of our own processes: they can run code."""
    record = ForkingPickler.loads(data)
    assert isinstance(record, kind), f"these are the bytes of a {type(record).__name__}"
    return record


def _reduce_findings(
    findings: Findings,
) -> tuple[Callable[..., Findings], tuple[list[bytes], list[bytes], bytes, bytes | None]]:
    """Return findings as MessagePack: pickle remembers every object, a gigabyte for the mentions of a long text."""
    mentions, links = (_pack(records) for records in (findings.mentions, findings.links))
    return _restore_findings, (mentions, links, _encode(findings.definitions), findings.vector)


def _restore_findings(mentions: list[bytes], links: list[bytes], definitions: bytes, vector: bytes | None) -> Findings:
    return Findings(
        tuple(chain.from_iterable(map(_decode_mentions, map(zlib.decompress, mentions)))),
        tuple(chain.from_iterable(map(_decode_links, map(zlib.decompress, links)))),
        _decode_definitions(definitions),
        vector,
    )


def _pack(records: Sequence[Mention] | Sequence[LocalLink]) -> list[bytes]:
    return [
        zlib.compress(_encode(records[start : start + _RECORDS_AT_ONCE]), _COMPRESSION)
        for start in range(0, len(records), _RECORDS_AT_ONCE)
    ]


# The values of a record's fields may be anything.
def _reduction(record: type) -> Callable[[Any], tuple[type, tuple[Any, ...]]]:
    names = [field.name for field in fields(record)]
    values = attrgetter(*names)
    if len(names) == 1:
        return lambda instance: (record, (values(instance),))
    return lambda instance: (record, values(instance))
