"""Look up the words of a query in the index: their frequency, and similar words for rare ones. One engine call."""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from index.analyzer import analyze_exact
from search.engines.base import Searcher, SimilarRequest, TermCount
from search.query.ast import Query, Word
from search.query.readings import read_terms
from search.query.tree import leaves

__all__ = ["FEW", "KnownWords", "look_up_words", "plain_words"]

FEW = 3
"""Other queries are suggested when at most this many articles are found."""

_MIN_LETTERS = 4
_MAX_SIMILAR = 12
# Values of a keyword field among which `source:` and `lang:` are looked up.
_MAX_VALUES = 1000


class KnownWords(Struct, frozen=True):
    """Facts of the index about the words of a query.

    `frequencies` counts documents by term of bodies; `similar` has the terms spelled nearly like a rare word, by the
    word's exact term; `values` the values of keyword fields, most frequent first.
    """

    frequencies: Mapping[str, int] = field(default_factory=dict)
    similar: Mapping[str, tuple[TermCount, ...]] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()

    def documents(self, text: str) -> int:
        """Return how many documents have the rarest term of a text; more than `FEW` for a text without terms.

        Of the languages that read the text in ways of their own, the one with most documents counts.
        """
        return max(
            min((self.frequencies.get(term, 0) for term in terms), default=FEW + 1)
            for terms in _all_readings(text, self.languages)
        )


def plain_words(query: Query) -> list[Word]:
    """Return the words that a query asks for in any form and anywhere: those that suggestions may replace."""
    return [
        leaf
        for leaf, negated in leaves(query)
        if isinstance(leaf, Word) and not negated and not leaf.is_exact and not leaf.field
    ]


def look_up_words(
    query: Query | None, names: Sequence[str], *, searcher: Searcher, fields: Sequence[str]
) -> KnownWords:
    """Look up the plain words of `query`, the words of `names` and the values of `fields`; no call for nothing."""
    words = plain_words(query) if query is not None else []
    texts = [*(word.text for word in words), *names]
    languages = searcher.languages
    terms = list(dict.fromkeys(term for text in texts for found in _all_readings(text, languages) for term in found))
    similar = _similar_requests(words, languages) if searcher.capabilities.has_term_dictionary else []
    if not terms and not fields:
        return KnownWords(languages=languages)
    found = searcher.vocabulary(
        [("body", term) for term in terms], similar=similar, fields=fields, max_values=_MAX_VALUES
    )
    return KnownWords(
        frequencies=dict(zip(terms, found.frequencies, strict=True)),
        similar={request.term: terms for request, terms in zip(similar, found.similar, strict=True)},
        values=dict(zip(fields, (tuple(count.term for count in values) for values in found.values), strict=True)),
        languages=languages,
    )


def _all_readings(text: str, languages: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the terms of a text in each way that the languages of the archive read it."""
    found = read_terms(text, languages)
    return [found.terms, *(reading.terms for reading in found.readings)]


def _similar_requests(words: Sequence[Word], languages: tuple[str, ...]) -> list[SimilarRequest]:
    """Ask for similar terms of words that are one term of at least four letters, if few documents have it."""
    requests: dict[str, SimilarRequest] = {}
    for word in words:
        exact, found = analyze_exact(word.text), read_terms(word.text, languages)
        if len(exact) == 1 and len(exact[0].term) >= _MIN_LETTERS and found.terms:
            written = exact[0].term
            distance = 1 if len(written) <= _MIN_LETTERS else 2
            requests[written] = SimilarRequest(
                "exact", written, distance, _MAX_SIMILAR, unless=("body", found.terms[0]), unless_more_than=FEW
            )
    return list(requests.values())
