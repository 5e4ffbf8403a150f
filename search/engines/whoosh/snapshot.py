"""One commit of an index, opened for searching: its segments, and the figures of all of them together."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from index.engines.scoring import inverse_document_frequency
from index.engines.whoosh.lexicon import Lexicon
from index.engines.whoosh.manifest import SegmentEntry
from index.engines.whoosh.segment import Segment
from index.engines.whoosh.segment_file import Array
from index.fields import TEXT_FIELDS
from search.engines.whoosh.scoring import length_factor, title_length_factor

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
        self._masks: dict[str, list[Array]] = {}

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
        masks = [np.zeros(segment.size, np.bool_) for segment in self.segments]
        for language in languages:
            if language not in self._masks:
                self._masks[language] = [keyword_mask(segment, "languages", (language,)) for segment in self.segments]
            for mask, found in zip(masks, self._masks[language], strict=True):
                mask |= found
        return masks

    def frequency(self, field: str, term: str) -> int:
        """Return the number of documents with a term or keyword value."""
        return sum(
            live_frequency(segment, field, number)
            for segment, lexicon in self.lexicons(field)
            if (number := lexicon.find(term)) is not None
        )

    def frequencies(self, field: str, prefix: str) -> dict[str, int]:
        """Return the number of documents with each term that begins with `prefix`; terms without any are left out."""
        totals: dict[str, int] = {}
        for segment, lexicon in self.lexicons(field):
            numbers = lexicon.with_prefix(prefix)
            counts = live_frequencies(segment, field, numbers)
            for term, count in zip(lexicon.slice(numbers), counts.tolist(), strict=True):
                if count:
                    totals[term] = totals.get(term, 0) + count
        return totals

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


def keyword_mask(segment: Segment, field: str, values: Sequence[str]) -> Array:
    """Return a mask of the documents of a segment with any of the values."""
    column = segment.keyword(field)
    mask = np.zeros(segment.size, np.bool_)
    for value in values:
        number = column.lexicon.find(value)
        if number is not None:
            mask[column.value_documents(range(number, number + 1))] = True
    return mask


def live_frequency(segment: Segment, field: str, number: int) -> int:
    """Return the number of live documents of a segment with a term or value."""
    return int(live_frequencies(segment, field, range(number, number + 1))[0])


def live_frequencies(segment: Segment, field: str, numbers: range) -> Array:
    """Return `live_frequency` of consecutive terms or values."""
    if field not in TEXT_FIELDS:
        column = segment.keyword(field)
        starts = column.starts[numbers.start : numbers.stop + 1].astype(np.int64)
        return _live_counts(segment, starts, column.value_documents(numbers))
    text = segment.text(field)
    if segment.live is None:
        return text.frequencies(numbers)
    if field == "exact":
        # Terms that share the postings of a stem do not lie side by side.
        parts = [np.count_nonzero(segment.live[text.postings(number).documents]) for number in numbers]
        return np.array(parts, np.int64)
    starts = text.starts[numbers.start : numbers.stop + 1].astype(np.int64)
    return _live_counts(segment, starts, text.documents[int(starts[0]) : int(starts[-1])] if len(starts) else starts)


def _live_counts(segment: Segment, starts: Array, documents: Array) -> Array:
    if segment.live is None or not len(starts):
        return np.diff(starts)
    totals = np.concatenate(([0], np.cumsum(segment.live[documents])))
    places = starts - starts[0]
    counts: Array = totals[places[1:]] - totals[places[:-1]]
    return counts
