"""Merging parts into one, without their deleted documents, in bounded memory."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from index.engines.arrays.keyword_column import starts_of
from index.engines.arrays.lexicon import write_lexicon
from index.engines.arrays.merging import (
    Source,
    Union,
    by_new_number,
    merge_keyword_field,
    number_together,
    unite,
)
from index.engines.arrays.runs import ranges
from index.engines.arrays.segment_file import Array, SegmentFileWriter
from index.engines.tantivy.part import Part
from index.engines.tantivy.part_builder import write_pairs, write_tokens
from index.keywords.values import KEYWORD_FIELDS

__all__ = ["merge_parts"]

# Tokens that are moved at a time; about 30 bytes of memory each.
_CHUNK = 2_000_000
# Documents whose tokens are looked through at a time.
_ROWS = 1_000


def merge_parts(parts: Sequence[Part], path: Path) -> tuple[int, int, str]:
    """Write the live documents of parts, no two with one id, as one part.

    Returns the number of documents and the size and SHA-256 of the new file.
    """
    sources, ids = number_together(parts)
    size = len(ids)
    with SegmentFileWriter(path) as writer:
        write_lexicon(writer, "id", ids)
        for name, columns, dtype in (
            ("numbers", [part.numbers for part in parts], np.uint32),
            ("published_day", [part.published for part in parts], np.int32),
            ("body.lengths", [part.lengths("body") for part in parts], np.float32),
            ("title.lengths", [part.lengths("title") for part in parts], np.float32),
        ):
            writer.add(name, by_new_number(sources, columns, np.dtype(dtype), size))
        _merge_bodies(writer, sources, size)
        for field in ("title", "entities"):
            union = _merge_terms(writer, sources, field)
            _merge_tokens(writer, sources, field, union.new_numbers, size)
        for field in KEYWORD_FIELDS:
            merge_keyword_field(writer, sources, field, size)
        return size, *writer.close({"documents": size})


def _merge_terms(writer: SegmentFileWriter, sources: Sequence[Source[Part]], field: str) -> Union:
    """Write the terms that live documents have, with the number of these."""
    texts = [source.segment.text(field) for source in sources]
    live = [
        source.segment.live_frequencies(field, range(len(text.lexicon)))
        for source, text in zip(sources, texts, strict=True)
    ]
    union = unite([text.lexicon for text in texts], [frequencies > 0 for frequencies in live])
    totals = np.zeros(len(union.terms), np.int64)
    for numbers, is_alive, frequencies in zip(union.new_numbers, union.is_alive, live, strict=True):
        totals[numbers[is_alive]] += frequencies[is_alive]
    write_lexicon(writer, field, union.terms)
    writer.add(f"{field}.frequencies", totals.astype(np.uint32))
    return union


def _merge_bodies(writer: SegmentFileWriter, sources: Sequence[Source[Part]], size: int) -> None:
    body, exact = _merge_terms(writer, sources, "body"), _merge_terms(writer, sources, "exact")
    keys = []
    for place, source in enumerate(sources):
        old_body, old_exact = source.segment.pair_terms
        key = body.new_numbers[place][old_body] * max(len(exact.terms), 1) + exact.new_numbers[place][old_exact]
        # Pairs of deleted documents alone stand for nothing.
        keys.append(np.where(_is_used(source), key, -1))
    united = np.unique(np.concatenate(keys))
    united = united[united >= 0]
    terms_of_pairs = np.divmod(united, max(len(exact.terms), 1))
    write_pairs(writer, *terms_of_pairs, (len(body.terms), len(exact.terms)))
    starts = _merge_tokens(writer, sources, "body", [np.searchsorted(united, key) for key in keys], size)
    places = [_new_places(source, starts) for source in sources]
    writer.add("body.boilerplate", np.sort(np.concatenate(places)).astype(np.uint64))


def _is_used(source: Source[Part]) -> Array:
    """Return a flag for each pair of a part, true when a live document has it."""
    part = source.segment
    is_used = np.full(len(part.pair_terms[0]), part.live is None, np.bool_)
    if part.live is not None:
        live = np.flatnonzero(part.live)
        for first in range(0, len(live), _ROWS):
            is_used[part.text("body").tokens_of(live[first : first + _ROWS])[0]] = True
    return is_used


def _new_places(source: Source[Part], starts: Array) -> Array:
    """Return where the boilerplate of a part stands among the merged tokens, which begin at `starts`."""
    old_starts, places = (
        source.segment.text("body").starts.astype(np.int64),
        source.segment.boilerplate.astype(np.int64),
    )
    rows = np.searchsorted(old_starts, places, side="right") - 1
    new = source.new_number[rows]
    moved: Array = starts[new] + places - old_starts[rows]
    return moved[new >= 0]


def _merge_tokens(
    writer: SegmentFileWriter, sources: Sequence[Source[Part]], stream: str, new_tokens: Sequence[Array], size: int
) -> Array:
    """Write the tokens of all live documents in the new order; returns where those of each begin."""
    sizes = np.zeros(size, np.int64)
    for source in sources:
        keep = source.new_number >= 0
        sizes[source.new_number[keep]] = np.diff(source.segment.text(stream).starts.astype(np.int64))[keep]
    starts = starts_of(sizes)
    write_tokens(writer, stream, _pieces(sources, stream, new_tokens, starts), starts)
    return starts


def _pieces(
    sources: Sequence[Source[Part]], stream: str, new_tokens: Sequence[Array], starts: Array
) -> Iterator[Array]:
    owners, rows = np.zeros(len(starts) - 1, np.int64), np.zeros(len(starts) - 1, np.int64)
    for place, source in enumerate(sources):
        old = np.flatnonzero(source.new_number >= 0)
        owners[source.new_number[old]], rows[source.new_number[old]] = place, old
    first = 0
    while first < len(rows):
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + _CHUNK, side="right")) - 1)
        piece = np.zeros(int(starts[last] - starts[first]), np.uint32)
        for place, source in enumerate(sources):
            here = np.flatnonzero(owners[first:last] == place) + first
            text = source.segment.text(stream)
            tokens, sizes = text.tokens_of(rows[here])
            piece[ranges(starts[here] - starts[first], sizes)] = new_tokens[place][tokens]
        yield piece
        first = last
