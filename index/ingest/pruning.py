"""Forgetting what is gone: files that are no longer there, and articles that are no longer in their file."""

from collections.abc import Sequence

from index.catalog.states import CatalogStates
from index.catalog.store import Catalog
from index.ingest.roots import is_under
from index.ingest.work import ALL_ARTICLES
from index.model import Failure

__all__ = ["Pruning"]

# Failures after which nobody can say that a file is gone: it may be there, and could not be looked at. When this one
# is the reason, it is gone.
_GONE = "not-found"
_FILES_AT_ONCE = 500


class Pruning:
    """What was met in a run, and what is to be forgotten after it.

    Keeps the hashes of locators and ids, eight bytes each in place of the texts: with ten million of them the chance
    that one thing too few is forgotten is one in half a million.
    """

    def __init__(self, roots: Sequence[str]) -> None:
        """`roots` are the locators under which things are forgotten."""
        self._roots = roots
        self._whole: set[int] = set()
        self._read: set[int] = set()
        self._articles: set[int] = set()
        self._failed: set[str] = set()

    def note_seen(self, seen: Sequence[tuple[str, str]]) -> None:
        """These articles are there."""
        for file, article_id in seen:
            if article_id == ALL_ARTICLES:
                self._whole.add(hash(file))
            else:
                self._read.add(hash(file))
                self._articles.add(hash(article_id))

    def note_failure(self, file: str, failure: Failure) -> None:
        """Of what could not be read, nothing is forgotten."""
        if failure.reason != _GONE:
            self._failed.add(file)

    def forget(self, catalog: Catalog, states: CatalogStates) -> int:
        """Forget what is gone and return how many articles that was."""
        files, articles = self._gone(states)
        removed = 0
        for start in range(0, len(files), _FILES_AT_ONCE):
            removed += catalog.remove_files(files[start : start + _FILES_AT_ONCE])
        return removed + (catalog.remove(articles) if articles else 0)

    def count(self, states: CatalogStates) -> int:
        """How many articles `forget` would forget."""
        files, articles = self._gone(states)
        return sum(states.count_articles_of(file) for file in files) + len(articles)

    def _gone(self, states: CatalogStates) -> tuple[list[str], list[str]]:
        files: list[str] = []
        articles: list[str] = []
        for file in states.files():
            if not is_under(file, self._roots) or is_under(file, self._failed) or hash(file) in self._whole:
                continue
            if hash(file) in self._read:
                articles.extend(key for key in states.articles_of(file) if hash(key) not in self._articles)
            else:
                files.append(file)
        return files, articles
