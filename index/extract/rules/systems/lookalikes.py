"""Finds names of things that are not of our kinds but look so: acronyms of laws, storms, ships.

What a text introduces as such a thing, once, is that thing wherever it stands.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.model import Kind

__all__ = ["NamedThings", "ThingsComponent", "create_things", "drop_things", "things_of"]

_KEY: Final = "dossier.things"
_LONGEST_WORD: Final = 30
# A line may be wrapped inside a name; a paragraph ends it.
_BLANK: Final = r"[^\S\n]*(?:[^\S\n]|\n)[^\S\n]*(?=\S)"


@dataclass(frozen=True, slots=True)
class NamedThings:
    """The things that a text names: acronyms of `laws` and agreements, and `namesakes`, which are storms and ships.

    `places` are where the text introduces the latter: characters `[start, end)`, in order.
    """

    laws: Collection[str] = frozenset()
    namesakes: Collection[str] = frozenset()
    places: Sequence[tuple[int, int]] = ()

    def holds(self, text: str, start: int, end: int) -> bool:
        """Return whether this is where a ship or storm is introduced, or named again: "the Carney"."""
        if not self.places:
            return False
        number = bisect_right(self.places, (start, len(text))) - 1
        if number >= 0 and end <= self.places[number][1] and self._is_within(text, start, self.places[number][0]):
            return True
        return text[start:end] in self.namesakes and text[max(0, start - 4) : start].lower() == "the "

    @staticmethod
    def _is_within(text: str, start: int, first: int) -> bool:
        """Return whether what stands at `start` is part of the name that begins at `first`.

        In "Storm Kills Nine in Oslo", a headline, all words have capitals; behind "USS" and "ferry" they tell.
        """
        word = text[max(0, first - _LONGEST_WORD) : first].split()[-1]
        return start == first or word.isupper() or word.islower()


class ThingsComponent:
    """Finds the laws and agreements that the packs know or a text defines, and the storms and ships that it names.

    >>> words = Vocabulary(law_words=frozenset({"Act"}), before_thing=frozenset({"Hurricane", "USS"}))
    >>> component = ThingsComponent(words)
    >>> sorted(component.read("the Foreign Agents Act of 1938 (FAA) and the Stored Oil (SO) Act").laws)
    ['FAA', 'SO']
    >>> sorted(component.read("Hurricane Dorian passed the USS Gerald R. Ford.").namesakes)
    ['Dorian', 'Gerald R. Ford']
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known_laws = vocabulary.law_acronyms
        words = _any_of(vocabulary.law_words)
        # The acronym ends with the letter that the word before it begins with; who signed, "Accord (UN)", does not.
        self._law = words and re.compile(
            rf"\b(?=(?:{words})\b)([A-Z])\w+(?: of (?:1[89]|20)\d\d)? \(([A-Z][A-Za-z-]{{0,8}}\1)\)"
            rf"|\(([A-Z]{{2,8}})\) (?:{words})\b"
        )
        before = _any_of(vocabulary.before_thing)
        self._namesake = before and re.compile(
            rf"\b(?:{before}){_BLANK}([A-Z][\w-]+(?:{_BLANK}(?:[A-Z]\.|[A-Z][\w-]+))*)"
        )

    def __call__(self, doc: Doc) -> Doc:
        """Put the things of the text on the `Doc`, for `things_of`."""
        doc.user_data[_KEY] = self.read(tokens_of(doc).text)
        return doc

    def read(self, text: str) -> NamedThings:
        """Return the things that a text names."""
        laws = {found[2] or found[3] for found in self._law.finditer(text)} if self._law else set()
        named = list(self._namesake.finditer(text)) if self._namesake else []
        places = [found.span(1) for found in named]
        return NamedThings(self._known_laws.union(laws), {found[1] for found in named}, places)


@ArticleLanguage.component("dossier_no_things")
def drop_things(doc: Doc) -> Doc:
    """Leave on the `Doc` no person or place that is the name of a ship or a storm: "USS Carney", "the Maria"."""
    things = things_of(doc)
    if things.places:
        text = tokens_of(doc).text
        candidates = candidates_of(doc)
        candidates[:] = [
            each
            for each in candidates
            if each.kind not in (Kind.PEOPLE, Kind.PLACES) or not things.holds(text, each.start, each.end)
        ]
    return doc


def things_of(doc: Doc) -> NamedThings:
    """Return the things that the text names; empty when their component did not run."""
    things: NamedThings = doc.user_data.get(_KEY, NamedThings())
    return things


def _any_of(words: Collection[str]) -> str:
    return "|".join(sorted(map(re.escape, words)))


@ArticleLanguage.factory("dossier_things")
def create_things(nlp: ArticleLanguage, name: str) -> ThingsComponent:
    """The component with the words of the packs of `nlp`."""
    return ThingsComponent(read_vocabulary(nlp.packs))
