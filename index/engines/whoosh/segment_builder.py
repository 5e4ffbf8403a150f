"""Building a segment on disk from documents in memory."""

from array import array
from collections.abc import Callable
from pathlib import Path

import numpy as np

from index.engines.arrays.chunk_numbers import ChunkNumbers
from index.engines.arrays.collecting import Numbers, boilerplate_positions, concatenated, in_order
from index.engines.arrays.keyword_column import MAX_DOCUMENTS, write_keyword_field
from index.engines.arrays.lexicon import write_lexicon
from index.engines.arrays.runs import repeated
from index.engines.arrays.segment_file import Array, SegmentFileWriter
from index.engines.arrays.sorting import stable_order
from index.engines.scoring import BOILERPLATE_WEIGHT
from index.engines.whoosh.postings_writer import TextChunk, write_text_field
from index.engines.whoosh.segment import NOT_SHARED
from index.fields import FACET_FIELDS, TEXT_FIELDS
from index.keywords.dates import published_day
from index.keywords.values import KEYWORD_FIELDS, keyword_values, readable
from index.model import Document

__all__ = ["SegmentBuilder"]

# About 10 bytes of memory each while they are collected and 100 while they are sorted.
_MAX_TERMS = 2_500_000


class _Row:
    """One analyzed document: numbers of its chunks in order, of its values, and a few facts."""

    __slots__ = ("body", "entities", "furniture", "id", "published", "title", "values")

    def __init__(self, document: Document, chunks: ChunkNumbers, numbers: Callable[[str], Numbers[str]]) -> None:
        self.id = document.id
        self.body = chunks.of_text(document.body, document.language)
        self.title = chunks.of_text(document.title, document.language)
        self.entities = array("I", map(numbers("entities").__getitem__, readable(document.mentioned)))
        self.furniture = boilerplate_positions(document) if document.furniture else ()
        self.published = published_day(document.published) or 0
        self.values = {
            field: array("I", map(numbers(field).__getitem__, values))
            for field, values in keyword_values(document).items()
        }


class SegmentBuilder:
    """Collects documents and writes them as one segment. A later document replaces an earlier one with its id."""

    def __init__(self) -> None:
        self._numbers: dict[str, Numbers[str]] = {field: Numbers() for field in (*TEXT_FIELDS, *KEYWORD_FIELDS)}
        self._chunks = ChunkNumbers(self._numbers["body"], self._numbers["exact"])
        self._rows: dict[str, _Row] = {}
        self._size = 0

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def is_full(self) -> bool:
        """True when the segment should be written before more is added."""
        return len(self._rows) >= MAX_DOCUMENTS or self._size >= _MAX_TERMS

    def add(self, document: Document) -> None:
        """Analyze a document and keep its terms."""
        row = _Row(document, self._chunks, self._numbers.__getitem__)
        self._size += self._chunks.term_count(row.body)
        self._rows[document.id] = row

    def discard(self, document_id: str) -> None:
        """Forget a document, if it is here."""
        self._rows.pop(document_id, None)

    def ids(self) -> set[str]:
        """Return the ids of the documents collected so far."""
        return set(self._rows)

    def write(self, path: Path) -> tuple[int, str]:
        """Write a new file; returns its size and SHA-256. The builder must not be used afterwards."""
        rows = [row for _, row in sorted(self._rows.items())]
        with SegmentFileWriter(path) as writer:
            write_lexicon(writer, "id", [row.id for row in rows])
            writer.add("published_day", np.array([row.published for row in rows], np.int32))
            self._write_body(writer, rows)
            stems, _, documents = self._expanded([row.title for row in rows])
            # The stems of titles and bodies share their numbers.
            self._write_plain(writer, "title", *self._ranked("body", stems), documents, len(rows))
            numbers, documents = concatenated([row.entities for row in rows])
            self._write_plain(writer, "entities", *self._ranked("entities", numbers), documents, len(rows))
            for field in KEYWORD_FIELDS:
                numbers, documents = concatenated([row.values[field] for row in rows])
                terms, numbers = self._ranked(field, numbers)
                write_keyword_field(
                    writer,
                    field,
                    terms,
                    (numbers, documents),
                    size=len(rows),
                    is_facet=field in FACET_FIELDS,
                )
            return writer.close({"documents": len(rows)})

    def _expanded(self, parts: "list[array[int]]") -> tuple[Array, Array, Array]:
        """Return the stems and exact terms of the chunks of all documents, and the document of each."""
        chunks, documents = concatenated(parts)
        counts, stems, exact = self._chunks.expanded(chunks)
        return stems, exact, repeated(documents, counts)

    def _ranked(self, field: str, numbers: Array) -> tuple[list[str], Array]:
        """Return the terms of a field with these numbers in order, and for each number the place of its term there.

        Terms that only replaced documents had are left out.
        """
        terms, places = in_order(self._numbers[field], numbers)
        return terms, places[numbers]

    def _write_body(self, writer: SegmentFileWriter, rows: list[_Row]) -> None:
        all_stems, all_exact, documents = self._expanded([row.body for row in rows])
        terms, stems = self._ranked("body", all_stems)
        exact_terms, exact = self._ranked("exact", all_exact)
        lengths = np.bincount(documents, minlength=len(rows))
        positions = _positions(lengths)
        furniture = _furniture_tokens(rows, lengths)
        weighted = lengths - (1 - BOILERPLATE_WEIGHT) * np.bincount(documents[furniture], minlength=len(rows))
        largest = int(lengths.max(initial=1)) - 1
        writer.add("body.lengths", weighted.astype(np.float32))
        chunk = _inverted(stems, documents, positions, furniture, len(terms))
        write_text_field(writer, "body", terms, [chunk], largest_position=largest)
        shared = _shared_terms(stems, exact, len(terms), len(exact_terms))
        own = shared[exact] == NOT_SHARED
        chunk = _inverted(exact[own], documents[own], positions[own], furniture[own], len(exact_terms))
        write_text_field(writer, "exact", exact_terms, [chunk], largest_position=largest, shared=shared)

    def _write_plain(
        self, writer: SegmentFileWriter, field: str, terms: list[str], numbers: Array, documents: Array, size: int
    ) -> None:
        """Write a field that has no boilerplate and no other form."""
        lengths = np.bincount(documents, minlength=size)
        writer.add(f"{field}.lengths", lengths.astype(np.float32))
        chunk = _inverted(numbers, documents, _positions(lengths), np.zeros(len(documents), np.bool_), len(terms))
        write_text_field(writer, field, terms, [chunk], largest_position=max(0, int(lengths.max(initial=1)) - 1))


