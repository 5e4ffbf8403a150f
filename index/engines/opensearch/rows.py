"""A document as the server stores it."""

import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from index.analyzer import index_terms, token_starts
from index.engines.opensearch.mapping import (
    CHECK,
    DAY,
    FOREVER,
    LANGUAGE,
    SEPARATOR,
    TENTHS,
    length_field,
    terms_field,
    weights_field,
)
from index.engines.scoring import BOILERPLATE_WEIGHT
from index.keywords.dates import published_day
from index.keywords.values import keyword_values, readable
from index.model import Document

__all__ = ["make_row"]

_BOILERPLATE_TENTHS = round(TENTHS * BOILERPLATE_WEIGHT)


def make_row(document: Document, number: int) -> dict[str, Any]:
    """Return the fields of a document that a commit brings."""
    body, exact = index_terms(document.body, document.language)
    title, _ = index_terms(document.title, document.language)
    mentioned = list(readable(document.mentioned))
    weights = _weights(document, len(body))
    values = keyword_values(document)
    row: dict[str, Any] = {"id": document.id, DAY: published_day(document.published)}
    row[LANGUAGE] = values["languages"][:1]
    row.update((name, found) for name, found in values.items() if found)
    row |= _text("body", body, weights) | _text("exact", exact, weights)
    row |= _text("title", title, [TENTHS] * len(title)) | _text("entities", mentioned, [TENTHS] * len(mentioned))
    for name, terms in (("body", body), ("exact", exact), ("title", title)):
        row[name] = " ".join(terms)
        # Ids of entities may have blanks; terms have none, and one text is analyzed faster than many.
        row[weights_field(name)] = " ".join(row[weights_field(name)])
    row["entities"] = mentioned
    row[CHECK] = zlib.crc32(msgspec.json.encode(row, order="sorted"))
    row["from"], row["to"] = number, FOREVER
    return row


def _weights(document: Document, positions: int) -> list[int]:
    """Return the weight of each position of the body, in tenths."""
    weights = [TENTHS] * positions
    if document.furniture:
        starts = token_starts(document.body, document.language)
        for part in document.furniture:
            first, end = bisect_left(starts, part.span.start), bisect_left(starts, part.span.end)
            weights[first:end] = [_BOILERPLATE_TENTHS] * (end - first)
    return weights


def _text(name: str, terms: Sequence[str], weights: Iterable[int]) -> dict[str, Any]:
    counted: Counter[str] = Counter()
    for term, weight in zip(terms, weights, strict=True):
        counted[term] += weight
    return {
        weights_field(name): [f"{term}{SEPARATOR}{weight}" for term, weight in counted.items()],
        terms_field(name): list(counted),
        length_field(name): counted.total(),
    }
