"""Create a new pack from the template beside this module."""

import re
from pathlib import Path

from anyascii import anyascii

from index.errors import PackError
from index.packs.description import DESCRIPTION, builtin_packs

__all__ = ["make_pack"]

_TEMPLATE = Path(__file__).parent / "_template"
_NO_NAME = re.compile(r"[^a-z0-9_-]+")


def make_pack(folder: Path) -> tuple[Path, ...]:
    """Write a pack into `folder`, named after it, with an example in a comment in each table. Return its files.

    Raises `PackError` when the folder is not empty, cannot be written, or has the name of a built-in pack.
    """
    name = _name_of(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise PackError(f"{folder} is not empty. Name a folder that does not exist yet.")
        files = []
        for template in sorted(_TEMPLATE.iterdir()):
            if template.suffix not in {".toml", ".tsv"}:
                continue
            text = template.read_text(encoding="utf-8")
            if template.name == DESCRIPTION:
                text = text.replace('name = "template"', f'name = "{name}"', 1)
            file = folder / template.name
            file.write_text(text, encoding="utf-8")
            files.append(file)
    except OSError as error:
        raise PackError(f"{folder} cannot be written: {error.strerror or error}.") from error
    return tuple(files)


def _name_of(folder: Path) -> str:
    """Return the name of the folder, folded to the letters that the name of a pack may contain."""
    slug = _NO_NAME.sub("-", anyascii(folder.absolute().name).lower()).strip("-_0123456789")
    name = slug[:64] or "own"
    if name in builtin_packs():
        raise PackError(f"{name} is a built-in pack. Give the folder another name.")
    return name
