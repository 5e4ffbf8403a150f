"""Files that were found before a run, by one who watches folders."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from index.model import Failure
from index.readers.base import Source

__all__ = ["Seen"]


@dataclass(frozen=True, slots=True)
class Seen:
    """Files to be read by a run, instead of all that are in the folders.

    `present` are the locators of all files that are there, `gone` those of files that are there no more: pruning
    forgets no file that is present. `failures` are folders and files that cannot be looked at, `found` holds those of
    them that are new. `is_first` is true before anything was read: what the catalog knows and is not present is gone.
    """

    found: tuple[Source | Failure, ...]
    present: Collection[str]
    gone: frozenset[str] = frozenset()
    failures: tuple[Failure, ...] = ()
    is_first: bool = False

    def settled(self, files: Iterable[str]) -> frozenset[str]:
        """Return those of the files that the run reads or finds gone: what failed in them before is over then."""
        if self.is_first:
            return frozenset(files)
        read = {item.locator for item in self.found}
        return frozenset(file for file in files if file in read or file not in self.present)
