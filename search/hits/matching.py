"""Find the ranges of a text that match a query, with the analyzer of the index.

A text is cut at its blanks, which no term reaches across, and each distinct piece is judged once: first by a cheap
pattern on its folded form, then by the analyzer. Terms are therefore the terms of the index, at the offsets of the
original text, in about a tenth of the time of analyzing all of it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from msgspec import Struct

from index.analyzer import MAX_TERM_LENGTH, analysis_key, analyze, analyze_exact, fold, kept_letters
from index.normalize.edit_distance import edit_distance
from search.query.ast import FuzzyTerm, PrefixTerm, Query, Term, TermSequence
from search.query.readings import read_in
from search.query.tree import leaves

__all__ = ["Match", "Matcher"]

_MAX_CACHED = 50_000
_CHUNK = re.compile(r"\S+")
# So many pieces are looked for one by one; for more, one pass over the text is faster.
_FEW_CHUNKS = 16
# The end of a possessive ("Turkey's") is part of no term, nor is the beginning of a URL.
_NO_TERMS = re.compile(r"(?:['’‘ʼ＇]s\b)?[\W_]*(?:https?\W+)?(?:www\W+)?", re.IGNORECASE)


class Match(Struct, frozen=True, order=True, gc=False):
    """A half-open range of a text that `part`, the number of a part of the query, asks for.

    `weight` is how many words the part has; `is_phrase` is true where several words stand as the query wants them.
    """

    start: int
    end: int
    part: int
    weight: int = 1
    is_phrase: bool = False


class _Piece(Struct, frozen=True, gc=False):
    """A term and an exact term at `[start, end)` of a piece of text without blanks."""

    term: str
    exact: str
    start: int
    end: int


class _Pieces(dict[str, tuple[_Piece, ...]]):
    """The terms of the pieces met so far in one language; emptied when it grows too large."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, text: str) -> tuple[_Piece, ...]:
        pieces = tuple(
            _Piece(token.term, exact.term, token.start, token.end)
            for token, exact in zip(analyze(text, self._language), analyze_exact(text, self._language), strict=True)
        )
        if len(text) <= MAX_TERM_LENGTH:
            if len(self) >= _MAX_CACHED:
                self.clear()
            self[text] = pieces
        return pieces


_PIECES: dict[str, _Pieces] = {}


def _pieces_of(language: str | None) -> _Pieces:
    """Return the pieces of a language; those that are analyzed alike share them."""
    return _PIECES.setdefault(analysis_key(language), _Pieces(language))


_Leaf = Term | PrefixTerm | FuzzyTerm


