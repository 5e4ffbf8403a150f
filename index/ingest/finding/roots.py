"""Locators of the paths that a user named, and of the files below them."""

from collections.abc import Collection, Sequence
from pathlib import Path

from index.readers.base import STANDARD_INPUT, STANDARD_INPUT_PREFIX

__all__ = ["is_under", "root_locators"]


def root_locators(paths: Sequence[str], *, base: Path) -> tuple[str, ...]:
    """Return the beginnings of the locators under `paths`: relative to `base` where they lie below it, "" for `base`.

    Made as `index.readers.sources` makes them, for paths that are gone as well.
    """
    real_base = base.resolve()
    roots = []
    for path in paths:
        if path == STANDARD_INPUT:
            continue
        given = Path(path)
        # A folder is known by where it really is, a file by its own name in the folder where it really is.
        real = given.resolve() if given.is_dir() or not given.name else given.parent.resolve() / given.name
        shown = real.relative_to(real_base) if real.is_relative_to(real_base) else real
        roots.append("" if shown == Path() else shown.as_posix())
    return tuple(dict.fromkeys(roots))


def is_under(locator: str, roots: Collection[str]) -> bool:
    """True when a locator is one of `roots` or lies below one; below "" lies all that is relative, but standard input.

    >>> is_under("news/a.txt", ["news"]), is_under("newsroom/a.txt", ["news"]), is_under("/tmp/a.txt", [""])
    (True, False, False)
    """
    return any(_is_below(locator, root) for root in roots)


def _is_below(locator: str, root: str) -> bool:
    if not root:
        is_piped = locator == STANDARD_INPUT or locator.startswith(STANDARD_INPUT_PREFIX)
        return not Path(locator).is_absolute() and not is_piped
    return locator == root or locator.startswith(root.rstrip("/") + "/")
