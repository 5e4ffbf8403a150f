"""Fingerprints of packs, to notice changes."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.packs.description import BUILTIN_FOLDER, find_pack
from index.packs.pack_rows import fingerprint_files, read_pack_rows

__all__ = ["fingerprint_built_in", "fingerprint_packs"]


def fingerprint_packs(names: Sequence[str]) -> Mapping[str, str]:
    """Return the fingerprint of each pack by its name if it is built in, else by the absolute path of its folder.

    `PackContent.fingerprint` says which changes count. The first call in a process parses the packs (some 40 ms). Later
    ones only hash the files of packs that are not built in. Files that cannot be read are left out. Raises `PackError`
    for a pack that is missing.

    >>> fingerprint_packs(["core"]) == fingerprint_packs(["core", "core"])
    True
    """
    prints: dict[str, str] = {}
    for name in names:
        folder = find_pack(name)
        if folder.parent == BUILTIN_FOLDER:
            prints[name] = _fingerprint(folder)
        else:
            prints[str(folder.absolute())] = fingerprint_files(folder)[1]
    return prints


def _fingerprint(folder: Path) -> str:
    pack, _ = read_pack_rows(folder)
    return "" if pack is None else pack.fingerprint


def fingerprint_built_in(name: str) -> str:
    """Return a hash of the files of a built-in pack, comments too, without parsing one: a few hundred microseconds.

    For a pack that most runs do not read.
    """
    digest = hashlib.sha256()
    for file in sorted(find_pack(name).iterdir()):
        digest.update(file.read_bytes())
    return digest.hexdigest()
