"""Proposes systems that no pack knows, by the words beside them: "the Ezugwu armoured vehicle", "Ula-class boats".

The word for a weapon stands behind the name, or the name is one of a row before it ("Etemad and Emad missiles"). What
is so named once is a system wherever the article has it, in the plural too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.pack_names.contexts import Context, read_contexts
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.extract.tokens import Casing, Tokens
from index.model import VALUE_KINDS, Kind

__all__ = ["AppositionsComponent", "create_appositions"]

_CONTEXT: Final = "apposition"
_DESIGNATOR: Final = "designator"
_MOST_WORDS: Final = 4
_MOST_BETWEEN: Final = 4
_NUMBER = re.compile(r"\d{1,4}(?:\.\d)?[A-Z]{0,3}|[IVX]{1,4}|[A-Z]{2,3}")
_HAS_DIGIT = re.compile(r".*\d")
_HYPHEN: Final = "-"
_CLASS: Final = "class"
_TYPE: Final = "Type"
_COORDINATORS: Final = frozenset({",", "and", "or", "/"})
_FEWEST_LETTERS: Final = 3
_RECOGNIZER: Final = "recognizer"
_FIRM_READING: Final = 0.9
_QUOTES: Final = frozenset('"')


@dataclass(frozen=True, slots=True)
class _Row:
    """Words `[start, end)` of a name, and the word for a weapon that tells what it is."""

    start: int
    end: int
    head: str


class AppositionsComponent:
    """Proposes names before words such as "missile"."""

    def __init__(self, context: Context, designator: Context, vocabulary: Vocabulary, name: str) -> None:
        self._context = context
        self._naval = designator.near
        self._vocabulary = vocabulary
        self._name = name
        words = context.near | context.before | context.after
        self._stops = (
            vocabulary.common
            | vocabulary.titles
            | vocabulary.nationalities
            | vocabulary.described
            | {word.capitalize() for word in words}
        )

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each name, and for each time that it stands elsewhere."""
        tokens, candidates = tokens_of(doc), candidates_of(doc)
        heads = [position for position in range(1, len(tokens)) if self._is_head(tokens, position)]
        if not heads:
            return doc
        taken = _Taken(tokens, candidates)
        rows = {(row.start, row.end): row for head in heads for row in self._rows(tokens, head, taken)}
        if not rows:
            return doc
        found = [self._propose(tokens, row.start, row.end, f"before '{row.head}'") for row in rows.values()]
        return add_candidates(doc, [*found, *self._again(tokens, rows, taken)])

    def _is_head(self, tokens: Tokens, position: int) -> bool:
        """Return whether a word for a weapon stands here, and not before another noun ("missile strike")."""
        word = tokens.words[position]
        if word == _CLASS:
            return position > 1 and tokens.words[position - 1] == _HYPHEN and self._is_naval(tokens, position)
        if word not in self._context.after and word not in self._context.before:
            return False
        following = position + 1
        is_last = following >= len(tokens) or tokens.sentences[following] != tokens.sentences[position]
        return is_last or tokens.words[following] not in self._context.against | self._context.after

    def _is_naval(self, tokens: Tokens, position: int) -> bool:
        following = tokens.words[position + 1 : position + 1 + _MOST_BETWEEN]
        return any(
            word in self._context.after or word in self._context.before or word in self._naval for word in following
        )

    def _rows(self, tokens: Tokens, head: int, taken: "_Taken") -> Iterator[_Row]:
        """Yield the names before a head, the nearest first."""
        if tokens.words[head] == _CLASS:
            start = self._start(tokens, head - 1, taken)
            if start < head - 1:
                yield _Row(start, head + 1, tokens.words[head])
            return
        end = head
        for _ in range(_MOST_BETWEEN):
            end = self._before_modifier(tokens, end)
        is_type = end > 1 and tokens.words[end - 2] == _TYPE
        if end == head and tokens.words[head] not in self._context.after and not is_type:
            return
        while end > 0 and tokens.sentences[end - 1] == tokens.sentences[head]:
            if tokens.words[end - 1] in _QUOTES:
                end -= 1
            start = self._start(tokens, end, taken)
            if start < end and self._is_name(tokens, start, end):
                # "T-35 | Pillán trainers"
                start = taken.start_of(start)
                yield _Row(start, end, tokens.words[head])
            elif start == end and not taken.ends_system(end):
                return
            before = taken.start_of(end) if start == end else start
            while before > 0 and tokens.words[before - 1] in _QUOTES:
                before -= 1
            if before == 0 or tokens.words[before - 1] not in _COORDINATORS:
                return
            end = before - 1
            if end > 0 and tokens.words[end] == "and" and tokens.words[end - 1] == ",":
                end -= 1

    def _before_modifier(self, tokens: Tokens, end: int) -> int:
        """Return the start of the word before `end` if it says more about a weapon: "cruise", "mine-resistant"."""
        start = end - 1
        if start > 1 and tokens.words[start - 1] == _HYPHEN and tokens.ends[start - 1] == tokens.starts[start]:
            start -= 2
        written = tokens.text[tokens.starts[start] : tokens.ends[end - 1]] if end > 0 else ""
        return start if written in self._context.near else end

    def _start(self, tokens: Tokens, end: int, taken: "_Taken") -> int:
        """Return the start of the words with capital letters or numbers before `end`; `end` when there are none."""
        start = end
        sentence = tokens.sentences[end - 1] if end else 0
        while start > 0 and end - start < _MOST_WORDS and tokens.sentences[start - 1] == sentence:
            position = start - 1
            word = tokens.words[position]
            is_number = start == end and _NUMBER.fullmatch(word) is not None and position > 0
            is_word = tokens.capital[position] and tokens.keys[position] not in self._stops
            if taken.is_taken(position) or not (is_word or is_number) or tokens.casing[position] != Casing.NORMAL:
                break
            start = position
        while start < end and tokens.words[start][0].isdigit() and _HYPHEN not in tokens.words[start]:
            start += 1
        return start

    def _is_name(self, tokens: Tokens, start: int, end: int) -> bool:
        """Return whether words are more than a number, and no word of the language that begins a sentence."""
        written = tokens.text[tokens.starts[start] : tokens.ends[end - 1]]
        if _HAS_DIGIT.match(written):
            return any(map(str.isalpha, written))
        first = tokens.keys[start]
        is_plain = end == start + 1 and (tokens.is_sentence_start(start) or first in self._vocabulary.given)
        return (
            len(written) >= _FEWEST_LETTERS
            and not is_plain
            and not (end == start + 1 and first.isupper() and len(first) <= 3)
        )

    def _again(self, tokens: Tokens, rows: dict[tuple[int, int], _Row], taken: "_Taken") -> Iterator[Candidate]:
        """Yield the names where they stand without a word for what they are, also with an "s"."""
        forms = {tuple(tokens.keys[start:end]) for start, end in rows}
        by_first: dict[str, list[tuple[str, ...]]] = {}
        for form in forms:
            for last in (form[-1], f"{form[-1]}s"):
                keys = (*form[:-1], last)
                by_first.setdefault(keys[0], []).append(keys)
        covered = {position for start, end in rows for position in range(start, end)}
        for position, key in enumerate(tokens.keys):
            for keys in by_first.get(key, ()):
                end = position + len(keys)
                is_free = not any(place in covered or taken.is_taken(place) for place in range(position, end))
                if tuple(tokens.keys[position:end]) == keys and is_free and not self._goes_on(tokens, position, end):
                    yield self._propose(tokens, position, end, "a system elsewhere in the article")

    def _goes_on(self, tokens: Tokens, start: int, end: int) -> bool:
        """Return whether a neighbor with a capital letter makes the words a part of another name."""
        sentence = tokens.sentences[start]
        is_after = end < len(tokens) and tokens.sentences[end] == sentence and tokens.capital[end]
        before = start - 1
        is_before = (
            before >= 0
            and tokens.sentences[before] == sentence
            and tokens.capital[before]
            and tokens.keys[before] not in self._stops
            and not tokens.is_sentence_start(before)
        )
        return is_after or is_before

    def _propose(self, tokens: Tokens, start: int, end: int, evidence: str) -> Candidate:
        span = tokens.starts[start], tokens.ends[end - 1]
        return Candidate(*span, Kind.SYSTEMS, self._name, evidence, certainty=Certainty.SURE)


