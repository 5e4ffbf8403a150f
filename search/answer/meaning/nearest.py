"""Find the articles whose vectors are nearest to one: in the file of vectors, or without it in the catalog."""

from collections.abc import Container, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from index.catalog.reader import CatalogReader
from index.recognizer.encoder.vector_rows import count_rows

if TYPE_CHECKING:
    from index.recognizer.encoder.vectors import Vector

__all__ = ["Near", "NearestArticles"]

# Texts that have little to do with each other have a cosine below this: see the model card of the encoder.
_LEAST: Final = 0.25
_VECTORS_AT_ONCE: Final = 10_000
# Rows of articles that changed since stay in the file: so many more are taken at first.
_SPARE: Final = 50


class Near(Struct, frozen=True):
    """An article and the cosine of its vector."""

    id: str
    cosine: float


class NearestArticles:
    """Finds articles by vectors, in one committed state of an archive.

    The order and the cosines come from the catalog of that state; the file only tells where to look.
    """

    def __init__(self, catalog: CatalogReader, vectors_file: Path | None) -> None:
        """`vectors_file` None, and a file that was lost, mean that all vectors are read from the catalog."""
        self._catalog = catalog
        self._file = vectors_file

    def find(
        self, vector: "Vector", *, limit: int, without: str = "", among: Container[str] | None = None
    ) -> tuple[Near, ...]:
        """Return the nearest articles, nearest first, ties by id; none that has little to do with the vector.

        `without` is an article to leave out, `among` are those that may be found.
        """
        # Importing NumPy and the encoder is not for every search.
        from index.recognizer.encoder.vectors import cosines

        wanted = limit + _SPARE
        while True:
            numbers, is_all = self._numbers(vector, wanted)
            ids = self._catalog.articles_of_vectors(numbers)
            stored = self._catalog.vectors([ids[number] for number in numbers if number in ids])
            found = [Near(*pair) for pair in zip(stored, cosines(vector, list(stored.values())), strict=True)]
            found.sort(key=lambda near: (-near.cosine, near.id))
            is_exhausted = is_all or (bool(found) and found[-1].cosine < _LEAST)
            near = [
                item
                for item in found
                if item.cosine >= _LEAST and item.id != without and (among is None or item.id in among)
            ]
            if len(near) >= limit or is_exhausted:
                return tuple(near[:limit])
            wanted *= 4

    def _numbers(self, vector: "Vector", limit: int) -> tuple[list[int], bool]:
        """Return the numbers of the nearest vectors, and whether there are no others."""
        from index.recognizer.encoder.matrix import nearest_rows, nearest_vectors

        rows = self._catalog.vector_rows()
        if self._file is not None and rows and count_rows(self._file) >= rows:
            found = nearest_rows(self._file, rows, vector, limit=limit)
        else:
            found = nearest_vectors(self._stored(), vector, limit=limit)
        return found, len(found) < limit

    def _stored(self) -> Iterator[tuple[int, bytes]]:
        last = 0
        while batch := self._catalog.vectors_after(last, limit=_VECTORS_AT_ONCE):
            yield from ((number, vector) for number, _, vector in batch)
            last = batch[-1][0]
