"""Find the files to read below the paths that a user names."""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.model import Failure
from index.readers.archives.members import is_archive_name
from index.readers.base import STANDARD_INPUT, Source
from index.readers.formats.mail.maildir import is_maildir
from index.readers.hidden import is_hidden
from index.readers.ignoring import IGNORE_FILE, IgnoreRule, is_ignored, parse_rules
from index.readers.locators import printable
from index.settings import INDEX_FOLDER

__all__ = ["find_sources"]

_SPECIAL = {stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device", stat.S_IFBLK: "a device"}


def find_sources(
    paths: Sequence[str],
    *,
    base: Path,
    exclude: Sequence[Path] = (),
    standard_input: Source | Failure | None = None,
    follows_links: bool = False,
    on_link: Callable[[str], None] | None = None,
) -> Iterator[Source | Failure]:
    """Yield every file of `paths`: files themselves, folders with everything in them, `standard_input` for "-".

    Order: that of `paths`, sorted by name within a folder, files found through links to folders last. A file comes
    once, however often and through whatever links it is named. In folders, hidden files (see `index.readers.hidden`;
    but not the folders of a Maildir), index folders, the folders of `exclude` and matches of a `.searchignore` are left
    out; a file named by itself is always included. Paths that are missing, unreadable or not regular files are
    `Failure`s. Locators are relative to `base` where possible. Never raises.

    A link in a folder that leads out of all the folders of `paths` is not followed unless `follows_links`; `on_link` is
    told its locator. What `paths` name themselves may be links.
    """
    walk = _Walk(base=base, exclude=exclude, roots=None if follows_links else _real_paths(paths), on_link=on_link)
    for path in paths:
        if path != STANDARD_INPUT:
            yield from walk.named(Path(path))
        elif standard_input is not None:
            yield standard_input
            standard_input = None


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to look into; `inner` is its path from the folder that was named, "" or with a final slash."""

    path: Path
    inner: str = ""
    rules: tuple[IgnoreRule, ...] = ()


class _Walk:
    """State of a walk: the files and folders seen so far."""

    def __init__(
        self,
        *,
        base: Path,
        exclude: Sequence[Path],
        roots: frozenset[str] | None,
        on_link: Callable[[str], None] | None,
    ) -> None:
        """Links may lead to what is in `roots`, real paths; None: anywhere."""
        self._base = base.resolve()
        self._roots = roots
        self._on_link = on_link
        self._seen = {str(folder.resolve()) for folder in exclude}
        self._linked_folders: list[_Folder] = []
        self._last_parent = (Path(), Path())

    def named(self, path: Path) -> Iterator[Source | Failure]:
        """Yield the files of a path as the user gave it."""
        try:
            status = path.stat()
            is_index = INDEX_FOLDER in path.resolve().parts
        except (OSError, ValueError) as error:  # ValueError: a NUL in the path.
            yield self._failure(path, error)
            return
        if not stat.S_ISDIR(status.st_mode):
            yield from self._file(path, str(path.resolve()), status)
        elif is_index:
            hint = "Name the folder of articles instead."
            yield Failure(self._locator(path), "index-folder", "this is an index, not articles", hint)
        else:
            yield from self._tree(_Folder(path))
            while self._linked_folders:
                yield from self._tree(self._linked_folders.pop(0))

    def _tree(self, top: _Folder) -> Iterator[Source | Failure]:
        # An explicit stack, because folders can nest deeper than Python's recursion limit.
        stack = [self._entries(top)]
        while stack:
            item = next(stack[-1], None)
            if item is None:
                stack.pop()
            elif isinstance(item, _Folder):
                stack.append(self._entries(item))
            else:
                yield item

    def _entries(self, folder: _Folder) -> Iterator[Source | Failure | _Folder]:
        try:
            real = str(folder.path.resolve())
            if real in self._seen:
                return
            self._seen.add(real)
            rules = folder.rules + _rules_of(folder)
            with os.scandir(folder.path) as found:
                entries = sorted(found, key=lambda entry: entry.name)
            # The folders of a mailbox are hidden folders in that of its inbox.
            is_mailbox = is_maildir(folder.path)
        except OSError as error:
            yield self._failure(folder.path, error)
            return
        for entry in entries:
            inner = folder.inner + entry.name
            path = Path(entry.path)
            try:
                is_folder = entry.is_dir()
                is_left_out = is_hidden(entry.name) and not (is_mailbox and is_folder and is_maildir(path))
                if is_left_out or is_ignored(inner, rules, is_folder=is_folder):
                    continue
                if entry.is_symlink() and self._leads_out(path):
                    if self._on_link is not None:
                        self._on_link(self._locator(path))
                elif not is_folder:
                    real_file = str(path.resolve()) if entry.is_symlink() else f"{real}{os.sep}{entry.name}"
                    yield from self._file(path, real_file, entry.stat(), rules=rules, inner=inner)
                elif entry.is_symlink():
                    self._linked_folders.append(_Folder(path, f"{inner}/", rules))
                else:
                    yield _Folder(path, f"{inner}/", rules)
            except OSError as error:
                yield self._failure(path, error)

    def _leads_out(self, link: Path) -> bool:
        """True for a link to something that lies in none of the roots."""
        if self._roots is None:
            return False
        real = Path(os.path.realpath(link))
        return self._roots.isdisjoint(map(str, (real, *real.parents)))

    def _file(
        self, path: Path, real: str, status: os.stat_result, *, rules: tuple[IgnoreRule, ...] = (), inner: str = ""
    ) -> Iterator[Source | Failure]:
        if real in self._seen:
            return
        self._seen.add(real)
        if stat.S_ISREG(status.st_mode):
            # Only what is in archives is asked for again.
            rules = rules if is_archive_name(path.name) else ()
            yield Source(
                self._locator(path), path, size=status.st_size, modified=status.st_mtime, rules=rules, inner=inner
            )
        else:
            what = _SPECIAL.get(stat.S_IFMT(status.st_mode), "no regular file")
            yield Failure(self._locator(path), "special-file", f"this is {what}", "Name regular files or folders.")

    def _failure(self, path: Path, error: OSError | ValueError) -> Failure:
        locator = self._locator(path)
        match error:
            case FileNotFoundError():
                return Failure(locator, "not-found", "no such file or folder", "Check the name, or the link it is.")
            case PermissionError():
                return Failure(locator, "unreadable", "no permission to read this", "Change its permissions.")
            case OSError():
                return Failure(locator, "unreadable", error.strerror or str(error))
            case _:
                return Failure(locator, "not-found", str(error))

    def _locator(self, path: Path) -> str:
        """Return `path` relative to the base when it lies below it, else whole; always printable and valid text."""
        text = str(path).replace("\0", "")
        if text == str(path):
            shown = self._real_parent(path) / path.name
            text = (shown.relative_to(self._base) if shown.is_relative_to(self._base) else shown).as_posix()
        return printable(text)

    def _real_parent(self, path: Path) -> Path:
        """Return the folder of `path` with links resolved, cached for the next file of the same folder."""
        if self._last_parent[0] != path.parent or self._last_parent[1] == Path():
            try:
                self._last_parent = (path.parent, path.parent.resolve())
            except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself.
                self._last_parent = (path.parent, path.parent.absolute())
        return self._last_parent[1]


def _real_paths(paths: Sequence[str]) -> frozenset[str]:
    # A NUL in a path is reported when it is looked at.
    return frozenset(os.path.realpath(path) for path in paths if path != STANDARD_INPUT and "\0" not in path)


def _rules_of(folder: _Folder) -> tuple[IgnoreRule, ...]:
    file = folder.path / IGNORE_FILE
    if not file.is_file():
        return ()
    return parse_rules(file.read_text(encoding="utf-8", errors="replace"), folder=folder.inner)
