"""Other queries that find more, made of words and names that are in the archive: "did you mean"."""

from collections.abc import Callable, Sequence
from itertools import islice, product

from msgspec import Struct

from index.analyzer import analyze, analyze_exact
from index.catalog.reader import CatalogReader
from index.fields import FIELDS
from search.answer.matching import edit_distance
from search.engines.base import Searcher
from search.query.ast import Query, Word
from search.query.printer import quote
from search.query.tree import leaves
from search.results import Suggestion

__all__ = ["FEW", "has_unknown_words", "suggest"]

FEW = 3
"""With so many articles or fewer, other queries are offered."""

_MAX_SUGGESTIONS = 3
_MAX_WORDS = 4
_MAX_TERMS = 3
_MAX_TRIES = 8
_MIN_LETTERS = 4
# A word that is in the archive is only doubted for one that is in many times as many articles.
_MUCH_MORE = 8

_PARAMETERS = {declared.name: declared.parameter for declared in FIELDS}


class _Other(Struct, frozen=True):
    """Something to write instead of `[start, end)` of the query; lower ranks are better."""

    text: str
    start: int
    end: int
    rank: int


def has_unknown_words(query: Query, searcher: Searcher) -> bool:
    """True when the query asks for a word that no article has."""
    return any(_documents(word, searcher) == 0 for word in _words(query))


def suggest(
    q: str, query: Query, total: int, *, catalog: CatalogReader, searcher: Searcher, count: Callable[[str], int]
) -> tuple[Suggestion, ...]:
    """At most three queries that find more than the `total` of this one, the most likely first.

    `query` is what the text `q` was read as, and `count` gives the number of articles that a text finds: nothing is
    offered that finds nothing. Names of entities come before words, near spellings before far ones.
    """
    doubtful = [word for word in _words(query) if _is_doubtful(word, total, searcher)][:_MAX_WORDS]
    names = [_names(q, word, catalog) for word in doubtful]
    terms = [_terms(word, searcher) for word in doubtful]
    tried: dict[str, int] = {}
    for others in _combinations(names, terms):
        text = _replaced(q, others)
        if text != q and text not in tried and len(tried) < _MAX_TRIES:
            tried[text] = count(text)
    found = [Suggestion(text, documents) for text, documents in tried.items() if documents > total]
    return tuple(found[:_MAX_SUGGESTIONS])


def _combinations(names: Sequence[Sequence[_Other]], terms: Sequence[Sequence[_Other]]) -> list[Sequence[_Other]]:
    """What to try, best first: a name for one word with the best terms for the others, then terms for all."""
    tries: list[Sequence[_Other]] = []
    best = [found[0] for found in terms if found]
    for options in names:
        for name in options:
            others = [term for term in best if term.end <= name.start or name.end <= term.start]
            tries.append([name, *others])
    all_terms = [found for found in terms if found]
    if all_terms:
        tries += sorted(islice(product(*all_terms), 50), key=lambda others: sum(other.rank for other in others))
    return tries


def _words(query: Query) -> list[Word]:
    return [
        leaf
        for leaf, negated in leaves(query)
        if isinstance(leaf, Word) and not negated and not leaf.is_exact and not leaf.field
    ]


def _documents(word: Word, searcher: Searcher) -> int:
    """In how many articles the rarest term of a word is; many, when it has no term at all."""
    tokens = analyze(word.text)
    return min((searcher.document_frequency("body", token.term) for token in tokens), default=FEW + 1)


def _is_doubtful(word: Word, total: int, searcher: Searcher) -> bool:
    documents = _documents(word, searcher)
    return documents == 0 or (total <= FEW and documents <= FEW)


def _terms(word: Word, searcher: Searcher) -> list[_Other]:
    """Words of the archive that are spelled nearly like this one."""
    exact = analyze_exact(word.text)
    if len(exact) != 1 or len(exact[0].term) < _MIN_LETTERS:
        return []
    written = exact[0].term
    documents = _documents(word, searcher)
    distance = 1 if len(written) <= _MIN_LETTERS else 2
    found = sorted(
        (
            similar
            for similar in searcher.similar_terms("exact", written, distance=distance, limit=_MAX_TERMS * 4)
            if similar.documents >= max(1, documents * _MUCH_MORE)
        ),
        # A letter is more often forgotten than added.
        key=lambda similar: (
            edit_distance(written, similar.term, limit=distance),
            len(similar.term) < len(written),
            -similar.documents,
        ),
    )
    # One suggestion for all forms of a word, and none for other forms of this one.
    stems = {_stems(word.text)}
    distinct = []
    for similar in found:
        if _stems(similar.term) not in stems:
            stems.add(_stems(similar.term))
            distinct.append(similar.term)
    return [
        _Other(_capitalized(term, word.text), word.place.start, word.place.end, rank)
        for rank, term in enumerate(distinct[:_MAX_TERMS])
    ]


def _stems(text: str) -> tuple[str, ...]:
    return tuple(token.term for token in analyze(text))


def _capitalized(term: str, like: str) -> str:
    return term[:1].upper() + term[1:] if like[:1].isupper() else term


def _names(q: str, word: Word, catalog: CatalogReader) -> list[_Other]:
    """Entities with a name that is spelled nearly like this word, or like it and the word after or before it."""
    if len(word.text) < _MIN_LETTERS or catalog.find_entities(word.text, limit=1):
        return []
    found: dict[str, _Other] = {}
    for start, end in _spans(q, word):
        for entity in catalog.similar_names(q[start:end], limit=_MAX_TERMS):
            if entity.documents:
                text = f"{_PARAMETERS[entity.kind.value]}:{quote(entity.name)}"
                found.setdefault(entity.id, _Other(text, start, end, len(found)))
    return list(found.values())[:_MAX_TERMS]


def _spans(q: str, word: Word) -> list[tuple[int, int]]:
    """The word with its neighbour on either side, then alone; only plain words, set apart by one blank, count."""
    start, end = word.place.start, word.place.end
    spans: list[tuple[int, int]] = []
    after = q[end + 1 :].split(" ", 1)[0]
    if q[end : end + 1] == " " and after.isalpha():
        spans.append((start, end + 1 + len(after)))
    before = q[: max(0, start - 1)].rsplit(" ", 1)[-1]
    if start > 0 and q[start - 1] == " " and before.isalpha():
        spans.append((start - 1 - len(before), end))
    return [*spans, (start, end)]


def _replaced(q: str, others: Sequence[_Other]) -> str:
    text = q
    for other in sorted(others, key=lambda other: -other.start):
        text = text[: other.start] + other.text + text[other.end :]
    return text
