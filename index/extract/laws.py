"""Acronyms of laws and agreements, which look like those of organizations and are none."""

import re
from collections.abc import Collection

from index.extract.vocabulary import Vocabulary

__all__ = ["LawAcronyms"]


class LawAcronyms:
    """Those that the packs know, and those that a text defines.

    >>> laws = LawAcronyms(Vocabulary(law_words=frozenset({"Act"}), law_acronyms=frozenset({"CAATSA"})))
    >>> sorted(laws.in_text("CAATSA, the Foreign Agents Act of 1938 (FAA), the Stored Oil (SO) Act"))
    ['CAATSA', 'FAA', 'SO']
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known = vocabulary.law_acronyms
        words = "|".join(sorted(map(re.escape, vocabulary.law_words)))
        # The acronym ends with the letter that the word before it begins with; who signed, "Accord (UN)", does not.
        self._defined = words and re.compile(
            rf"\b(?=(?:{words})\b)([A-Z])\w+(?: of (?:1[89]|20)\d\d)? \(([A-Z][A-Za-z-]{{0,8}}\1)\)"
            rf"|\(([A-Z]{{2,8}})\) (?:{words})\b"
        )

    def in_text(self, text: str) -> Collection[str]:
        """The acronyms that mean a law or an agreement in this text."""
        if not self._defined:
            return self._known
        return self._known.union(found[2] or found[3] for found in self._defined.finditer(text))
