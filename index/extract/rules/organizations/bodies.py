"""Finds the parliaments and central banks that a text calls by one word: "Parliament voted", "The Bank said"."""

from collections.abc import Collection, Iterator

from index.extract.candidates import Candidate, Certainty
from index.extract.rules.vocabulary import Vocabulary
from index.extract.tokens import Casing, Tokens
from index.model import Kind

__all__ = ["find_bodies"]

_THE = "the"


def find_bodies(tokens: Tokens, vocabulary: Vocabulary, known: Collection[int], name: str) -> Iterator[Candidate]:
    """Yield the bodies of states before a word for what they do; `known` are the starts of other organizations.

    "The House" needs its article; "Parliament" needs none, also where a sentence begins.
    """
    for position, key in enumerate(tokens.keys[:-1]):
        if (
            key not in vocabulary.bodies
            or not tokens.capital[position]
            or tokens.casing[position] != Casing.NORMAL
            or tokens.starts[position] in known
            or tokens.sentences[position + 1] != tokens.sentences[position]
            or tokens.words[position + 1] not in vocabulary.after_body
        ):
            continue
        is_first = tokens.is_sentence_start(position)
        before = "" if is_first else tokens.words[position - 1]
        if before.lower() == _THE or (key in vocabulary.bare_bodies and (is_first or not tokens.capital[position - 1])):
            evidence = f"'{tokens.words[position + 1]}' after '{tokens.words[position]}'"
            yield Candidate(
                tokens.starts[position],
                tokens.ends[position],
                Kind.ORGANIZATIONS,
                name,
                evidence,
                certainty=Certainty.SURE,
            )
