"""Building a part on disk, and the documents of the library, from documents in memory."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.engines.arrays.chunk_numbers import ChunkNumbers
from index.engines.arrays.collecting import Numbers, boilerplate_positions, concatenated, in_order
from index.engines.arrays.keyword_column import MAX_DOCUMENTS, starts_of, write_keyword_field
from index.engines.arrays.lexicon import write_lexicon
from index.engines.arrays.runs import repeated
from index.engines.arrays.segment_file import Array, SegmentFileWriter
from index.engines.scoring import BOILERPLATE_WEIGHT
from index.engines.tantivy.library import BLOCK_SIZE
from index.engines.tantivy.part import document_frequencies
from index.fields import FACET_FIELDS
from index.keywords.dates import published_day
from index.keywords.values import KEYWORD_FIELDS, keyword_values, readable
from index.model import Document

__all__ = ["PartBuilder", "write_pairs", "write_tokens"]

# About 10 bytes of memory each while they are collected, and 60 while they are written.
_MAX_TOKENS = 2_500_000
_EXACT_BITS = 32


class _Row:
    """One analyzed document: numbers of its chunks in order, its values for the library, and a few facts."""

    __slots__ = ("body", "boilerplate", "entities", "id", "mentioned", "numbers", "published", "title", "values")

    def __init__(self, document: Document, chunks: ChunkNumbers, numbers: Callable[[str], Numbers[str]]) -> None:
        self.id = document.id
        self.body = chunks.of_text(document.body, document.language)
        self.title = chunks.of_text(document.title, document.language)
        self.mentioned = list(readable(document.mentioned))
        self.entities = array("I", map(numbers("entities").__getitem__, self.mentioned))
        self.values = keyword_values(document)
        self.numbers = {
            field: array("I", map(numbers(field).__getitem__, values)) for field, values in self.values.items()
        }
        self.boilerplate = boilerplate_positions(document) if document.furniture else ()
        self.published = published_day(document.published) or 0


class PartBuilder:
    """Collects documents and writes them as one part. A later document replaces an earlier one with its id."""

    def __init__(self) -> None:
        names = ("body", "exact", "entities", *KEYWORD_FIELDS)
        self._numbers: dict[str, Numbers[str]] = {name: Numbers() for name in names}
        self._chunks = ChunkNumbers(self._numbers["body"], self._numbers["exact"])
        self._rows: dict[str, _Row] = {}
        self._tokens = 0

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def is_full(self) -> bool:
        """True when the part should be written before more is added."""
        return len(self._rows) >= MAX_DOCUMENTS or self._tokens >= _MAX_TOKENS

    def add(self, document: Document) -> None:
        """Analyze a document and keep its terms."""
        row = _Row(document, self._chunks, self._numbers.__getitem__)
        self._tokens += self._chunks.term_count(row.body)
        self._rows[document.id] = row

    def discard(self, document_id: str) -> None:
        """Forget a document, if it is here."""
        self._rows.pop(document_id, None)

    def ids(self) -> set[str]:
        """Return the ids of the documents collected so far."""
        return set(self._rows)

    def _sorted(self) -> list[_Row]:
        return [row for _, row in sorted(self._rows.items())]

    def library_fields(self, first_number: int) -> Iterator[dict[str, Any]]:
        """Yield the fields of each document for the library, in the order of ids, numbered from `first_number` on.

        Values are integers, texts and lists of texts, which nothing but the library looks at.
        """
        # The library skips blanks, so that it does not matter that some chunks have no terms.
        text = self._chunks.texts(list(self._numbers["body"])).__getitem__
        for number, row in enumerate(self._sorted(), first_number):
            fields: dict[str, Any] = {field: list(values) for field, values in row.values.items() if values}
            fields["number"] = number
            fields["block"], bit = divmod(number, BLOCK_SIZE)
            fields["bit"] = 1 << bit
            fields["body"] = " ".join(map(text, row.body))
            if row.title:
                fields["title"] = " ".join(map(text, row.title))
            if row.mentioned:
                fields["entities"] = row.mentioned
            yield fields

    def write(self, path: Path, first_number: int) -> tuple[int, str]:
        """Write a new file, with documents numbered from `first_number` on; returns its size and SHA-256.

        The builder must not be changed afterwards.
        """
        rows = self._sorted()
        with SegmentFileWriter(path) as writer:
            write_lexicon(writer, "id", [row.id for row in rows])
            writer.add("numbers", np.arange(first_number, first_number + len(rows), dtype=np.uint32))
            writer.add("published_day", np.array([row.published for row in rows], np.int32))
            self._write_bodies(writer, rows)
            places, documents = self._places([row.title for row in rows])
            # The stems of titles and bodies share their numbers.
            lengths = self._write_terms(
                writer, "title", self._ranked("body", self._chunks.terms(places)[0]), documents, len(rows)
            )
            writer.add("title.lengths", lengths.astype(np.float32))
            numbers, documents = concatenated([row.entities for row in rows])
            self._write_terms(writer, "entities", self._ranked("entities", numbers), documents, len(rows))
            for field in KEYWORD_FIELDS:
                numbers, documents = concatenated([row.numbers[field] for row in rows])
                terms, numbers = self._ranked(field, numbers)
                is_facet = field in FACET_FIELDS
                write_keyword_field(writer, field, terms, (numbers, documents), size=len(rows), is_facet=is_facet)
            return writer.close({"documents": len(rows)})

    def _ranked(self, field: str, numbers: Array) -> tuple[list[str], Array]:
        """Return the terms of a field with these numbers in order, and for each number the place of its term there."""
        terms, places = in_order(self._numbers[field], numbers)
        return terms, places[numbers]

    def _places(self, parts: "Sequence[array[int]]") -> tuple[Array, Array]:
        """Return the places of the terms of all documents (see `ChunkNumbers.places`), and the document of each."""
        chunks, documents = concatenated(parts)
        counts, places = self._chunks.places(chunks)
        return places, repeated(documents, counts)

    def _write_bodies(self, writer: SegmentFileWriter, rows: Sequence[_Row]) -> None:
        tokens, documents = self._places([row.body for row in rows])
        # What different chunks have in common is found once for each chunk, not for each token.
        used = np.flatnonzero(np.bincount(tokens))
        stems, exact_numbers = self._chunks.terms(used)
        body_terms, body = self._ranked("body", stems)
        exact_terms, exact = self._ranked("exact", exact_numbers)
        pairs, new = np.unique(body.astype(np.int64) << _EXACT_BITS | exact, return_inverse=True)
        new_number = np.zeros(int(used[-1]) + 1 if len(used) else 0, np.uint32)
        new_number[used] = new
        body, exact, tokens = pairs >> _EXACT_BITS, pairs & ((1 << _EXACT_BITS) - 1), new_number[tokens]
        sizes = np.bincount(documents, minlength=len(rows))
        starts = starts_of(sizes)
        boilerplate = [
            np.arange(int(start) + part.start, int(start) + part.stop)
            for row, start in zip(rows, starts, strict=False)
            for part in row.boilerplate
        ]
        places = np.unique(np.concatenate(boilerplate)) if boilerplate else np.zeros(0, np.int64)
        counts = np.bincount(documents[places], minlength=len(rows))
        writer.add("body.lengths", (sizes - (1 - BOILERPLATE_WEIGHT) * counts).astype(np.float32))
        write_tokens(writer, "body", [tokens], starts)
        writer.add("body.boilerplate", places.astype(np.uint64))
        write_pairs(writer, body, exact, (len(body_terms), len(exact_terms)))
        for field, terms, numbers in (("body", body_terms, body), ("exact", exact_terms, exact)):
            write_lexicon(writer, field, terms)
            frequencies = document_frequencies(numbers[tokens], documents, len(terms))
            writer.add(f"{field}.frequencies", frequencies.astype(np.uint32))

    def _write_terms(
        self, writer: SegmentFileWriter, field: str, ranked: tuple[list[str], Array], documents: Array, size: int
    ) -> Array:
        """Write a field whose tokens are terms; returns how many each document has."""
        terms, tokens = ranked
        sizes = np.bincount(documents, minlength=size)
        write_lexicon(writer, field, terms)
        write_tokens(writer, field, [tokens.astype(np.uint32)], starts_of(sizes))
        writer.add(f"{field}.frequencies", document_frequencies(tokens, documents, len(terms)).astype(np.uint32))
        return sizes


def write_tokens(writer: SegmentFileWriter, stream: str, tokens: Iterable[Array], starts: Array) -> None:
    """Store the tokens of all documents, which may come in pieces, and where those of each document begin."""
    writer.start(f"{stream}.tokens", np.dtype(np.uint32))
    for piece in tokens:
        writer.extend(piece)
    writer.add(f"{stream}.starts", starts.astype(np.uint64))


def write_pairs(writer: SegmentFileWriter, body: Array, exact: Array, sizes: tuple[int, int]) -> None:
    """Store the terms of pairs, which come in the order of (body, exact); `sizes` are the numbers of terms of both."""
    for field, numbers, size in (("body", body, sizes[0]), ("exact", exact, sizes[1])):
        writer.add(f"pair.{field}", numbers.astype(np.uint32))
        writer.add(f"{field}.first_pairs", starts_of(np.bincount(numbers, minlength=size)).astype(np.uint32))
    writer.add("exact.pairs", np.argsort(exact, kind="stable").astype(np.uint32))
