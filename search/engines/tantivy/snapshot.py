"""One commit of an index, opened for searching: its parts, and the figures of all of them together."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from index.engines.arrays.lexicon import Lexicon
from index.engines.arrays.segment_file import Array
from index.engines.files import REBUILD
from index.engines.manifest import Manifest
from index.engines.scoring import inverse_document_frequency
from index.engines.tantivy.part import Part
from index.engines.tantivy.part_store import OpenFiles
from index.errors import IndexDamagedError
from index.fields import TEXT_FIELDS
from search.engines.arrays.expansion import total_frequencies
from search.engines.arrays.frequencies import keyword_frequencies
from search.engines.arrays.scoring import length_factor, title_length_factor
from search.engines.arrays.selections import LanguageMasks
from search.engines.tantivy.library import Library

__all__ = ["Snapshot"]


class Snapshot:
    """One open commit, which never changes.

    Frequencies count live documents only, so that after a deletion every score is as if the document had never been.
    """

    def __init__(self, folder: Path, manifest: Manifest, files: OpenFiles) -> None:
        self._folder = folder
        self.generation = manifest.generation
        self.opened = files.parts
        """The parts by their entry in the manifest."""
        self.parts: tuple[Part, ...] = tuple(files.parts.values())
        self.library = Library(folder, files.searcher, files.schema, manifest.next_number)
        self.document_count = sum(part.live_count for part in self.parts)
        self.live: list[Array] = [
            np.ones(part.size, np.bool_) if part.live is None else part.live for part in self.parts
        ]
        self._next_number = manifest.next_number
        self._language_masks = LanguageMasks(self.parts)

    @cached_property
    def length_factors(self) -> dict[str, list[Array]]:
        """`scoring.length_factor` of every document, by text field and part."""
        body, title = self._average("body"), self._average("title")
        body_factors = [length_factor(part.lengths("body"), body) for part in self.parts]
        title_factors = [title_length_factor(part.lengths("title"), title) for part in self.parts]
        # Exact terms and entities stand in the same bodies.
        return {"body": body_factors, "exact": body_factors, "entities": body_factors, "title": title_factors}

    def _average(self, field: str) -> float:
        lengths = (part.lengths(field)[live] for part, live in zip(self.parts, self.live, strict=True))
        return sum(float(np.sum(part, dtype=np.float64)) for part in lengths) / max(self.document_count, 1)

    @cached_property
    def _rows_by_number(self) -> Array:
        """For each number of a document, its row over all parts one after another, -1 for none."""
        rows = np.full(self._next_number, -1, np.int64)
        first = 0
        for part in self.parts:
            rows[part.numbers] = np.arange(first, first + part.size)
            first += part.size
        return rows

    @cached_property
    def _first_rows(self) -> Array:
        return np.cumsum([0, *(part.size for part in self.parts)])

    def places(self, numbers: Array) -> tuple[Array, Array]:
        """Return the part and the row of each of these documents; raises `IndexDamagedError` for unknown numbers."""
        is_known = not len(numbers) or (numbers.min() >= 0 and numbers.max() < self._next_number)
        rows = self._rows_by_number[numbers] if is_known else np.array([-1])
        if len(rows) and rows.min() < 0:
            raise IndexDamagedError(f"The index in {self._folder} finds documents that it does not have. {REBUILD}")
        places = np.searchsorted(self._first_rows, rows, side="right") - 1
        return places, rows - self._first_rows[places]

    def masks(self, flags: Array) -> list[Array]:
        """Return a mask of the documents of each part from a flag for each number."""
        return [flags[part.numbers] for part in self.parts]

    # -- Terms -------------------------------------------------------------------------------------------------------

    def lexicons(self, field: str) -> Iterator[tuple[Part, Lexicon]]:
        """Yield each part with its lexicon of a text or keyword field."""
        for part in self.parts:
            yield part, part.lexicon(field)

    def live_frequencies(self, segment: Part, field: str, numbers: range) -> Array:
        """Return the number of live documents of a part that have each of consecutive terms or values."""
        if field in TEXT_FIELDS:
            return segment.live_frequencies(field, numbers)
        return keyword_frequencies(segment, field, numbers)

    def frequency(self, field: str, term: str) -> int:
        """Return the number of documents with a term or keyword value."""
        total = 0
        for part, lexicon in self.lexicons(field):
            number = lexicon.find(term)
            if number is not None:
                total += int(self.live_frequencies(part, field, range(number, number + 1))[0])
        return total

    def frequencies(self, field: str, prefix: str) -> dict[str, int]:
        """Return the number of documents with each term that begins with `prefix`; terms without any are left out."""
        return total_frequencies(self, field, prefix)

    def inverse_document_frequency(self, documents: int) -> float:
        """Return the inverse document frequency of a term that this number of documents have."""
        return inverse_document_frequency(documents, self.document_count)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the live documents, in code point order."""
        return tuple(sorted(self.frequencies("languages", "")))

    def language_masks(self, languages: Iterable[str]) -> list[Array]:
        """Return for each part a mask of the documents in any of these languages."""
        return self._language_masks.any_of(languages)

    def find(self, document_id: str) -> tuple[int, int] | None:
        """Return the number of the part and the row of a document in it, or None."""
        for place, part in enumerate(self.parts):
            row = part.ids.find(document_id)
            if row is not None and (part.live is None or part.live[row]):
                return place, row
        return None
