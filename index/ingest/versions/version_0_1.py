"""Recognizes what version 0.1 stored, so that an upgrade extracts nothing again that would come out the same.

Version 0.1 stored hashes: of an article's extraction, over the extraction, the bytes of the packs, the model and the
code of linking; of a file's reading, over that, the code of the readers and the options. A hash cannot be inverted, but
it can be made again from everything that may have gone into it, and compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from index.errors import PackError
from index.packs.description import find_pack, read_description
from index.packs.files import read_text
from index.packs.fingerprints import fingerprint_packs
from index.readers.base import ReadOptions
from index.stages import NO_MODEL, SHIPPED_MODEL, Stage, StageRecord, model_input, reading_stage

__all__ = ["extraction_of", "extraction_text", "linking_of", "pack_content", "reading_of", "reading_text"]

_EXTRACTION: Final = 15
_READING: Final = 1
_LINKING: Final = 1
_LINKING_CODE: Final = "9bd7a4e2df8a093ab4e94f6b0e3fc7498d062164412a354695fdaba0d0ab01cc"
_READERS_CODE: Final = "0693ccb2df86f1045448ec1711cfd5c30a7238c23f5b923c15802abc360a8f21"
_SHIPPED_NETWORK: Final = "b5d8caed7cc5e78e98b10ad5984475fcd1f0e399ada786246f94898952dac4c4"

# The packs that shipped with 0.1: the hashes of their bytes, and the fingerprints of what they held.
_PACK_BYTES: Final[Mapping[str, str]] = {
    "core": "d03f223d6c21f61570b1515b8c221a593526351185bf8c1356d8ce331292d0b9",
    "defence": "703f1d62ab1314e559eeb48c0f7f7a520a1d3c11f5a45d874d7f7a9883703a1a",
    "names": "374c45b4ee4c9e77a422654519def6672ce049606f7da6e8997895c8b57cea75",
    "software": "f385300d24fd2da0f812aa3b6a4f968d3f5241718f2f8a54123c676512bb6b71",
}
_PACK_CONTENTS: Final[Mapping[str, str]] = {
    "core": "68eadb37c2f1bafa24c80b304a4752d3a75cfa4d64b2fa4be40c62d1db443bcc",
    "defence": "d8776a724e509f2bd99fc9a028d9b0916a24888415a01cb3fdf024f60dede859",
    "names": "c89f98bbad3e852a3760faacf8fcf0f183970e2069e9dc144ff477cbf0d581a0",
    "software": "f1cb272b694caa45b08a680f6b91ec1b0b0ffede4153891ef9aa1df640ab25c0",
}


def extraction_text(packs: Sequence[str], model: str) -> str:
    """Return what 0.1 stored for an extraction with packs, by the hashes of their bytes, and a model.

    `model` is the fingerprint of the shipped network, else the name of a model.
    """
    together = sha256("".join(packs).encode()).hexdigest()
    extractor = sha256(f"{_EXTRACTION}\n{together}\n{model}".encode()).hexdigest()
    return sha256(f"{extractor}\n{_LINKING_CODE}".encode()).hexdigest()


def reading_text(extraction: str, options: ReadOptions) -> str:
    """Return what 0.1 stored for a file that was read with these options."""
    return sha256("\n".join((extraction, _READERS_CODE, repr(options))).encode()).hexdigest()


def extraction_of(text: str, *, packs: Mapping[str, str], model: str) -> StageRecord | None:
    """Return the record that `text` stood for in 0.1, or None when it cannot be told.

    `packs` are those that the archive remembers, hashes of bytes by name or path; `model` is that of the settings,
    which is tried along with the shipped one and none.
    """
    tried = {SHIPPED_MODEL: _SHIPPED_NETWORK, NO_MODEL: NO_MODEL}
    if model not in tried:
        tried[model] = model
    for name, fingerprint in tried.items():
        if extraction_text(tuple(packs.values()), fingerprint) == text:
            contents = tuple((f"pack {Path(pack).name}", pack_content(pack, value)) for pack, value in packs.items())
            # Of other models 0.1 knew nothing but the name.
            shown = f"{name} {fingerprint}" if name == SHIPPED_MODEL else model_input(name)
            return StageRecord(Stage.EXTRACTION, _EXTRACTION, (*contents, ("model", shown)))
    return None


def pack_content(name: str, fingerprint: str) -> str:
    """Return the fingerprint of what a pack held, by the hash of its bytes.

    Known of the packs that shipped with 0.1, and of any pack whose bytes are still the same; else a text that equals
    no fingerprint.
    """
    if _PACK_BYTES.get(name) == fingerprint:
        return _PACK_CONTENTS[name]
    try:
        if _bytes_of(name) == fingerprint:
            return next(iter(fingerprint_packs([name]).values()))
    except PackError:
        pass  # It is gone, so nothing equals what it held.
    return f"bytes {fingerprint}"


def linking_of() -> StageRecord:
    """Return the record of the linking of 0.1, which stored none."""
    return StageRecord(Stage.LINKING, _LINKING, (("pack names", _PACK_CONTENTS["names"]),))


def reading_of(text: str, *, extractions: Iterable[str], options: ReadOptions) -> StageRecord | None:
    """Return the record of reading that `text` stood for in 0.1, if it was made with these options, else None.

    `extractions` are the texts that the archive stored for extractions, one of which went into it.
    """
    if any(reading_text(extraction, options) == text for extraction in extractions):
        return replace(reading_stage(options), version=_READING)
    return None


def _bytes_of(name: str) -> str:
    folder = find_pack(name)
    description = read_description(folder, [])
    if description is None:
        return ""
    digest = sha256(description.content)
    for table in description.tables:
        read = read_text(folder, table.file, [])
        digest.update(read[1] if read is not None else b"")
    return digest.hexdigest()
