"""Forgets what is gone: files that are no longer there, and articles that are no longer in their file."""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.catalog.store import Catalog
from index.ingest.comparison.states import ALL_ARTICLES
from index.ingest.finding.roots import is_under
from index.model import Failure
from index.readers.archives.members import MEMBER

__all__ = ["Gone", "Pruning"]

# Failures after which nobody can say that a file is gone: it may be there, and could not be looked at. When this one
# is the reason, it is gone.
_GONE = "not-found"
_FILES_AT_ONCE = 500
_FILES_A_PAGE = 10_000
# Only a smaller part of the archive is forgotten without being asked.
_LARGEST_PART = 10


class _Hashes:
    """A set of texts by their 64-bit hashes, for millions: first all are added, then it is asked.

    Measured with a million ids of 50 characters: 8 MB, where a set of the texts takes 130 MB and one of their hashes
    80 MB. Of a million things that are gone, among ten million that are there, one is taken to be there with a chance
    of one in two million.
    """

    def __init__(self) -> None:
        self._hashes = array("q")
        self._is_sorted = True

    def add(self, text: str) -> None:
        self._hashes.append(hash(text))
        self._is_sorted = False

    def __contains__(self, text: object) -> bool:
        if not self._is_sorted:
            # In place, without an object for each number.
            np.frombuffer(self._hashes, dtype=np.int64).sort()
            self._is_sorted = True
        wanted = hash(text)
        at = bisect_left(self._hashes, wanted)
        return at < len(self._hashes) and self._hashes[at] == wanted


@dataclass(frozen=True, slots=True)
class Gone:
    """Files that are gone, articles that are gone from files that are there, and how many articles that is."""

    files: Sequence[str] = ()
    articles: Sequence[str] = ()
    count: int = 0

    def is_much_of(self, catalog: Catalog) -> bool:
        """True when it is more than a tenth of all articles: perhaps a disk is missing, and nothing is gone."""
        return self.count * _LARGEST_PART > sum(catalog.stages.count_extractions().values())

    def forget(self, catalog: Catalog) -> int:
        """Forget it, and return how many articles that was."""
        removed = 0
        for start in range(0, len(self.files), _FILES_AT_ONCE):
            removed += catalog.remove_files(self.files[start : start + _FILES_AT_ONCE])
        return removed + (catalog.remove(self.articles) if self.articles else 0)


class Pruning:
    """Remembers the files and articles met in a run, and tells which others are gone."""

    def __init__(self, roots: Sequence[str], *, present: Collection[str] = ()) -> None:
        """`roots` are the locators under which things are forgotten, `present` files that are there in any case."""
        self._roots = roots
        self._present = present
        self._whole = _Hashes()
        self._read = _Hashes()
        self._articles = _Hashes()
        self._failed: set[str] = set()
        self._failed_members: dict[str, set[str]] = {}

    def note_seen(self, file: str, ids: Iterable[str]) -> None:
        """Articles of a file that are there; `ALL_ARTICLES` for one that looks as it did."""
        is_read = False
        for article_id in ids:
            if article_id == ALL_ARTICLES:
                self._whole.add(file)
            else:
                self._articles.add(article_id)
                is_read = True
        if is_read:
            self._read.add(file)

    def note_failure(self, file: str, failure: Failure) -> None:
        """Remember a file that could not be read, or one in an archive: nothing of it is forgotten."""
        if failure.reason == _GONE:
            return
        if failure.locator.startswith(file + MEMBER):
            self._failed_members.setdefault(file, set()).add(failure.locator.partition("#")[0])
        else:
            self._failed.add(file)

    def gone(self, catalog: Catalog) -> Gone:
        """Return what is gone, once everything was met that is there."""
        files: list[str] = []
        articles: list[str] = []
        for file in _files(catalog):
            if not is_under(file, self._roots) or is_under(file, self._failed) or file in self._whole:
                continue
            if file in self._read:
                articles.extend(self._gone_from(file, catalog))
            elif file not in self._present:
                files.append(file)
        count = sum(catalog.known.count_articles_of(files).values()) + len(articles)
        return Gone(files, articles, count)

    def _gone_from(self, file: str, catalog: Catalog) -> Iterator[str]:
        """Yield the articles that are gone from a file that was read."""
        failed = self._failed_members.get(file)
        locators = catalog.known.locators_of(file) if failed else dict.fromkeys(catalog.known.ids_of(file), "")
        for article_id, locator in locators.items():
            if article_id not in self._articles and not (failed and _is_within(locator, failed)):
                yield article_id


def _is_within(locator: str, members: set[str]) -> bool:
    """True when an article is one of `members` of an archive, or lies in one.

    >>> _is_within("a.zip!/b.zip!/c.csv#1", {"a.zip!/b.zip"}), _is_within("a.zip!/b.txt", {"a.zip!/b"})
    (True, False)
    """
    name = locator.partition("#")[0]
    while name:
        if name in members:
            return True
        name = name.rpartition(MEMBER)[0]
    return False


def _files(catalog: Catalog) -> Iterator[str]:
    """Yield all files that articles of the catalog are from."""
    last = ""
    while files := catalog.known.files(after=last, limit=_FILES_A_PAGE):
        yield from files
        last = files[-1]
