"""Fingerprints of packs, to notice changes."""

from collections.abc import Mapping, Sequence

from index.packs.description import find_pack
from index.packs.reading import fingerprint_files

__all__ = ["fingerprint_packs"]


def fingerprint_packs(names: Sequence[str]) -> Mapping[str, str]:
    """Return the fingerprint of each pack by its name if it is built in, else by the absolute path of its folder.

    `PackContent.fingerprint` says which changes count. The first call in a process parses the packs (some 40 ms), later
    ones only hash their files. Files that cannot be read are left out. Raises `PackError` for a pack that is missing.

    >>> fingerprint_packs(["core"]) == fingerprint_packs(["core", "core"])
    True
    """
    prints: dict[str, str] = {}
    for name in names:
        folder = find_pack(name)
        description, fingerprint = fingerprint_files(folder)
        is_builtin = description is not None and description.is_builtin
        prints[name if is_builtin else str(folder.absolute())] = fingerprint
    return prints
