"""Building a part on disk, and the documents of the library, from documents in memory."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.analyzer import index_terms
from index.engines.arrays.collecting import Numbers, boilerplate_positions, concatenated, in_order
from index.engines.arrays.keyword_column import MAX_DOCUMENTS, starts_of, write_keyword_field
from index.engines.arrays.lexicon import write_lexicon
from index.engines.arrays.segment_file import Array, SegmentFileWriter
from index.engines.scoring import BOILERPLATE_WEIGHT
from index.engines.tantivy.library import BLOCK_SIZE
from index.engines.tantivy.part import document_frequencies
from index.fields import FACET_FIELDS
from index.keywords.dates import published_day
from index.keywords.values import KEYWORD_FIELDS, keyword_values, readable
from index.model import Document

__all__ = ["PartBuilder", "write_pairs", "write_tokens"]

# About 30 bytes of memory each while they are collected, the text for the library included.
_MAX_TOKENS = 2_500_000


class _Row:
    """One analyzed document: its tokens, its texts and values for the library, and a few facts."""

    __slots__ = ("body", "boilerplate", "entities", "id", "mentioned", "published", "text", "title", "titled", "values")

    def __init__(self, document: Document, numbers: "_Numbering") -> None:
        terms, exact = index_terms(document.body, document.language)
        titled = index_terms(document.title, document.language)[0]
        self.id = document.id
        self.text = " ".join(terms)
        self.titled = " ".join(titled)
        self.mentioned = list(readable(document.mentioned))
        self.values = keyword_values(document)
        self.body = array("I", map(numbers.pairs.__getitem__, zip(terms, exact, strict=True)))
        self.title = array("I", map(numbers.title.__getitem__, titled))
        self.entities = array("I", map(numbers.entities.__getitem__, self.mentioned))
        self.boilerplate = boilerplate_positions(document) if document.furniture else ()
        self.published = published_day(document.published) or 0


class _Numbering:
    """The numbers of the pairs and terms of the documents that are collected."""

    def __init__(self) -> None:
        self.pairs: Numbers[tuple[str, str]] = Numbers()
        self.title: Numbers[str] = Numbers()
        self.entities: Numbers[str] = Numbers()


class PartBuilder:
    """Collects documents and writes them as one part. A later document replaces an earlier one with its id."""

    def __init__(self) -> None:
        self._numbers = _Numbering()
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
        row = _Row(document, self._numbers)
        self._tokens += len(row.body)
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
        for number, row in enumerate(self._sorted(), first_number):
            fields: dict[str, Any] = {field: list(values) for field, values in row.values.items() if values}
            fields["number"] = number
            fields["block"], bit = divmod(number, BLOCK_SIZE)
            fields["bit"] = 1 << bit
            fields["body"] = row.text
            if row.titled:
                fields["title"] = row.titled
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
            self._write_terms(writer, "title", self._numbers.title, [row.title for row in rows])
            self._write_terms(writer, "entities", self._numbers.entities, [row.entities for row in rows])
            writer.add("title.lengths", np.array([len(row.title) for row in rows], np.float32))
            for field in KEYWORD_FIELDS:
                _write_keywords(writer, field, [row.values[field] for row in rows])
            return writer.close({"documents": len(rows)})

    def _write_bodies(self, writer: SegmentFileWriter, rows: Sequence[_Row]) -> None:
        tokens, documents = concatenated([row.body for row in rows])
        used = np.flatnonzero(np.bincount(tokens, minlength=len(self._numbers.pairs)))
        names = list(self._numbers.pairs)
        pairs = [names[number] for number in used.tolist()]
        body_terms, body = _ranked([body for body, _ in pairs])
        exact_terms, exact = _ranked([exact for _, exact in pairs])
        order = np.lexsort((exact, body))
        new_number = np.zeros(len(names), np.uint32)
        new_number[used[order]] = np.arange(len(order), dtype=np.uint32)
        body, exact, tokens = body[order], exact[order], new_number[tokens]
        sizes = np.array([len(row.body) for row in rows], np.int64)
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
        self, writer: SegmentFileWriter, field: str, names: Numbers[str], parts: "Sequence[array[int]]"
    ) -> None:
        numbers, documents = concatenated(parts)
        terms, places = in_order(names, numbers)
        tokens = places[numbers].astype(np.uint32)
        write_lexicon(writer, field, terms)
        write_tokens(writer, field, [tokens], starts_of(np.array(list(map(len, parts)), np.int64)))
        writer.add(f"{field}.frequencies", document_frequencies(tokens, documents, len(terms)).astype(np.uint32))


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


def _ranked(names: Sequence[str]) -> tuple[list[str], Array]:
    """Return the distinct names in code point order, and for each of `names` its place there."""
    terms = sorted(set(names))
    places = {name: place for place, name in enumerate(terms)}
    return terms, np.fromiter(map(places.__getitem__, names), np.int64, len(names))


def _write_keywords(writer: SegmentFileWriter, field: str, rows: Sequence[tuple[str, ...]]) -> None:
    terms = sorted({value for values in rows for value in values})
    places = {value: place for place, value in enumerate(terms)}
    numbers = np.array([places[value] for values in rows for value in values], np.int64)
    documents: Array = np.repeat(np.arange(len(rows)), [len(values) for values in rows])
    is_facet = field in FACET_FIELDS
    write_keyword_field(writer, field, terms, (numbers, documents), size=len(rows), is_facet=is_facet)