class Matcher:
    """Finds the words that an executed query asks for in texts of one language, those it denies left out.

    Safe to use from many threads.
    """

    def __init__(self, query: Query, language: str | None = None) -> None:
        query = read_in(query, language)
        self._pieces = _pieces_of(language)
        is_english = not analysis_key(language)
        kept = None if is_english else kept_letters(language)
        parts: dict[_Leaf | TermSequence, int] = {}
        for leaf, negated in leaves(query):
            if not isinstance(leaf, Term | PrefixTerm | FuzzyTerm | TermSequence) or leaf.field == "entities":
                continue
            if not negated:
                parts.setdefault(_without_place(leaf), len(parts))
        self._sequences = [(leaf, part) for leaf, part in parts.items() if isinstance(leaf, TermSequence)]
        self._prefixes = [(leaf, part) for leaf, part in parts.items() if isinstance(leaf, PrefixTerm)]
        self._fuzzy = [(leaf, part) for leaf, part in parts.items() if isinstance(leaf, FuzzyTerm)]
        terms = [(leaf, part) for leaf, part in parts.items() if isinstance(leaf, Term)]
        self._terms = {leaf.term: part for leaf, part in terms if leaf.field != "exact"}
        self._exact_terms = {leaf.term: part for leaf, part in terms if leaf.field == "exact"}
        self._sequence_terms = {(leaf.field == "exact", term) for leaf, _ in self._sequences for term in leaf.terms}
        self._ascii_candidate = _candidates([*parts], is_ascii=True, kept=kept)
        self._candidate = _candidates([*parts], is_ascii=False, kept=kept)
        self.count = len(parts)
        """Number of different parts of the query."""

    def find(self, text: str) -> list[Match]:
        """All matches in a text by start; matches of one part are disjoint, those of different parts may overlap."""
        if self._candidate is None or self._ascii_candidate is None:
            return []
        candidates = {chunk: pieces for chunk in self._candidates(text) if (pieces := self._relevant(chunk))}
        found = [(start, piece) for start, chunk in _occurrences(text, candidates) for piece in candidates[chunk]]
        found.sort(key=lambda place: place[0] + place[1].start)
        matches = [
            Match(start + piece.start, start + piece.end, part)
            for start, piece in found
            for part in self._parts_of(piece)
        ]
        for sequence, part in self._sequences:
            matches.extend(_find_sequence(text, found, sequence, part))
        matches.sort()
        return matches

    def _candidates(self, text: str) -> set[str]:
        """The pieces of a text that may have a term of the query: one pass of the pattern over all of them."""
        assert self._candidate is not None, "asked only when there is something to find"
        assert self._ascii_candidate is not None, "made together with the other"
        distinct = set(text.split())
        plain = [chunk for chunk in distinct if chunk.isascii()]
        others = [chunk for chunk in distinct if not chunk.isascii()]
        found: set[str] = set()
        for chunks, candidate in ((plain, self._ascii_candidate), (others, self._candidate)):
            folded = fold("\n".join(chunks))
            line = at = 0
            for match in candidate.finditer(folded):
                line += folded.count("\n", at, match.start())
                at = match.start()
                found.add(chunks[line])
        return found

    def _relevant(self, chunk: str) -> tuple[_Piece, ...]:
        """The terms of a piece that the query has, alone or in a phrase."""
        return tuple(
            piece
            for piece in self._pieces[chunk]
            if (False, piece.term) in self._sequence_terms
            or (True, piece.exact) in self._sequence_terms
            or self._parts_of(piece)
        )

    def _parts_of(self, piece: _Piece) -> list[int]:
        """The parts of the query, phrases left out, that a term answers."""
        parts = [part for term, part in self._prefixes if piece.term.startswith(term.prefix)]
        parts += [part for term, part in self._fuzzy if _is_near(piece.term, term)]
        if piece.term in self._terms:
            parts.append(self._terms[piece.term])
        if piece.exact in self._exact_terms:
            parts.append(self._exact_terms[piece.exact])
        return parts


def _without_place(leaf: _Leaf | TermSequence) -> _Leaf | TermSequence:
    """The leaf as a key: title and body ask for the same words, wherever in the query they stand."""
    field = "exact" if leaf.field == "exact" else "body"
    match leaf:
        case Term(_, term):
            return Term(field, term)
        case PrefixTerm(_, prefix):
            return PrefixTerm(field, prefix)
        case FuzzyTerm(_, term, distance):
            return FuzzyTerm(field, term, distance)
        case TermSequence(_, terms, slop):
            return TermSequence(field, terms, slop)


