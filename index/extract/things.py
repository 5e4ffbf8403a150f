"""Names of things that are none of our kinds and look like names that are: laws by their acronyms, storms and ships.

What a text introduces as such a thing, once, is that thing wherever it stands.
"""

import re
from collections.abc import Collection

from index.extract.vocabulary import Vocabulary

__all__ = ["NamedThings"]


class NamedThings:
    """Laws and agreements that the packs know or a text defines, storms and ships that it names.

    >>> things = NamedThings(Vocabulary(law_words=frozenset({"Act"}), before_thing=frozenset({"Hurricane", "USS"})))
    >>> sorted(things.laws_in("the Foreign Agents Act of 1938 (FAA) and the Stored Oil (SO) Act"))
    ['FAA', 'SO']
    >>> sorted(things.namesakes_in("Hurricane Dorian passed the USS Gerald R. Ford."))
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
        self._namesake = before and re.compile(rf"\b(?:{before})\s+([A-Z][\w-]+(?:\s+(?:[A-Z]\.|[A-Z][\w-]+))*)")

    def laws_in(self, text: str) -> Collection[str]:
        """The acronyms that mean a law or an agreement in a text."""
        if not self._law:
            return self._known_laws
        return self._known_laws.union(found[2] or found[3] for found in self._law.finditer(text))

    def namesakes_in(self, text: str) -> Collection[str]:
        """The names of storms and ships in a text, which people bear, too."""
        return {found[1] for found in self._namesake.finditer(text)} if self._namesake else ()


def _any_of(words: Collection[str]) -> str:
    return "|".join(sorted(map(re.escape, words)))
