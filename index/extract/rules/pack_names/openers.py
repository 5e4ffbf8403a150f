"""Cuts off names the small words at their borders, in texts of other languages: "La | Unión Europea", "Во | Франции".

The rules for names know the openers of English. In other languages a capital letter at the start of a sentence makes
the next name longer, or makes a name of nothing ("El Ministerio"). The recognizer takes small words behind a name for
a part of it ("Estados Unidos | y su").
"""

from bisect import bisect_right
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import Candidate, candidates_of, language_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.tokens import Tokens
from index.model import ENTITY_KINDS, Kind
from index.packs.written_forms import read_openers

__all__ = ["cut_openers"]

_ENGLISH: Final = "en"
_APOSTROPHES: Final = str.maketrans(dict.fromkeys("’ʼ", "'"))
# What this component proposes is a place because of its first word ("El", "Monte"), or not at all.
_PLACES_BY_WORDS: Final = "places"
_RECOGNIZER: Final = "recognizer"


@ArticleLanguage.component("dossier_openers")
def cut_openers(doc: Doc) -> Doc:
    """Cut candidates that no pack knows, and drop those of which too little stays."""
    language = language_of(doc)
    openers = read_openers(language) if language is not None and language != _ENGLISH else frozenset()
    if openers:
        candidates, tokens = candidates_of(doc), tokens_of(doc)
        candidates[:] = [each for each in candidates if _keep(each, tokens, openers)]
    return doc


def _keep(candidate: Candidate, tokens: Tokens, openers: frozenset[str]) -> bool:
    """Return whether a candidate stays, after its opener is cut off."""
    if candidate.kind not in ENTITY_KINDS or candidate.reference is not None:
        return True
    word = bisect_right(tokens.starts, candidate.start) - 1
    if word < 0 or tokens.starts[word] != candidate.start:
        return True
    if candidate.component == _RECOGNIZER:
        _trim(candidate, tokens, openers)
        word = bisect_right(tokens.starts, candidate.start) - 1
    is_opener = tokens.words[word].lower().translate(_APOSTROPHES) in openers
    if not is_opener or not tokens.is_sentence_start(word):
        return True
    following = word + 1
    if following >= len(tokens) or tokens.starts[following] >= candidate.end:
        return False
    is_one_word = following + 1 >= len(tokens) or tokens.starts[following + 1] >= candidate.end
    if (candidate.kind is Kind.PEOPLE and is_one_word) or candidate.component == _PLACES_BY_WORDS:
        return False
    candidate.start = tokens.starts[following]
    return True


def _trim(candidate: Candidate, tokens: Tokens, openers: frozenset[str]) -> None:
    """Cut off words in small letters: openers before a name, any behind it."""
    first = bisect_right(tokens.starts, candidate.start) - 1
    last = bisect_right(tokens.starts, candidate.end - 1) - 1
    while first < last and tokens.words[first] in openers:
        first += 1
    while first < last and tokens.words[last].islower():
        last -= 1
    candidate.start = tokens.starts[first]
    candidate.end = min(candidate.end, tokens.ends[last])
