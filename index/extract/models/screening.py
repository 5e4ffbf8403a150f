"""Filters model predictions that are not names: words, titles, laws, storms, and scripts it cannot read."""

import re
from bisect import bisect_left
from typing import Final
from unicodedata import category

from index.extract.models.headings import LoneWords, PlainWords
from index.extract.rules.capitals import is_plain_word
from index.extract.rules.systems.lookalikes import NamedThings
from index.extract.rules.vocabulary import Vocabulary
from index.extract.tokens import Casing, Tokens, word_key
from index.model import Kind
from index.recognizer.asked import has_lost_case

__all__ = ["Screen"]

_MIN_LETTERS: Final = 2
# An organization is read with this chance before it is believed whatever its last word is: "World Food Program".
_WHATEVER_ITS_LAST_WORD: Final = 0.85
# A place whose name looks like that of a people is read with this chance before it is believed.
_PLACE_NOT_PEOPLE: Final = 0.9
# "The Bank" is read with this chance before it is believed to be a name.
_HEAD_ALONE: Final = 0.9
_LONGEST_ARTICLE: Final = 4
_AFTER_ARTICLE = re.compile(r"\b(?:[Tt]he|THE) $")
_PEOPLE_OF_A_PLACE = re.compile(r"[A-Z]\w+(?:ans|ians?|eans?|ites?)")
_NEXT_WORD = re.compile(r" ([A-Z]\w+)")
_OF_A_YEAR = re.compile(r"[-–](?:19|20)\d\d\b")
# "D-MN", "R-Tenn."
_PARTY_AND_STATE = re.compile(r"[DIR]-[A-Z][A-Za-z.]+|[A-Z]-[A-Z]{2}")


class Screen:
    """Filter for the predictions in one text."""

    def __init__(self, tokens: Tokens, vocabulary: Vocabulary, things: NamedThings) -> None:
        self._tokens = tokens
        self._vocabulary = vocabulary
        self._plain = PlainWords(tokens, vocabulary.common)
        self._lone = LoneWords(tokens)
        self._things = things
        self._has_case = not has_lost_case(sum(tokens.capital), len(tokens.words))

    def passes(self, start: int, end: int, kind: Kind, chance: float, *, word: int) -> bool:
        """Return whether `[start, end)`, from token `word` on, can be a name of a `kind`, of probability `chance`."""
        written = self._tokens.text[start:end]
        # In small letters: "then" of "then-Defence Department".
        is_small = self._has_case and written == written.lower()
        if end - start < _MIN_LETTERS or is_small or _is_unreadable(written):
            return False
        if self._plain.are_all(self._tokens, word, end) or self._lone.is_one(self._tokens, word):
            return False
        if _PARTY_AND_STATE.fullmatch(written) or self._is_plain(word, end):
            return False
        match kind:
            case Kind.PEOPLE:
                # "KO" is a word; in small letters it could be a name.
                is_word = written.isupper() and word_key(written).rstrip(".") in self._vocabulary.common
                is_thing = is_word or written in self._things.namesakes
                return not is_thing and not self._is_title(start, written)
            case Kind.PLACES:
                is_people = chance < _PLACE_NOT_PEOPLE and _PEOPLE_OF_A_PLACE.fullmatch(written) is not None
                return not is_people and word_key(written) not in self._vocabulary.common
            case _:
                is_word = word_key(written) in self._vocabulary.common or self._is_head(start, written, chance)
                return not is_word and not self._is_thing(end, written, chance)

    def _is_plain(self, word: int, end: int) -> bool:
        """Return whether a name in a paragraph in capitals is a word alone, or what people of a country are called."""
        tokens = self._tokens
        if tokens.casing[word] != Casing.UPPER:
            return False
        stop = bisect_left(tokens.starts, end)
        is_people = stop - word == 1 and tokens.keys[word].title() in self._vocabulary.nationalities
        return is_people or is_plain_word(self._vocabulary.words_in_capitals, tokens, word, stop)

    def _is_head(self, start: int, written: str, chance: float) -> bool:
        """Return whether this is only the word that heads a name, after an article: "the | Council"."""
        is_alone = chance < _HEAD_ALONE and word_key(written) in self._vocabulary.organization_of
        before = max(0, start - _LONGEST_ARTICLE)
        return is_alone and _AFTER_ARTICLE.search(self._tokens.text, before, start) is not None

    def _is_title(self, start: int, written: str) -> bool:
        """Return whether this is a title after an article: "the | Count"."""
        before = max(0, start - _LONGEST_ARTICLE)
        is_after_article = _AFTER_ARTICLE.search(self._tokens.text, before, start) is not None
        return is_after_article and word_key(written) in self._vocabulary.titles

    def _is_thing(self, end: int, written: str, chance: float) -> bool:
        """Return whether it is a law, award, show or event of a year ("Army-2017").

        The words for such things end names of organizations, too ("World Food Program"), which are read firmly, and
        stand behind what is read as a name in part ("Dubai Air | Show").
        """
        last = word_key(written.rpartition(" ")[2])
        following = _NEXT_WORD.match(self._tokens.text, end)
        never = self._vocabulary.organization_never
        names_thing = last in never or (following is not None and word_key(following[1]) in never)
        return (
            written in self._things.laws
            or (chance < _WHATEVER_ITS_LAST_WORD and names_thing)
            or _OF_A_YEAR.match(self._tokens.text, end) is not None
        )


def _is_unreadable(written: str) -> bool:
    """Return whether there are letters without case (Arabic, Hindi, Chinese), about which the network knows nothing."""
    return not written.isascii() and any(category(letter) == "Lo" for letter in written)