def _is_sure(candidate: Candidate) -> bool:
    """Return whether a word is the name of something else: a firm, not its drones, as the article or a pack says."""
    is_read = candidate.component == _RECOGNIZER and candidate.chance >= _FIRM_READING
    return (
        is_read
        or candidate.kind in VALUE_KINDS
        or candidate.reference is not None
        or candidate.certainty is Certainty.SURE
    )


class _Taken:
    """Words that are names of other things, which a pack or a title makes sure, or of systems that are known."""

    def __init__(self, tokens: Tokens, candidates: list[Candidate]) -> None:
        self._tokens = tokens
        numbers = {start: number for number, start in enumerate(tokens.starts)}
        ends = {end: number for number, end in enumerate(tokens.ends)}
        self._taken: set[int] = set()
        self._systems: dict[int, int] = {}
        named: dict[str, int] = {}
        for each in candidates:
            if each.start not in numbers or each.end not in ends:
                continue
            words = range(numbers[each.start], ends[each.end] + 1)
            if each.kind is Kind.SYSTEMS:
                self._systems[words.stop] = words.start
            elif len(words) > 1 or _is_sure(each):
                self._taken.update(words)
            if each.kind is not Kind.SYSTEMS:
                written = tokens.text[each.start : each.end]
                named[written] = named.get(written, 0) + 1
        # What the article has twice as something else is a firm with its drones.
        self._others = {written for written, count in named.items() if count > 1}

    def is_taken(self, position: int) -> bool:
        return (
            position in self._taken
            or self._tokens.words[position] in self._others
            or any(start <= position < end for end, start in self._systems.items())
        )

    def ends_system(self, end: int) -> bool:
        return end in self._systems

    def start_of(self, end: int) -> int:
        return self._systems.get(end, end)


@ArticleLanguage.factory("dossier_appositions")
def create_appositions(nlp: ArticleLanguage, name: str) -> AppositionsComponent:
    """The component with the contexts "apposition" and "designator" in the packs of `nlp`."""
    contexts = read_contexts(nlp.packs)
    vocabulary = read_vocabulary(nlp.packs)
    return AppositionsComponent(
        contexts.get(_CONTEXT, Context()),
        contexts.get(_DESIGNATOR, Context()),
        vocabulary,
        name.removeprefix("dossier_"),
    )
