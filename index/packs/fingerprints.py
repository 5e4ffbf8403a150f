"""Whether packs have changed, without reading what they say."""

from collections.abc import Mapping, Sequence

from index.packs.description import find_pack
from index.packs.reading import fingerprint_files

__all__ = ["fingerprint_packs"]


def fingerprint_packs(names: Sequence[str]) -> Mapping[str, str]:
    """The fingerprint of each pack by its name, that of a built-in one, or by the absolute path of its folder.

    Raises `PackError` for a pack that is not there; one whose files cannot be read has the fingerprint of the rest.

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
