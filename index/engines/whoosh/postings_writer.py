"""Writing the fields of a segment in the layout that `index.engines.whoosh.segment` reads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from index.engines.arrays.keyword_column import starts_of
from index.engines.arrays.lexicon import write_lexicon
from index.engines.arrays.segment_file import Array, SegmentFileWriter

__all__ = ["TextChunk", "write_text_field"]

_MAX_SMALL_COUNT = 255


@dataclass(frozen=True, slots=True)
class TextChunk:
    """The postings of consecutive terms.

    For each term how many postings it has, then for each posting its document, how often the term occurs there, how
    often of these in page furniture (None: never), then all positions.
    """

    frequencies: Array
    documents: Array
    counts: Array
    positions: Array
    furniture: Array | None = None


def write_text_field(
    writer: SegmentFileWriter,
    field: str,
    terms: Sequence[str],
    chunks: Iterable[TextChunk],
    *,
    largest_position: int,
    shared: Array | None = None,
) -> None:
    """Store a text field; the chunks together cover all terms in order.

    Positions are written as they come; the rest, a few bytes for each posting, is kept in memory until then.
    """
    write_lexicon(writer, field, terms)
    narrow = np.dtype(np.uint16 if largest_position < 1 << 16 else np.uint32)
    frequencies, documents, counts, term_sizes = [], [], [], []
    large: list[tuple[Array, Array]] = []
    furniture: list[tuple[Array, Array]] = []
    written = 0
    writer.start(f"{field}.positions", narrow)
    for chunk in chunks:
        writer.extend(chunk.positions)
        frequencies.append(chunk.frequencies)
        documents.append(chunk.documents.astype(np.uint16))
        counts.append(np.minimum(chunk.counts, _MAX_SMALL_COUNT).astype(np.uint8))
        term_sizes.append(_sums(chunk.counts, starts_of(chunk.frequencies)))
        large.append(_exceptions(chunk.counts, chunk.counts > _MAX_SMALL_COUNT, written))
        if chunk.furniture is not None:
            furniture.append(_exceptions(chunk.furniture, chunk.furniture > 0, written))
        written += len(chunk.documents)
    writer.add(f"{field}.starts", starts_of(_joined(frequencies, np.int64)).astype(np.uint32))
    writer.add(f"{field}.position_starts", _smallest(starts_of(_joined(term_sizes, np.int64))))
    writer.add(f"{field}.documents", _joined(documents, np.uint16))
    writer.add(f"{field}.counts", _joined(counts, np.uint8))
    for name, exceptions in (("large", large), ("furniture", furniture)):
        writer.add(f"{field}.{name}_postings", _joined([places for places, _ in exceptions], np.uint32))
        writer.add(f"{field}.{name}_counts", _joined([values for _, values in exceptions], np.uint32))
    if shared is not None:
        writer.add(f"{field}.shared", shared.astype(np.uint32))


def _sums(values: Array, starts: Array) -> Array:
    totals = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=totals[1:])
    return totals[starts[1:]] - totals[starts[:-1]]


def _exceptions(values: Array, is_exception: Array, base: int) -> tuple[Array, Array]:
    places = np.flatnonzero(is_exception)
    return (places + base).astype(np.uint32), values[places].astype(np.uint32)


def _joined(parts: Sequence[Array], dtype: type) -> Array:
    return np.concatenate(parts) if parts else np.zeros(0, dtype)


def _smallest(starts: Array) -> Array:
    return starts.astype(np.uint64 if int(starts[-1]) >> 32 else np.uint32)