def _positions(lengths: Array) -> Array:
    """Return 0, 1, 2 ... for each document, one after another."""
    starts = (np.cumsum(lengths) - lengths).astype(np.int32)
    positions: Array = np.arange(int(lengths.sum()), dtype=np.int32) - repeated(starts, lengths)
    return positions


def _furniture_tokens(rows: list[_Row], lengths: Array) -> Array:
    """Return a mask of the tokens that stand in boilerplate."""
    flags = np.zeros(int(lengths.sum()), np.bool_)
    base = 0
    for row, length in zip(rows, lengths.tolist(), strict=True):
        for part in row.furniture:
            flags[base + part.start : base + part.stop] = True
        base += length
    return flags


def _shared_terms(stems: Array, exact: Array, stem_count: int, exact_count: int) -> Array:
    """Return for each exact term the stem of which it is the only form, else `NOT_SHARED`."""
    # 64 bits, since `NOT_SHARED` does not fit into 31.
    stem_of = np.zeros(exact_count, np.int64)
    stem_of[exact] = stems
    occurrences = np.bincount(exact, minlength=exact_count)
    agreeing = np.bincount(exact[stem_of[exact] == stems], minlength=exact_count)
    of_stem = np.bincount(stems, minlength=stem_count)
    is_only_form = (agreeing == occurrences) & (occurrences > 0)
    is_only_form[is_only_form] = of_stem[stem_of[is_only_form]] == occurrences[is_only_form]
    return np.where(is_only_form, stem_of, NOT_SHARED)


def _inverted(terms: Array, documents: Array, positions: Array, furniture: Array, term_count: int) -> TextChunk:
    """Return the postings of tokens that come by document and position."""
    order = stable_order(terms)
    terms, documents = terms[order], documents[order]
    is_first = np.ones(len(terms), np.bool_)
    is_first[1:] = (terms[1:] != terms[:-1]) | (documents[1:] != documents[:-1])
    firsts = np.flatnonzero(is_first)
    in_furniture = None
    if furniture.any():
        totals = np.concatenate(([0], np.cumsum(furniture[order])))
        in_furniture = np.diff(np.append(totals[firsts], totals[-1]))
    return TextChunk(
        frequencies=np.bincount(terms[firsts], minlength=term_count),
        documents=documents[firsts],
        counts=np.diff(np.append(firsts, len(terms))),
        positions=positions[order],
        furniture=in_furniture,
    )
