"""Proposes places that no pack knows, by a word in their name or beside it ("X province")."""

from collections.abc import Iterator

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.extract.tokens import Casing, Tokens
from index.model import Kind

__all__ = ["PlacesComponent", "create_places"]

_MAX_WORDS = 4
_BETWEEN = frozenset({",", "and", "or"})


class PlacesComponent:
    """Proposes names that look like places."""

    def __init__(self, vocabulary: Vocabulary, name: str) -> None:
        self._vocabulary = vocabulary
        self._name = name
        self._stops = vocabulary.common | vocabulary.titles

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each name."""
        tokens = tokens_of(doc)
        known = {candidate.start for candidate in candidates_of(doc) if candidate.kind is Kind.PLACES}
        return add_candidates(doc, self._find(tokens, known))

    def _find(self, tokens: Tokens, known: set[int]) -> Iterator[Candidate]:
        position, count = 0, len(tokens)
        # The end of the last town of a list: "in Oslo, Bergen and | Molde".
        listed = -1
        while position < count:
            if not tokens.capital[position] or tokens.casing[position] != Casing.NORMAL:
                position += 1
                continue
            end = self._read_row(tokens, position)
            if end == position:
                position += 1
                continue
            is_after = self._is_after_preposition(tokens, position)
            is_town = self._is_town(tokens, position, end, known)
            is_listed = is_town and (is_after or listed == self._before_mark(tokens, position))
            # "In London, Lincoln and Jackson met" is no list.
            is_opening = is_after and tokens.is_sentence_start(position - 1)
            listed = end if is_listed and not is_opening else -1
            yield from self._judge(tokens, position, end, known, is_listed=is_listed)
            position = end

    def _read_row(self, tokens: Tokens, start: int) -> int:
        sentence = tokens.sentences[start]
        end = start
        while end < len(tokens) and tokens.sentences[end] == sentence and end - start < _MAX_WORDS:
            key = tokens.keys[end]
            if not tokens.capital[end] or key in self._stops or not key[0].isalpha():
                break
            if end > start and key in self._vocabulary.nationalities:
                break
            end += 1
        return end

    def _is_town(self, tokens: Tokens, start: int, end: int, known: set[int]) -> bool:
        is_known = tokens.starts[start] in known
        return is_known or (end - start <= 2 and " ".join(tokens.keys[start:end]) in self._vocabulary.towns)

    @staticmethod
    def _before_mark(tokens: Tokens, start: int) -> int:
        """Return the position of the comma or "and" before `start`; 0 when something else stands there."""
        before = start
        while before > 0 and tokens.words[before - 1] in _BETWEEN and start - before < 2:
            before -= 1
        return before if before < start else 0

    def _judge(self, tokens: Tokens, start: int, end: int, known: set[int], *, is_listed: bool) -> Iterator[Candidate]:
        vocabulary = self._vocabulary
        keys, count = tokens.keys, len(tokens)
        sentence = tokens.sentences[start]
        last = keys[end - 1]
        first = keys[start]
        following = keys[end] if end < count and tokens.sentences[end] == sentence else ""
        if end - start > 1 and last in vocabulary.place_last:
            yield self._propose(tokens, start, end, f"'{last}' ends the name")
        elif end - start > 1 and first in vocabulary.place_first:
            yield self._propose(tokens, start, end, f"'{first}' begins the name")
        elif following == "of" and last in vocabulary.place_of and end + 1 < count and tokens.capital[end + 1]:
            stop = self._read_row(tokens, end + 1)
            if stop > end + 1:
                yield self._propose(tokens, start, stop, f"'{last} of' begins the name")
        elif following in vocabulary.place_lower and first not in vocabulary.nationalities:
            yield self._propose(tokens, start, end, f"'{following}' after the name")
        elif self._is_before_known_place(tokens, start, end, known):
            yield self._propose(tokens, start, end, f"'{keys[end + 1]}' after the name")
        elif is_listed and tokens.starts[start] not in known:
            before = keys[start - 1]
            is_first = self._is_after_preposition(tokens, start)
            yield self._propose(
                tokens, start, end, f"'{before}' before the name of a town" if is_first else "in a list of towns"
            )

    def _is_after_preposition(self, tokens: Tokens, start: int) -> bool:
        before = start - 1
        return (
            before >= 0
            and tokens.sentences[before] == tokens.sentences[start]
            and tokens.keys[before].lower() in self._vocabulary.before_town
        )

    def _is_before_known_place(self, tokens: Tokens, start: int, end: int, known: set[int]) -> bool:
        """Return whether this is "in X, Texas", or "X, Texas" at the start of a sentence or between commas."""
        if end + 1 >= len(tokens) or tokens.words[end] != "," or tokens.starts[end + 1] not in known:
            return False
        if tokens.sentences[end + 1] != tokens.sentences[start]:
            return False
        after = end + 2
        if after < len(tokens) and tokens.keys[after] == "'s":
            return False
        return self._is_after_preposition(tokens, start)

    def _propose(self, tokens: Tokens, start: int, end: int, evidence: str) -> Candidate:
        return Candidate(
            tokens.starts[start],
            tokens.ends[end - 1],
            Kind.PLACES,
            self._name,
            evidence,
            certainty=Certainty.LIKELY,
        )


@ArticleLanguage.factory("dossier_places")
def create_places(nlp: ArticleLanguage, name: str) -> PlacesComponent:
    """The component with the words of the packs of `nlp`."""
    return PlacesComponent(read_vocabulary(nlp.packs), name.removeprefix("dossier_"))
