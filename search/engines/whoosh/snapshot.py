"""One commit of an index, opened for searching: its segments, and the figures of all of them together."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import numpy as np

from index.engines.arrays.lexicon import Lexicon
from index.engines.arrays.segment_file import Array
from index.engines.manifest import SegmentEntry
from index.engines.scoring import inverse_document_frequency
from index.engines.whoosh.segment import Segment
from index.fields import TEXT_FIELDS
from search.engines.arrays.expansion import total_frequencies
from search.engines.arrays.frequencies import keyword_frequencies, live_counts
from search.engines.arrays.scoring import length_factor, title_length_factor
from search.engines.arrays.selections import LanguageMasks

__all__ = ["Snapshot"]


class Snapshot:
    """One open commit, which never changes.

    Frequencies count live documents only, so that after a deletion every score is as if the document had never been.
    """

    def __init__(self, generation: str, opened: Mapping[SegmentEntry, Segment]) -> None:
        self.generation = generation
        self.opened = opened
        """The segments by their entry in the manifest."""
        self.segments: tuple[Segment, ...] = tuple(opened.values())
        self.document_count = sum(segment.live_count for segment in self.segments)
        self._language_masks = LanguageMasks(self.segments)

    @cached_property
    def length_factors(self) -> dict[str, list[Array]]:
        """`scoring.length_factor` of every document, by text field and segment."""
        body, title = self._average("body"), self._average("title")
        body_factors = [length_factor(segment.lengths("body"), body) for segment in self.segments]
        title_factors = [title_length_factor(segment.lengths("title"), title) for segment in self.segments]
        # Exact terms and entities stand in the same bodies.
        return {"body": body_factors, "exact": body_factors, "entities": body_factors, "title": title_factors}

    def _average(self, field: str) -> float:
        total = 0.0
        for segment in self.segments:
            lengths = segment.lengths(field)
            total += float(np.sum(lengths if segment.live is None else lengths[segment.live], dtype=np.float64))
        return total / max(self.document_count, 1)

    def lexicons(self, field: str) -> Iterator[tuple[Segment, Lexicon]]:
        """Yield each segment with its lexicon of a text or keyword field."""
        for segment in self.segments:
            yield segment, segment.text(field).lexicon if field in TEXT_FIELDS else segment.keyword(field).lexicon

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the live documents, in code point order."""
        return tuple(sorted(self.frequencies("languages", "")))

    def language_masks(self, languages: Iterable[str]) -> list[Array]:
        """Return for each segment a mask of the documents in any of these languages."""
        return self._language_masks.any_of(languages)

    def frequency(self, field: str, term: str) -> int:
        """Return the number of documents with a term or keyword value."""
        return sum(
            live_frequency(segment, field, number)
            for segment, lexicon in self.lexicons(field)
            if (number := lexicon.find(term)) is not None
        )

    def frequencies(self, field: str, prefix: str) -> dict[str, int]:
        """Return the number of documents with each term that begins with `prefix`; terms without any are left out."""
        return total_frequencies(self, field, prefix)

    def live_frequencies(self, segment: Segment, field: str, numbers: range) -> Array:
        """Return the number of live documents of a segment that have each of consecutive terms or values."""
        return live_frequencies(segment, field, numbers)

    def inverse_document_frequency(self, documents: int) -> float:
        """Return the inverse document frequency of a term that this number of documents have."""
        return inverse_document_frequency(documents, self.document_count)

    def find(self, document_id: str) -> tuple[int, int] | None:
        """Return the number of the segment and of the document in it, or None."""
        for place, segment in enumerate(self.segments):
            number = segment.ids.find(document_id)
            if number is not None and (segment.live is None or segment.live[number]):
                return place, number
        return None


def live_frequency(segment: Segment, field: str, number: int) -> int:
    """Return the number of live documents of a segment with a term or value."""
    return int(live_frequencies(segment, field, range(number, number + 1))[0])


def live_frequencies(segment: Segment, field: str, numbers: range) -> Array:
    """Return `live_frequency` of consecutive terms or values."""
    if field not in TEXT_FIELDS:
        return keyword_frequencies(segment, field, numbers)
    text = segment.text(field)
    if segment.live is None:
        return text.frequencies(numbers)
    if field == "exact":
        # Terms that share the postings of a stem do not lie side by side.
        parts = [np.count_nonzero(segment.live[text.postings(number).documents]) for number in numbers]
        return np.array(parts, np.int64)
    starts = text.starts[numbers.start : numbers.stop + 1].astype(np.int64)
    return live_counts(segment, starts, text.documents[int(starts[0]) : int(starts[-1])] if len(starts) else starts)
