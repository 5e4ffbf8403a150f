"""Variants of systems that packs know: "Mi-17 V5", "Sky Bow III", "Akash-NG"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Final

from index.extract.candidates import Candidate
from index.extract.tokens import Tokens
from index.model import Kind

__all__ = ["join_names", "stems_of", "variant_end"]

# "V5", "A6"; "Mk II", "Block 70".
_SERIES = re.compile(r"[A-Z]\d{1,2}[A-Z]{0,2}s?|M[Kk]\d[A-Z]?|I{2,3}|IV|VI{0,3}")
_SERIES_WORDS: Final = frozenset({"Mk", "MK", "Mark", "Block", "Batch", "Tranche"})
_SERIES_NUMBER = re.compile(r"\d{1,3}[A-Z]{0,2}|[IVX]{1,4}")
_SUFFIX = re.compile(r"(?P<stem>[A-Za-z][\w-]{2,})-(?:\d{1,2}[A-Z]{0,2}|[IVX]{1,3}|[A-Z]{1,3}\d?|Prime)s?")


def variant_end(tokens: Tokens, end: int) -> int:
    """Return the end of the name of a system that ends before the word at `end`, with its variant."""
    sentence = tokens.sentences[end - 1]
    words = (
        [key for key in tokens.keys[end : end + 2] if tokens.sentences[end] == sentence] if end < len(tokens) else []
    )
    if not words:
        return end
    if tokens.starts[end] == tokens.ends[end - 1] + 1:
        if _SERIES.fullmatch(words[0]):
            return end + 1
        if words[0] in _SERIES_WORDS and len(words) > 1 and _SERIES_NUMBER.fullmatch(words[1]):
            return end + 2
    return end


def stems_of(tokens: Tokens) -> Iterator[tuple[int, str]]:
    """Yield the words with the mark of a variant behind a hyphen, and what stands before it."""
    for position, key in enumerate(tokens.keys):
        if "-" in key and tokens.capital[position] and (found := _SUFFIX.fullmatch(key)) is not None:
            yield position, found["stem"]


def join_names(tokens: Tokens, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield a designator and a name of the same system behind it as one: "MQ-9B SkyGuardian"."""
    systems = sorted(
        (each for each in candidates if each.kind is Kind.SYSTEMS), key=lambda each: (each.start, -each.end)
    )
    for first, second in pairwise(systems):
        between = tokens.text[first.end : second.start]
        if first.reference == second.reference and between == " " and second.start > first.end:
            yield replace(first, end=second.end)
