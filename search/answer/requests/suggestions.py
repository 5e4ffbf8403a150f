"""Suggest other queries that find more, made of words and names of the archive: "did you mean"."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import islice, product

from msgspec import Struct

from index.analyzer import analyze_exact
from index.catalog.reader import CatalogReader
from index.catalog.reading.records import NameMatches
from index.fields import FIELDS
from index.model import Entity
from index.normalize.edit_distance import edit_distance
from search.answer.requests.amounts import WrittenAmount
from search.answer.requests.vocabulary import FEW, KnownWords, plain_words
from search.engines.base import TermCount
from search.query.ast import AmountRange, Place, Query, Word
from search.query.printer import quote
from search.query.readings import read_terms
from search.results import Suggestion

__all__ = ["Alternatives", "alternatives", "suggestions"]

_MAX_SUGGESTIONS = 3
_MAX_WORDS = 4
_MAX_TERMS = 3
_MAX_TRIES = 8
_MIN_LETTERS = 4
# A word of the archive is only replaced by one that is in many times as many articles.
_MUCH_MORE = 8

# A currency before the digits, or a unit or currency behind them.
_HAS_UNIT = re.compile(r"^[^\d\s]+\d|\d[^\d\s.,]+$")

_PARAMETERS = {declared.name: declared.parameter for declared in FIELDS}


class _Replacement(Struct, frozen=True):
    """Text in place of `[start, end)` of the query; lower ranks are better."""

    text: str
    start: int
    end: int
    rank: int


class Alternatives(Struct, frozen=True):
    """Texts of other queries, best first: for unknown words alone, and for all rare words when little is found.

    `with_amounts` is the text whose amounts of money are asked for as such, however frequent its words are.
    """

    for_unknown: tuple[str, ...] = ()
    for_rare: tuple[str, ...] = ()
    with_amounts: tuple[str, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """Return all texts, each once."""
        return tuple(dict.fromkeys((*self.with_amounts, *self.for_unknown, *self.for_rare)))


def alternatives(
    q: str,
    query: Query,
    *,
    catalog: CatalogReader,
    matches: NameMatches,
    known: KnownWords,
    amounts: Sequence[WrittenAmount],
    read_amount: Callable[[str], AmountRange | None],
) -> Alternatives:
    """Return other ways to write `q`, parsed as `query`: names before words, near spellings before far ones.

    `amounts` are those among its words; a rare word that `read_amount` reads as an amount is looked for as one, too.
    One call to the catalog when a word is rare, none otherwise.
    """
    placed = [_Replacement(amount.text, amount.place.start, amount.place.end, 0) for amount in amounts]
    with_amounts = (_replaced(q, placed),) if placed else ()
    rare = [
        word
        for word in plain_words(query)
        if known.documents(word.text) <= FEW and not any(_is_in(word, amount.place) for amount in amounts)
    ]
    if not rare:
        return Alternatives(with_amounts=with_amounts)
    spans = {word: _spans(q, word) for word in rare if _may_be_misspelled_name(word, matches)}
    texts = list(dict.fromkeys(q[start:end] for found in spans.values() for start, end in found))
    similar = catalog.similar_to(texts, limit=_MAX_TERMS) if texts else {}
    names = {word: [*_amount(word, read_amount), *_names(q, spans.get(word, ()), similar)] for word in rare}
    unknown = [word for word in rare if known.documents(word.text) == 0]
    return Alternatives(
        for_unknown=_texts(q, unknown, names, known),
        for_rare=_texts(q, rare, names, known),
        with_amounts=with_amounts,
    )


def suggestions(found: Alternatives, total: int, counts: Mapping[str, int]) -> tuple[Suggestion, ...]:
    """Return at most three alternatives that find more than `total` articles, the best first.

    Amounts come before all, whenever they find anything: articles that write one in another way lack the words, and
    some have the words without the amount. `counts` has the number of articles that each text finds.
    """
    texts = found.for_rare if total <= FEW else found.for_unknown
    finding = [text for text in found.with_amounts if counts[text]]
    finding += [text for text in texts if counts[text] > total]
    return tuple(Suggestion(text, counts[text]) for text in dict.fromkeys(finding))[:_MAX_SUGGESTIONS]


def _texts(
    q: str,
    words: Sequence[Word],
    names: Mapping[Word, Sequence[_Replacement]],
    known: KnownWords,
) -> tuple[str, ...]:
    doubtful = words[:_MAX_WORDS]
    terms = [_terms(word, known) for word in doubtful]
    named = [names[word] for word in doubtful]
    texts = dict.fromkeys(_replaced(q, replacements) for replacements in _combinations(named, terms))
    return tuple(islice((text for text in texts if text != q), _MAX_TRIES))


def _combinations(
    names: Sequence[Sequence[_Replacement]], terms: Sequence[Sequence[_Replacement]]
) -> list[Sequence[_Replacement]]:
    """Combine replacements, best first: a name for one word with the best terms for the others, then terms for all."""
    tries: list[Sequence[_Replacement]] = []
    best = [found[0] for found in terms if found]
    for options in names:
        for name in options:
            others = [term for term in best if term.end <= name.start or name.end <= term.start]
            tries.append([name, *others])
    all_terms = [found for found in terms if found]
    if all_terms:
        tries += sorted(islice(product(*all_terms), 50), key=lambda chosen: sum(item.rank for item in chosen))
    return tries


def _is_in(word: Word, place: Place) -> bool:
    return place.start <= word.place.start and word.place.end <= place.end


def _terms(word: Word, known: KnownWords) -> list[_Replacement]:
    """Return words of the archive that are spelled nearly like this one."""
    exact = analyze_exact(word.text)
    if len(exact) != 1:
        return []
    written = exact[0].term
    documents = known.documents(word.text)
    near = [term for term in known.similar.get(written, ()) if term.documents >= max(1, documents * _MUCH_MORE)]
    # One suggestion for all forms of a word, and none for other forms of this one.
    stems = {*_stems(word.text, known.languages)}
    distinct = []
    for similar in sorted(near, key=lambda term: _nearness(written, term)):
        found = _stems(similar.term, known.languages)
        if found.isdisjoint(stems):
            stems |= found
            distinct.append(similar.term)
    return [
        _Replacement(_capitalized(term, word.text), word.place.start, word.place.end, rank)
        for rank, term in enumerate(distinct[:_MAX_TERMS])
    ]


def _nearness(written: str, similar: TermCount) -> tuple[int, bool, int]:
    # A letter is more often left out than added.
    return edit_distance(written, similar.term, limit=2), len(similar.term) < len(written), -similar.documents


def _stems(text: str, languages: tuple[str, ...]) -> set[tuple[str, ...]]:
    found = read_terms(text, languages)
    return {found.terms, *(reading.terms for reading in found.readings)}


def _capitalized(term: str, like: str) -> str:
    return term[:1].upper() + term[1:] if like[:1].isupper() else term


def _may_be_misspelled_name(word: Word, matches: NameMatches) -> bool:
    return len(word.text) >= _MIN_LETTERS and not matches.by_name.get(word.text)


def _names(q: str, spans: Sequence[tuple[int, int]], similar: Mapping[str, Sequence[Entity]]) -> list[_Replacement]:
    """Return entities with a name spelled nearly like a word, or like it and the word after or before it."""
    found: dict[str, _Replacement] = {}
    for start, end in spans:
        for entity in similar.get(q[start:end], ()):
            if entity.documents:
                text = f"{_PARAMETERS[entity.kind.value]}:{quote(entity.name)}"
                found.setdefault(entity.id, _Replacement(text, start, end, len(found)))
    return list(found.values())[:_MAX_TERMS]


def _amount(word: Word, read_amount: Callable[[str], AmountRange | None]) -> list[_Replacement]:
    """Return the amount that a word such as "$2.5bn" is: articles write it in many ways. A mere number is none."""
    if not _HAS_UNIT.search(word.text) or read_amount(word.text) is None:
        return []
    return [_Replacement(f"amount:{word.text}", word.place.start, word.place.end, 0)]


def _spans(q: str, word: Word) -> list[tuple[int, int]]:
    """Return the word with its neighbor on either side, then alone; only plain words one space apart count."""
    start, end = word.place.start, word.place.end
    spans: list[tuple[int, int]] = []
    after = q[end + 1 :].split(" ", 1)[0]
    if q[end : end + 1] == " " and after.isalpha():
        spans.append((start, end + 1 + len(after)))
    before = q[: max(0, start - 1)].rsplit(" ", 1)[-1]
    if start > 0 and q[start - 1] == " " and before.isalpha():
        spans.append((start - 1 - len(before), end))
    return [*spans, (start, end)]


def _replaced(q: str, replacements: Sequence[_Replacement]) -> str:
    text = q
    for replacement in sorted(replacements, key=lambda item: -item.start):
        text = text[: replacement.start] + replacement.text + text[replacement.end :]
    return text
