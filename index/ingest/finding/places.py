"""Places that a user named to be indexed: paths and standard input, and the files that are found there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from index.archive import Archive
from index.errors import UsageError
from index.ingest.finding.roots import root_locators
from index.model import Failure
from index.readers.base import STANDARD_INPUT, Source
from index.readers.sources import find_sources
from index.readers.standard_input import save_standard_input

__all__ = ["Places", "open_places"]

# Reasons why a path that was named itself cannot be looked into.
_UNREACHABLE: Final = {"not-found": "is not there", "unreadable": "cannot be read", "index-folder": "is an index"}


@dataclass(slots=True)
class Places:
    """Paths, and standard input if it is one of them. `links` are those that were met and not followed."""

    paths: Sequence[str]
    archive: Archive
    standard_input: Source | Failure | None = None
    links: set[str] = field(default_factory=set)

    @property
    def roots(self) -> tuple[str, ...]:
        """The beginnings of the locators of all that is below the paths."""
        return root_locators(self.paths, base=self.archive.base)

    def find(self) -> Iterator[Source | Failure]:
        """Yield the files; may be called again."""
        return self._find(self.paths)

    def count(self) -> int:
        """Count the files."""
        return sum(isinstance(item, Source) for item in self.find())

    def require_files(self, *, is_known: Callable[[str], bool]) -> None:
        """Raise `UsageError` when nothing can be said to be gone from a path: it is missing, unreadable or empty.

        A disk that is not there looks like a folder without files. `is_known` is true for the locator of a file of
        which articles are known: it was named itself, and may well be gone.
        """
        for path in self.paths:
            if path == STANDARD_INPUT or any(map(is_known, root_locators([path], base=self.archive.base))):
                continue
            cause = "holds no files"
            for item in self._find([path]):
                if isinstance(item, Source):
                    break
                if item.reason != "not-found" or not Path(path).is_dir():
                    cause = _UNREACHABLE.get(item.reason, cause)
            else:
                advice = "Name a folder that is there, or leave it out."
                raise UsageError(f"{path} {cause}: --prune forgets nothing then. {advice}")

    def require_one(self) -> None:
        """Raise `UsageError` when none of the paths is there, a typo in all likelihood."""
        first = [next(self._find([path]), None) for path in self.paths]
        failures = [item for item in first if isinstance(item, Failure) and item.locator in self.roots]
        if failures and len(failures) == len(first):
            raise UsageError(f"{failures[0].locator}: {failures[0].message}. {failures[0].hint}")

    def is_there(self, path: str) -> bool:
        """Return whether a path is there and, when it is a folder, can be looked into."""
        return all(isinstance(item, Source) or item.locator not in self.roots for item in self._find([path]))

    def _find(self, paths: Sequence[str]) -> Iterator[Source | Failure]:
        return find_sources(
            paths,
            base=self.archive.base,
            exclude=(self.archive.folder,),
            standard_input=self.standard_input,
            follows_links=self.archive.settings.follow_links,
            on_link=self.links.add,
        )


@contextmanager
def open_places(paths: Sequence[str], archive: Archive, *, name: str | None) -> Iterator[Places]:
    """Yield the places that `paths` name; standard input is read first, and called `name` if that is given."""
    with save_standard_input(paths, name=name) as standard_input:
        yield Places(paths, archive, standard_input)
