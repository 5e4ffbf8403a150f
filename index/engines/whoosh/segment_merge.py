"""Merging segments into one, without their deleted documents, in bounded memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.engines.arrays.keyword_column import starts_of
from index.engines.arrays.lexicon import write_lexicon
from index.engines.arrays.merging import (
    Source,
    Union,
    by_new_number,
    has_live_documents,
    merge_keyword_field,
    number_together,
    unite,
)
from index.engines.arrays.runs import ranges, repeated
from index.engines.arrays.segment_file import Array, SegmentFileWriter
from index.engines.arrays.sorting import stable_order
from index.engines.whoosh.postings_writer import TextChunk, write_text_field
from index.engines.whoosh.segment import NOT_SHARED, Segment, TextPostings
from index.keywords.values import KEYWORD_FIELDS

__all__ = ["merge_segments"]

# Postings that are sorted at a time; about 100 bytes of memory each.
_CHUNK = 500_000


@dataclass(frozen=True, slots=True)
class _Run:
    """Postings by (term, document), with all their positions one after another."""

    terms: Array
    documents: Array
    counts: Array
    furniture: Array
    positions: Array


def merge_segments(segments: Sequence[Segment], path: Path) -> tuple[int, int, str]:
    """Write the live documents of segments, no two with one id, as one segment of at most `MAX_DOCUMENTS`.

    Returns the number of documents and the size and SHA-256 of the new file.
    """
    sources, ids = number_together(segments)
    size = len(ids)
    with SegmentFileWriter(path) as writer:
        write_lexicon(writer, "id", ids)
        published = [source.segment.published for source in sources]
        writer.add("published_day", by_new_number(sources, published, np.dtype(np.int32), size))
        for field in ("body", "title", "entities"):
            lengths = [source.segment.lengths(field) for source in sources]
            writer.add(f"{field}.lengths", by_new_number(sources, lengths, np.dtype(np.float32), size))
        stems = _merge_text(writer, sources, "body")
        _merge_text(writer, sources, "title")
        _merge_text(writer, sources, "entities")
        _merge_text(writer, sources, "exact", stems=stems)
        for field in KEYWORD_FIELDS:
            merge_keyword_field(writer, sources, field, size)
        return size, *writer.close({"documents": size})


# -- Text --------------------------------------------------------------------------------------------------------


def _merge_text(
    writer: SegmentFileWriter, sources: Sequence[Source[Segment]], field: str, *, stems: Union | None = None
) -> Union:
    fields = [source.segment.text(field) for source in sources]
    is_alive = [
        has_live_documents(source, text.starts, text.documents) for source, text in zip(sources, fields, strict=True)
    ]
    shared_in = [text.shared(range(len(text.lexicon))) for text in fields]
    if stems is not None:
        for flags, shared, stem_alive in zip(is_alive, shared_in, stems.is_alive, strict=True):
            if shared is not None:
                places = np.flatnonzero(shared != NOT_SHARED)
                flags[places] = stem_alive[shared[places].astype(np.int64)]
    union = unite([text.lexicon for text in fields], is_alive)
    shared_out = None if stems is None else _shared_terms(union, stems, shared_in)
    largest = max((int(text.positions.max()) for text in fields if len(text.positions)), default=0)
    chunks = _chunks(sources, fields, union, shared_out)
    write_text_field(writer, field, union.terms, chunks, largest_position=largest, shared=shared_out)
    return union


def _shared_terms(union: Union, stems: Union, shared_in: Sequence[Array | None]) -> Array:
    """Return for each exact term of the merged segment the stem of which it is the only form, else `NOT_SHARED`.

    It must have been so in every segment that has the term or the stem.
    """
    stem = np.full(len(union.terms), -1, np.int64)
    agreeing, having = np.zeros(len(union.terms), np.int64), np.zeros(len(union.terms), np.int64)
    having_stem = np.zeros(len(stems.terms), np.int64)
    for place, shared in enumerate(shared_in):
        having[union.new_numbers[place][union.is_alive[place]]] += 1
        having_stem[stems.new_numbers[place][stems.is_alive[place]]] += 1
        if shared is None:
            continue
        old = np.flatnonzero((shared != NOT_SHARED) & union.is_alive[place])
        new = union.new_numbers[place][old]
        new_stem = stems.new_numbers[place][shared[old].astype(np.int64)]
        is_first = stem[new] < 0
        stem[new[is_first]] = new_stem[is_first]
        agreeing[new[stem[new] == new_stem]] += 1
    out = np.full(len(union.terms), NOT_SHARED, np.int64)
    places = np.flatnonzero((agreeing == having) & (stem >= 0))
    places = places[having_stem[stem[places]] == having[places]]
    out[places] = stem[places]
    return out


def _chunks(
    sources: Sequence[Source[Segment]], fields: Sequence[TextPostings], union: Union, shared_out: Array | None
) -> Iterator[TextChunk]:
    sizes = np.zeros(len(union.terms), np.int64)
    for text, numbers, alive in zip(fields, union.new_numbers, union.is_alive, strict=True):
        sizes[numbers[alive]] += text.frequencies(range(len(text.lexicon)))[alive]
    totals = starts_of(sizes)
    first = 0
    while first < len(union.terms):
        last = max(first + 1, int(np.searchsorted(totals, totals[first] + _CHUNK, side="right")) - 1)
        runs: list[_Run] = []
        for source, text, numbers in zip(sources, fields, union.new_numbers, strict=True):
            low, high = np.searchsorted(numbers, (first, last))
            runs += _runs(source, text, numbers, range(int(low), int(high)))
        yield _merged(runs, range(first, last), shared_out)
        first = last


def _runs(source: Source[Segment], text: TextPostings, new_numbers: Array, old: range) -> Iterator[_Run]:
    """Return the postings of consecutive terms of one segment: their own, then those that they share."""
    first, last = int(text.starts[old.start]), int(text.starts[old.stop])
    places = np.arange(old.start, old.stop)
    yield _run(source, text, new_numbers[old.start : old.stop], places, range(first, last))
    shared = text.shared(old)
    if shared is not None:
        is_shared = shared != NOT_SHARED
        body = source.segment.body
        yield _run(source, body, new_numbers[old.start : old.stop][is_shared], shared[is_shared].astype(np.int64), None)


def _run(source: Source[Segment], text: TextPostings, new: Array, old: Array, span: range | None) -> _Run:
    """Return the postings of the terms `old` of a field; `span` when they are one stretch."""
    frequencies = text.starts[old + 1].astype(np.int64) - text.starts[old]
    if span is not None:
        documents, counts = text.documents[span.start : span.stop], text.between(span.start, span.stop).counts
        furniture = text.furniture_counts(span.start, span.stop)
        positions = text.positions[_stretch(text.position_starts, old)]
    else:
        # Exact terms and stems come in nearly the same order, so that this stretch is not much longer than needed.
        low, high = int(text.starts[old].min(initial=NOT_SHARED)), int(text.starts[old + 1].max(initial=0))
        low = min(low, high)
        places = ranges(text.starts[old].astype(np.int64) - low, frequencies)
        documents, counts = text.documents[low:high][places], text.between(low, high).counts[places]
        furniture = text.furniture_counts(low, high)[places]
        position_starts = text.position_starts[old].astype(np.int64)
        positions = text.positions[
            ranges(position_starts, text.position_starts[old + 1].astype(np.int64) - position_starts)
        ]
    terms, counts = repeated(new, frequencies), counts.astype(np.int64)
    documents = source.new_number[documents]
    keep = documents >= 0
    return _Run(terms[keep], documents[keep], counts[keep], furniture[keep], positions[repeated(keep, counts)])


def _stretch(starts: Array, numbers: Array) -> slice:
    return slice(int(starts[numbers[0]]), int(starts[numbers[-1] + 1])) if len(numbers) else slice(0, 0)


def _merged(runs: Sequence[_Run], terms: range, shared_out: Array | None) -> TextChunk:
    numbers, documents, counts, furniture, positions = (
        np.concatenate([getattr(run, name) for run in runs]) for name in _Run.__slots__
    )
    order = stable_order(numbers - terms.start, documents)
    if shared_out is not None:
        order = order[shared_out[numbers[order]] == NOT_SHARED]
    position_starts = starts_of(counts)[:-1]
    return TextChunk(
        frequencies=np.bincount(numbers[order] - terms.start, minlength=len(terms)),
        documents=documents[order],
        counts=counts[order],
        positions=positions[ranges(position_starts[order], counts[order])],
        furniture=furniture[order] if furniture.any() else None,
    )