def _occurrences(text: str, chunks: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield each chunk between spaces with its start, in any order."""
    if len(chunks) > _FEW_CHUNKS:
        yield from ((match.start(), match[0]) for match in _CHUNK.finditer(text) if match[0] in chunks)
        return
    for chunk in chunks:
        yield from ((start, chunk) for start in _places(text, chunk))


def _places(text: str, chunk: str) -> Iterator[int]:
    end = len(chunk)
    at = text.find(chunk)
    while at >= 0:
        if (at == 0 or text[at - 1].isspace()) and (at + end == len(text) or text[at + end].isspace()):
            yield at
            at = text.find(chunk, at + end)
        else:
            at = text.find(chunk, at + 1)


# -- Phrases -----------------------------------------------------------------------------------------------------


def _find_sequence(
    text: str, found: Sequence[tuple[int, _Piece]], sequence: TermSequence, part: int
) -> Iterator[Match]:
    is_exact = sequence.field == "exact"
    wanted = set(sequence.terms)
    places = [
        (start + piece.start, start + piece.end, piece.exact if is_exact else piece.term)
        for start, piece in found
        if (piece.exact if is_exact else piece.term) in wanted
    ]
    if sequence.slop is None:
        yield from _find_adjacent(text, places, sequence, part)
    else:
        yield from _find_near(text, places, sequence, part)


def _find_adjacent(
    text: str, places: Sequence[tuple[int, int, str]], sequence: TermSequence, part: int
) -> Iterator[Match]:
    length = len(sequence.terms)
    at = 0
    while at + length <= len(places):
        run = places[at : at + length]
        is_match = tuple(term for _, _, term in run) == sequence.terms and all(
            _NO_TERMS.fullmatch(text, first[1], second[0]) for first, second in pairwise(run)
        )
        if is_match:
            yield Match(run[0][0], run[-1][1], part, length, is_phrase=True)
        at += length if is_match else 1


def _find_near(text: str, places: Sequence[tuple[int, int, str]], sequence: TermSequence, part: int) -> Iterator[Match]:
    """Each word of a group of words that stand near enough together."""
    count = len(set(sequence.terms))
    reach = (sequence.slop or 0) + len(sequence.terms)
    chunks = [match.span() for match in _CHUNK.finditer(text)] if places else []
    starts, ends = [start for start, _ in chunks], [end for _, end in chunks]
    near: set[tuple[int, int]] = set()
    # From the end to the beginning, so that the next place of each word is known.
    following: dict[str, tuple[int, int]] = {}
    for start, end, term in reversed(places):
        following[term] = (start, end)
        if len(following) == count:
            farthest = max(other for other, _ in following.values())
            if bisect_left(starts, farthest) - bisect_right(ends, start) <= reach:
                near.update(following.values())
    for start, end in sorted(near):
        yield Match(start, end, part, len(sequence.terms), is_phrase=True)


# -- Finding candidates ------------------------------------------------------------------------------------------


def _candidates(parts: Sequence[_Leaf | TermSequence], *, is_ascii: bool, kept: int | None) -> re.Pattern[str] | None:
    """Return a pattern that folded text has wherever it may have a term of the query; None when the query has none.

    `is_ascii`: the text was ASCII before it was folded. Other symbols may fold to letters that begin no word. `kept` is
    how many letters a word shares with its stem, None for English, of which more is known.
    """
    if kept is None:
        patterns = {pattern for part in parts for pattern in _patterns(part, is_ascii=is_ascii)}
    else:
        patterns = {_beginning(fold(term), kept) for part in parts for term in _beginnings(part)}
    return re.compile("|".join(sorted(patterns)), re.MULTILINE) if patterns else None


def _beginnings(part: _Leaf | TermSequence) -> tuple[str, ...]:
    """Return how terms begin that a part asks for."""
    match part:
        case Term(_, term):
            return (term,)
        case PrefixTerm(_, prefix):
            return (prefix,)
        case FuzzyTerm(_, term):
            return (term[:1],)
        case TermSequence(_, terms):
            return terms


def _beginning(term: str, kept: int) -> str:
    """Return a pattern for the letters that every word which becomes `term` begins with, signs and marks between."""
    letters = [re.escape(letter) for letter in term if letter.isalnum()][:kept]
    return r"[^\w\n]{0,3}".join(letters) or "^."


def _patterns(part: _Leaf | TermSequence, *, is_ascii: bool) -> Iterable[str]:
    match part:
        case Term(field, term):
            return (_pattern(fold(term), is_stem=field != "exact", is_ascii=is_ascii),)
        case PrefixTerm(_, prefix):
            return (_pattern(fold(prefix), is_stem=True, is_ascii=is_ascii),)
        case FuzzyTerm(_, term):
            return (re.escape(fold(term)[:1]),)
        case TermSequence(field, terms):
            return tuple(_pattern(fold(term), is_stem=field != "exact", is_ascii=is_ascii) for term in terms)


def _pattern(term: str, *, is_stem: bool, is_ascii: bool) -> str:
    """Return a pattern that matches in the folded form of every word that becomes `term`.

    A stem may lose or change its last letters ("parti" of party, "die" of dying); marks that the analyzer drops
    may stand between letters (U.S., O'Brien) and digits (S-400, 1,000). A word with digits is stemmed only when these
    are signs that fold to digits ("A²Y").
    """
    has_digits = any(character.isdigit() for character in term)
    kept = term
    if is_stem and not (has_digits and is_ascii):
        kept = term[:2] if len(term) <= 3 else term[:3] if len(term) == 4 else term[:-2]
    if is_stem and not has_digits:
        letters = [re.escape(letter) for letter in kept]
        if len(term) == 3 and letters[1] == "i":
            letters[1] = "[iy]"
        marked, plain = letters[:4], letters[4:]
    else:
        # Hyphens differ, so they are left to what may stand between letters.
        marked, plain = [re.escape(letter) for letter in kept if letter.isalnum()] or [re.escape(term[:1])], []
    if is_ascii and term[:1].isascii():
        # After the letter and not before it: a pattern that begins with a letter is searched for much faster.
        marked[0] += "(?<![a-z0-9].)"
    return r"[^\w\n]{0,3}".join(marked) + "".join(plain)


# -- Fuzzy words -------------------------------------------------------------------------------------------------


def _is_near(term: str, wanted: FuzzyTerm) -> bool:
    return term[:1] == wanted.term[:1] and edit_distance(term, wanted.term, limit=wanted.distance) <= wanted.distance
