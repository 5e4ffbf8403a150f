"""Merging segments into one, without their deleted documents, in bounded memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.engines.whoosh.lexicon import Lexicon, write_lexicon
from index.engines.whoosh.postings_writer import TextChunk, starts_of, write_keyword_field, write_text_field
from index.engines.whoosh.segment import NOT_SHARED, Segment, TextPostings
from index.engines.whoosh.segment_file import Array, SegmentFileWriter
from index.fields import FACET_FIELDS
from index.keywords.values import KEYWORD_FIELDS

__all__ = ["merge_segments"]

# Postings that are sorted at a time; about 100 bytes of memory each.
_CHUNK = 500_000


@dataclass(frozen=True, slots=True)
class _Source:
    """A segment and, for each of its documents, the number in the merged segment (-1: deleted)."""

    segment: Segment
    new_number: Array


@dataclass(frozen=True, slots=True)
class _Union:
    """The union of several lexicons, and the new number of each term of each lexicon.

    Terms that no live document has are left out; their number is that of the next term that stays.
    """

    terms: list[str]
    new_numbers: list[Array]
    is_alive: list[Array]


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
    sources, ids = _number_documents(segments)
    size = len(ids)
    with SegmentFileWriter(path) as writer:
        write_lexicon(writer, "id", ids)
        published = [source.segment.published for source in sources]
        writer.add("published_day", _by_new_number(sources, published, np.dtype(np.int32), size))
        for field in ("body", "title", "entities"):
            lengths = [source.segment.lengths(field) for source in sources]
            writer.add(f"{field}.lengths", _by_new_number(sources, lengths, np.dtype(np.float32), size))
        stems = _merge_text(writer, sources, "body")
        _merge_text(writer, sources, "title")
        _merge_text(writer, sources, "entities")
        _merge_text(writer, sources, "exact", stems=stems)
        for field in KEYWORD_FIELDS:
            _merge_keyword(writer, sources, field, size)
        return size, *writer.close({"documents": size})


def _number_documents(segments: Sequence[Segment]) -> tuple[list[_Source], list[str]]:
    entries: list[tuple[str, int, int]] = []
    for place, segment in enumerate(segments):
        live = segment.live
        entries += [(name, place, n) for n, name in enumerate(segment.ids) if live is None or live[n]]
    entries.sort()
    numbers = [np.full(segment.size, -1, np.int64) for segment in segments]
    for new, (_, place, old) in enumerate(entries):
        numbers[place][old] = new
    return [_Source(*pair) for pair in zip(segments, numbers, strict=True)], [name for name, _, _ in entries]


def _by_new_number(
    sources: Sequence[_Source], columns: Sequence[Array], dtype: "np.dtype[np.generic]", size: int
) -> Array:
    out = np.zeros(size, dtype)
    for source, column in zip(sources, columns, strict=True):
        keep = source.new_number >= 0
        out[source.new_number[keep]] = column[keep]
    return out


def _unite(lexicons: Sequence[Lexicon], is_alive: list[Array]) -> _Union:
    lists = [list(lexicon) for lexicon in lexicons]
    alive: set[str] = set()
    for terms, flags in zip(lists, is_alive, strict=True):
        alive.update(term for term, flag in zip(terms, flags.tolist(), strict=True) if flag)
    united = sorted(alive)
    rank = {term: number for number, term in enumerate(united)}
    new_numbers = []
    for terms in lists:
        numbers = np.fromiter((rank.get(term, -1) for term in terms), np.int64, len(terms))
        # Terms that are gone take the number of the next that stays, so that the numbers keep ascending.
        numbers[numbers < 0] = len(united)
        new_numbers.append(np.minimum.accumulate(numbers[::-1])[::-1] if len(numbers) else numbers)
    return _Union(united, new_numbers, is_alive)


def _has_live_documents(source: _Source, starts: Array, documents: Array) -> Array:
    """Return a mask of the runs of postings with a document that stays."""
    totals = np.concatenate(([0], np.cumsum(source.new_number[documents] >= 0)))
    return totals[starts[1:]] > totals[starts[:-1]]


# -- Text --------------------------------------------------------------------------------------------------------


def _merge_text(
    writer: SegmentFileWriter, sources: Sequence[_Source], field: str, *, stems: _Union | None = None
) -> _Union:
    fields = [source.segment.text(field) for source in sources]
    is_alive = [
        _has_live_documents(source, text.starts, text.documents) for source, text in zip(sources, fields, strict=True)
    ]
    shared_in = [text.shared(range(len(text.lexicon))) for text in fields]
    if stems is not None:
        for flags, shared, stem_alive in zip(is_alive, shared_in, stems.is_alive, strict=True):
            if shared is not None:
                places = np.flatnonzero(shared != NOT_SHARED)
                flags[places] = stem_alive[shared[places].astype(np.int64)]
    union = _unite([text.lexicon for text in fields], is_alive)
    shared_out = None if stems is None else _shared_terms(union, stems, shared_in)
    largest = max((int(text.positions.max()) for text in fields if len(text.positions)), default=0)
    chunks = _chunks(sources, fields, union, shared_out)
    write_text_field(writer, field, union.terms, chunks, largest_position=largest, shared=shared_out)
    return union


def _shared_terms(union: _Union, stems: _Union, shared_in: Sequence[Array | None]) -> Array:
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
    sources: Sequence[_Source], fields: Sequence[TextPostings], union: _Union, shared_out: Array | None
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


def _runs(source: _Source, text: TextPostings, new_numbers: Array, old: range) -> Iterator[_Run]:
    """Return the postings of consecutive terms of one segment: their own, then those that they share."""
    first, last = int(text.starts[old.start]), int(text.starts[old.stop])
    places = np.arange(old.start, old.stop)
    yield _run(source, text, new_numbers[old.start : old.stop], places, range(first, last))
    shared = text.shared(old)
    if shared is not None:
        is_shared = shared != NOT_SHARED
        body = source.segment.body
        yield _run(source, body, new_numbers[old.start : old.stop][is_shared], shared[is_shared].astype(np.int64), None)


def _run(source: _Source, text: TextPostings, new: Array, old: Array, span: range | None) -> _Run:
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
        places = _ranges(text.starts[old].astype(np.int64) - low, frequencies)
        documents, counts = text.documents[low:high][places], text.between(low, high).counts[places]
        furniture = text.furniture_counts(low, high)[places]
        position_starts = text.position_starts[old].astype(np.int64)
        positions = text.positions[
            _ranges(position_starts, text.position_starts[old + 1].astype(np.int64) - position_starts)
        ]
    terms, counts = np.repeat(new, frequencies), counts.astype(np.int64)
    documents = source.new_number[documents]
    keep = documents >= 0
    return _Run(terms[keep], documents[keep], counts[keep], furniture[keep], positions[np.repeat(keep, counts)])


def _stretch(starts: Array, numbers: Array) -> slice:
    return slice(int(starts[numbers[0]]), int(starts[numbers[-1] + 1])) if len(numbers) else slice(0, 0)


def _merged(runs: Sequence[_Run], terms: range, shared_out: Array | None) -> TextChunk:
    numbers, documents, counts, furniture, positions = (
        np.concatenate([getattr(run, name) for run in runs]) for name in _Run.__slots__
    )
    order = np.lexsort((documents, numbers))
    if shared_out is not None:
        order = order[shared_out[numbers[order]] == NOT_SHARED]
    position_starts = starts_of(counts)[:-1]
    return TextChunk(
        frequencies=np.bincount(numbers[order] - terms.start, minlength=len(terms)),
        documents=documents[order],
        counts=counts[order],
        positions=positions[_ranges(position_starts[order], counts[order])],
        furniture=furniture[order] if furniture.any() else None,
    )


def _ranges(starts: Array, lengths: Array) -> Array:
    """Return the numbers of several ranges, one after another."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    shifts: Array = np.repeat(starts - (ends - lengths), lengths)
    return np.arange(total) + shifts


# -- Keywords ----------------------------------------------------------------------------------------------------


def _merge_keyword(writer: SegmentFileWriter, sources: Sequence[_Source], field: str, size: int) -> None:
    columns = [source.segment.keyword(field) for source in sources]
    is_alive = [
        _has_live_documents(source, column.starts, column.documents)
        for source, column in zip(sources, columns, strict=True)
    ]
    union = _unite([column.lexicon for column in columns], is_alive)
    numbers, documents = [], []
    for source, column, new_numbers in zip(sources, columns, union.new_numbers, strict=True):
        new = source.new_number[column.documents]
        keep = new >= 0
        sizes: Array = np.diff(column.starts.astype(np.int64))
        numbers.append(np.repeat(new_numbers, sizes)[keep])
        documents.append(new[keep])
    pairs = np.concatenate(numbers), np.concatenate(documents)
    write_keyword_field(writer, field, union.terms, pairs, size=size, is_facet=field in FACET_FIELDS)
