"""Tells bodies from the sectors that their names are about: "Turkey's Defense Industry" is a body, or nothing.

A body of a country that packs know is meant by the middle of its name behind its country ("Presidency of the Defense
Industry"). Otherwise such words are a part of the economy, unless the article names a body with them in full.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.extract.tokens import Tokens, read_tokens
from index.model import Kind
from index.packs.loader import Packs, PacksKey

__all__ = ["SectorsComponent", "create_sectors"]

Words = tuple[str, ...]
_LINKS: Final = frozenset({"of", "for", "the"})
_MINISTRY: Final = "ministry"
_COUNTRY: Final = "country"
_POSSESSIVE: Final = "'s"
_BODIES: Final = frozenset({"agency", "ministry", "force", "court", "police"})


@dataclass(frozen=True, slots=True)
class _Bodies:
    """Names of countries by reference, bodies by country and by the middle of a name, and portfolios, of the packs."""

    countries: Mapping[str, str]
    bodies: Mapping[tuple[str, Words], str | None]
    portfolios: frozenset[str]


class SectorsComponent:
    """Gives what stands behind a country the body that it means, and drops sectors of an economy."""

    def __init__(self, known: _Bodies, vocabulary: Vocabulary) -> None:
        self._known = known
        self._sectors = vocabulary.sectors

    def __call__(self, doc: Doc) -> Doc:
        """Link or drop organizations on the `Doc`."""
        tokens, candidates = tokens_of(doc), candidates_of(doc)
        unknown = [each for each in candidates if each.kind is Kind.ORGANIZATIONS and each.reference is None]
        if not unknown:
            return doc
        known = self._known.countries
        countries = {
            each.end: known[each.reference] for each in candidates if each.reference and each.reference in known
        }
        meant = {id(each): self._body(tokens, each, countries) for each in unknown}
        longer = [tokens.text[each.start : each.end] for each in candidates if each.kind is Kind.ORGANIZATIONS]
        sectors = {id(each) for each in unknown if meant[id(each)] is None and self._is_sector(tokens, each, longer)}
        candidates[:] = [_linked(each, meant.get(id(each))) for each in candidates if id(each) not in sectors]
        return doc

    def _body(self, tokens: Tokens, candidate: Candidate, countries: Mapping[int, str]) -> str | None:
        """Return the reference of the only body of the country before this that its words mean."""
        first = bisect_left(tokens.starts, candidate.start)
        if first < 2 or tokens.keys[first - 1].lower() != _POSSESSIVE:
            return None
        country = countries.get(tokens.ends[first - 2])
        words = _words(tokens, candidate)
        return self._known.bodies.get((country, words)) if country is not None and len(words) > 1 else None

    def _is_sector(self, tokens: Tokens, candidate: Candidate, names: list[str]) -> bool:
        words = _words(tokens, candidate)
        if len(words) < 2 or words[-1] not in self._sectors or not self._known.portfolios.issuperset(words[:-1]):
            return False
        written = tokens.text[candidate.start : candidate.end]
        return not any(written in name and written != name for name in names)


def _words(tokens: Tokens, candidate: Candidate) -> Words:
    return tuple(tokens.keys[bisect_left(tokens.starts, candidate.start) : bisect_left(tokens.starts, candidate.end)])


def _linked(candidate: Candidate, reference: str | None) -> Candidate:
    if reference is None:
        return candidate
    evidence = f"{candidate.evidence}, behind its country"
    return replace(candidate, reference=reference, evidence=evidence, certainty=Certainty.SURE)


def _read_bodies(packs: Packs, heads: frozenset[str]) -> _Bodies:
    bodies: dict[tuple[str, Words], str | None] = {}
    portfolios: set[str] = set()
    for entry in packs.entries:
        category, country = entry.attributes.get("category"), entry.attributes.get("country", "")
        if entry.kind is not Kind.ORGANIZATIONS or category not in _BODIES or not country:
            continue
        for name in (entry.name, *entry.aliases):
            for middle in _middles(tuple(read_tokens(name).keys), heads):
                key = (country, middle)
                bodies[key] = entry.reference if bodies.get(key, entry.reference) == entry.reference else None
                if category == _MINISTRY:
                    portfolios.update(middle)
    countries = {
        entry.reference: entry.name
        for entry in packs.entries
        if entry.kind is Kind.PLACES and entry.attributes.get("category") == _COUNTRY
    }
    return _Bodies(countries, bodies, frozenset(portfolios - _LINKS))


def _middles(words: Words, heads: frozenset[str]) -> Iterator[Words]:
    """Yield a name without its head: "Defense Industry" of "Presidency of the Defense Industry"."""
    if len(words) > 2 and words[-1] in heads:
        yield words[:-1]
    if len(words) > 2 and words[0] in heads and words[1] in _LINKS:
        rest = words[2:]
        yield rest[1:] if rest[0] in _LINKS else rest


@lru_cache(maxsize=1)
def _read(key: PacksKey) -> SectorsComponent:
    vocabulary = read_vocabulary(key.packs)
    return SectorsComponent(_read_bodies(key.packs, vocabulary.organization_of), vocabulary)


@ArticleLanguage.factory("dossier_sectors")
def create_sectors(nlp: ArticleLanguage, name: str) -> SectorsComponent:
    """The component with the bodies of the packs of `nlp`."""
    return _read(PacksKey(nlp.packs))
