"""Sets of names that others published, read from a folder; none of them is part of the project."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from index.model import Kind
from tests.evaluation.scores.span_scores import GoldSpan
from tests.evaluation.sets.gold import GoldMention, GoldSet, GoldText

__all__ = ["NAME_SETS", "read_lines", "read_public_set"]

_KINDS = (Kind.PEOPLE, Kind.ORGANIZATIONS, Kind.PLACES)
_LABELS = {"PERSON": Kind.PEOPLE, "ORG": Kind.ORGANIZATIONS, "GPE": Kind.PLACES}
_GUM_TYPES = {"person": Kind.PEOPLE, "organization": Kind.ORGANIZATIONS, "place": Kind.PLACES}
_SMALL_WORDS = frozenset({"of", "the", "and", "for", "de", "al", "bin", "von", "van", "in", "on"})
_NO_NAMES = frozenset({"The", "A", "I", "He", "She", "We", "It", "They", "His", "Her"})

Reader = Callable[[Mapping[str, Any]], Iterator[GoldMention]]  # Any: rows of formats that are not ours


def read_lines(path: Path) -> Iterator[dict[str, Any]]:  # Any: rows of formats that are not ours
    """The objects of a file of JSON lines, with or without gzip."""
    open_lines = gzip.open if path.suffix == ".gz" else open
    with open_lines(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _read_spans(row: Mapping[str, Any]) -> Iterator[GoldMention]:
    """Spans with PERSON, ORG, and GPE for all places."""
    for start, end, label in row["spans"]:
        if label in _LABELS:
            yield GoldMention(GoldSpan(start, end), _LABELS[label])


def _read_gum(row: Mapping[str, Any]) -> Iterator[GoldMention]:
    """Of all mentions those that are a name as a whole, which is what a proper noun without a determiner is."""
    for mention in row["mentions"]:
        kind = _GUM_TYPES.get(mention["type"])
        if kind is not None and _is_name(row["text"][mention["start"] : mention["end"]]):
            yield GoldMention(GoldSpan(mention["start"], mention["end"]), kind)


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        words[0][0].isupper()
        and words[0] not in _NO_NAMES
        and all(word[0].isupper() or word in _SMALL_WORDS for word in words)
    )


NAME_SETS: Mapping[str, tuple[str, Reader]] = {
    "uner_pud_dev": ("ner/uner_pud_dev.jsonl.gz", _read_spans),
    "wikigold_dev": ("ner/wikigold_dev.jsonl.gz", _read_spans),
    "gmb_dev": ("ner/gmb_dev.jsonl.gz", _read_spans),
    "gum_wikinews": ("entities/gum_wikinews.jsonl.gz", _read_gum),
}
"""Each set's file in the folder, and what reads the mentions of one of its lines."""


def read_public_set(name: str, data: Path) -> GoldSet:
    """The set with this name from the folder `data`; raises `FileNotFoundError` when it is not there."""
    file, read_mentions = NAME_SETS[name]
    texts = tuple(
        GoldText(f"{name}:{number}", row["text"], tuple(read_mentions(row)))
        for number, row in enumerate(read_lines(data / file))
    )
    return GoldSet(name, _KINDS, texts, hashlib.sha256((data / file).read_bytes()).hexdigest())
