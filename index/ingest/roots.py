"""Locators of the paths that a user named, and of the files below them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from index.errors import UsageError
from index.model import Failure
from index.readers.base import STANDARD_INPUT, Source

__all__ = ["is_under", "require_files", "root_locators"]

# Reasons why a path that was named itself cannot be looked into.
_UNREACHABLE: Mapping[str, str] = {
    "not-found": "is not there",
    "unreadable": "cannot be read",
    "index-folder": "is an index",
}


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


def require_files(
    paths: Sequence[str],
    *,
    find: Callable[[Sequence[str]], Iterable[Source | Failure]],
    is_known: Callable[[str], bool],
) -> None:
    """Raise `UsageError` when nothing can be said to be gone from one of `paths`: it is missing, unreadable or empty.

    A disk that is not there looks like a folder without files. `find` gives what is under paths; `is_known` is true for
    a path of which articles are known: a file that was named, and may well be gone.
    """
    for path in paths:
        if path == STANDARD_INPUT or is_known(path):
            continue
        cause = "holds no files"
        for item in find([path]):
            if isinstance(item, Source):
                break
            if item.reason != "not-found" or not Path(path).is_dir():
                cause = _UNREACHABLE.get(item.reason, cause)
        else:
            raise UsageError(
                f"{path} {cause}: --prune forgets nothing then. Name a folder that is there, or leave it out."
            )


def is_under(locator: str, roots: Collection[str]) -> bool:
    """True when a locator is one of `roots` or lies below one; below "" lies all that is relative, but not "-".

    >>> is_under("news/a.txt", ["news"]), is_under("newsroom/a.txt", ["news"]), is_under("/tmp/a.txt", [""])
    (True, False, False)
    """
    return any(_is_below(locator, root) for root in roots)


def _is_below(locator: str, root: str) -> bool:
    if not root:
        return not Path(locator).is_absolute() and locator != STANDARD_INPUT
    return locator == root or locator.startswith(root.rstrip("/") + "/")
