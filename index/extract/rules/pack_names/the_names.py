"""Papers called by an article and a word, "The Sun", where the article has its capital letter from the sentence."""

from collections.abc import Collection, Iterable
from typing import Final

from index.extract.rules.pack_names.contexts import Context
from index.extract.rules.pack_names.forms import Match
from index.extract.tokens import Casing, Tokens
from index.model import Kind

__all__ = ["without_openings"]

_THE: Final = "The"
_PAPERS: Final = frozenset({"newspaper", "magazine", "website"})
# What people say, too: "The Australian said".
_SAID: Final = frozenset({"said", "told"})


def without_openings(
    matches: Iterable[Match], tokens: Tokens, source: Context, nationalities: Collection[str]
) -> list[Match]:
    """Return the matches without papers that only open a sentence: "The Australian team", "The Sun rose".

    A word of `source` behind it says that the paper is meant, as does its name inside of another sentence.
    A capital letter behind it makes it a part of a longer name: "The National Gallery".
    """
    matches = list(matches)
    doubtful = [match for match in matches if _is_paper(match, tokens)]
    if not doubtful:
        return matches
    inside = {match.form.entry.reference for match in doubtful if not tokens.is_sentence_start(match.start)}
    words = source.near | source.after
    dropped = [
        match
        for match in doubtful
        if tokens.is_sentence_start(match.start) and not _is_meant(match, tokens, words, inside, nationalities)
    ]
    return [match for match in matches if match not in dropped]


def _is_paper(match: Match, tokens: Tokens) -> bool:
    entry = match.form.entry
    return (
        match.end - match.start == 2
        and tokens.words[match.start] == _THE
        and entry.kind is Kind.ORGANIZATIONS
        and entry.attributes.get("category") in _PAPERS
        and tokens.casing[match.start] == Casing.NORMAL
    )


def _is_meant(
    match: Match, tokens: Tokens, words: Collection[str], inside: Collection[str], nationalities: Collection[str]
) -> bool:
    end = match.end
    following = tokens.keys[end] if end < len(tokens) and tokens.sentences[end] == tokens.sentences[match.start] else ""
    if following in words and not (following in _SAID and tokens.keys[end - 1] in nationalities):
        return True
    return match.form.entry.reference in inside and not following[:1].isupper()
