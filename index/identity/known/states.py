"""Give the ministries and parliaments of an article their country, or keep them apart from those of other articles."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from index.identity.known.bodies import Bodies
from index.identity.known.countries import Countries, Seen
from index.identity.naming.keys import key_of, set_apart, tidy_name, words_of_key
from index.identity.records import LocalLink, Name
from index.model import Article, Kind, Mention
from index.normalize.names import fold_name
from index.packs.loader import PackEntry

__all__ = ["give_countries"]

_RULE = "country"
_BANK = "bank"
_HERE = "where this happens"
_SENTENCE_END = re.compile(r"[.!?][\"”’']?(?=\s)|\n\s*\n")
# So much of a sentence is read on each side of a name.
_MOST_OF_SENTENCE = 400
# A dateline ends with a dash, or with the agency in brackets, soon after the place; or with a date on its line.
_DATELINE = re.compile(r"[^.\n]{0,60}?\s(?:-|--|–|—)\s|\s?\([A-Z][\w ]{1,30}\)|,[^.\n]{0,30}\d[^\n]{0,12}\n")
_DATELINE_IS_AMONG = 8
_BEFORE = re.compile(r"(?:['’]s)?\s+")
_BEHIND = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?")
_IN = re.compile(r"\b[Ii]n\s+(?:the\s+)?$")
_CHARACTERS_OF_IN = 12
# What an article is about: the country of most of its places and peoples.
_SHARE_OF_ARTICLE = 0.8
_FEWEST_OF_ARTICLE = 2


def give_countries(
    links: Sequence[LocalLink], mentions: Sequence[Mention], article: Article, bodies: Bodies, countries: Countries
) -> tuple[LocalLink, ...]:
    """Return the links of an article with those of bodies without a country to that of the country they belong to.

    A body whose country neither sentence, dateline nor article tells becomes a name of this article alone.
    """
    if not countries.by_words:
        return tuple(links)
    places: _Places | None = None
    own = {}
    for link in links:
        if _is_short_for_body(link, mentions[link.mention_index], bodies, countries):
            places = places or _Places(mentions, article, countries)
            own[link.mention_index] = _without_long_form(link, mentions[link.mention_index], places, bodies, countries)
    links = [own.get(link.mention_index, link) for link in links]
    asked = [link for link in links if _may_be_body(link, bodies, countries)]
    if not asked:
        return tuple(links)
    places = places or _Places(mentions, article, countries)
    told = {link.mention_index: places.country_of(mentions[link.mention_index]) for link in asked}
    full = {
        link.mention_index: long
        for link in asked
        if not _is_beside(told[link.mention_index]) and (long := _named_in_full(link, links, bodies)) is not None
    }
    asked = [link for link in asked if link.mention_index not in full]
    elsewhere = _only_beside(asked, told)
    banks = _other_banks(links, bodies)
    found = {
        link.mention_index: _linked(
            link, told[link.mention_index] or elsewhere.get(link.name.key), article, bodies, places, banks
        )
        for link in asked
    }
    follow = {number: _following(long, asked, found) for number, long in full.items()}
    return tuple(found.get(link.mention_index) or follow.get(link.mention_index, link) for link in links)


def _following(short: LocalLink, asked: Iterable[LocalLink], found: dict[int, LocalLink]) -> LocalLink:
    """Return the link of a short form to what its long form means in this article: the House of another country."""
    meant = {found[link.mention_index].name for link in asked if link.name == short.name}
    return replace(short, name=meant.pop()) if len(meant) == 1 else short


def _is_beside(told: "_Told | None") -> bool:
    return told is not None and told.is_beside


def _named_in_full(link: LocalLink, links: Iterable[LocalLink], bodies: Bodies) -> LocalLink | None:
    """Return a link to the only body of the article whose name goes on: "the House" after "House of Commons"."""
    full = words_of_key(link.name.key)
    if len(full) != 1:
        return None
    names = {
        other.name
        for other in links
        if other.name.kind is Kind.ORGANIZATIONS
        and words_of_key(other.name.key)[:2] == (*full, "of")
        and (not bodies.is_central_bank(full) or _is_central_bank(other.name, bodies))
    }
    if len(names) != 1:
        return None
    name = names.pop()
    return replace(link, name=name, rule="short form", evidence=f"shorter form of “{name.text}” in this article")


def _is_central_bank(name: Name, bodies: Bodies) -> bool:
    entry = bodies.by_reference.get(name.reference or "")
    return entry is not None and entry.attributes["category"] == "central bank"


def _may_be_body(link: LocalLink, bodies: Bodies, countries: Countries) -> bool:
    full = words_of_key(link.name.key)
    if link.name.kind is not Kind.ORGANIZATIONS or not bodies.is_of_any_country(full) or countries.is_in(full):
        return False
    return link.name.reference is None or link.name.reference in bodies.by_reference


def _is_short_for_body(link: LocalLink, mention: Mention, bodies: Bodies, countries: Countries) -> bool:
    """True for "Finance Ministry" where the article also has "Finance Ministry of Nepal"."""
    if link.name.kind is not Kind.ORGANIZATIONS or link.rule != "short form":
        return False
    full = words_of_key(key_of(mention.text, mention.kind, reference=None, words=bodies.words))
    return bool(full) and bodies.is_of_any_country(full) and not countries.is_in(full)


def _without_long_form(
    link: LocalLink, mention: Mention, places: "_Places", bodies: Bodies, countries: Countries
) -> LocalLink:
    """Return a link to the short form itself, where another country than that of the long form stands beside it."""
    told = places.country_of(mention)
    full = words_of_key(link.name.key)
    if told is None or not (told.is_beside or told.how == _HERE):
        return link
    if told.country in {countries.before(full[:end]) for end in range(1, len(full) + 1)}:
        return link
    key = key_of(mention.text, mention.kind, reference=None, words=bodies.words)
    name = Name(mention.kind, key, tidy_name(mention.text, mention.kind, words=bodies.words))
    return replace(link, name=name, rule="name", evidence=f"“{name.text}” beside {told.country}")


class _Told(NamedTuple):
    """A country, and where an article says that a body is of it."""

    country: str
    how: str
    is_beside: bool = False
    is_dateline: bool = False


def _only_beside(asked: Iterable[LocalLink], told: dict[int, _Told | None]) -> dict[str, _Told]:
    """The countries that stand beside a name somewhere in the article, when it is always the same one."""
    found: dict[str, set[str]] = {}
    for link in asked:
        where = told[link.mention_index]
        if where is not None and where.is_beside:
            found.setdefault(link.name.key, set()).add(where.country)
    return {key: _Told(min(few), "beside it elsewhere") for key, few in found.items() if len(few) == 1}


def _other_banks(links: Iterable[LocalLink], bodies: Bodies) -> frozenset[str | None]:
    """The references of the banks that the article names: "the Bank" may be the World Bank."""
    return frozenset(
        link.name.reference
        for link in links
        if link.name.kind is Kind.ORGANIZATIONS
        and _BANK in (full := words_of_key(link.name.key))
        and not bodies.is_central_bank(full)
    )


def _linked(
    link: LocalLink,
    told: _Told | None,
    article: Article,
    bodies: Bodies,
    places: "_Places",
    banks: frozenset[str | None],
) -> LocalLink:
    """Return a link, to the body of a country where it was to one of any country."""
    full = words_of_key(link.name.key)
    entry = bodies.by_reference.get(link.name.reference or "")
    if entry is not None and _is_as_known(entry, told, places, is_party=bodies.is_party(full)):
        return link
    body = None if told is None else bodies.of_country(full, told.country)
    if body is not None and banks and bodies.is_central_bank(full) and body.reference not in banks:
        body = None
    if told is None and bodies.is_party(full):
        # Most archives have many articles about one country, whose parties they name without it.
        return link
    if told is None or (body is None and bodies.is_central_bank(full)):
        name = Name(link.name.kind, set_apart(" ".join(full), article.id), link.name.text)
        return replace(link, name=name, evidence=f"{link.evidence}; of no country in this article")
    if body is None:
        key = f"{' '.join(full)} of {fold_name(told.country)}"
        name = Name(Kind.ORGANIZATIONS, key, f"{link.name.text} ({told.country})")
        return replace(link, name=name, rule=_RULE, evidence=f"that of {told.country}, {told.how}")
    if body.reference == link.name.reference:
        return link
    name = Name(Kind.ORGANIZATIONS, f"{' '.join(full)}@{body.reference}", link.name.text, body.reference)
    return replace(link, name=name, rule=_RULE, evidence=f"“{body.name}”: {told.country} is {told.how}")


def _is_as_known(entry: PackEntry, told: _Told | None, places: "_Places", *, is_party: bool) -> bool:
    """True for "Congress", which a pack knows as that of one country, unless the article is of another one.

    A party is known to fewer readers than a parliament: that of a country which the article does not name is not it.
    """
    country = entry.attributes.get("country", "")
    if not country:
        return False
    if country in places.named:
        return told is None or told.country == country or not told.is_beside
    return told is None or not (is_party or told.is_beside or told.is_dateline)


class _Places:
    """The countries that an article speaks of, by position."""

    def __init__(self, mentions: Sequence[Mention], article: Article, countries: Countries) -> None:
        found = {(seen.start, seen.country): seen for seen in countries.peoples(article.body)}
        for mention in mentions:
            country = countries.of_mention(mention)
            if country is not None:
                found[mention.span.start, country] = Seen(mention.span.start, mention.span.end, country)
        self._body = article.body
        self._seen = [found[key] for key in sorted(found)]
        self._starts = [seen.start for seen in self._seen]
        self._ends = [end.end() for end in _SENTENCE_END.finditer(article.body)]
        self._dateline = self._find_dateline()
        self._everywhere = _most(seen.country for seen in self._seen)
        self.named = frozenset(seen.country for seen in self._seen)

    def country_of(self, mention: Mention) -> _Told | None:
        """The country of a body, and where the article says so: the surest place that tells only one."""
        inside = self._in_sentence(mention)
        beside = self._beside(mention, inside)
        if beside is not None:
            return _Told(beside, "beside it", is_beside=True)
        located = {seen.country for seen in inside if self._is_after_in(seen)}
        if len(located) == 1:
            return _Told(located.pop(), _HERE)
        if self._dateline is not None:
            return _Told(self._dateline, "in the dateline", is_dateline=True)
        named = {seen.country for seen in inside}
        if named:
            return _Told(named.pop(), "in the same sentence") if len(named) == 1 else None
        return None if self._everywhere is None else _Told(self._everywhere, "what the article is about")

    def _in_sentence(self, mention: Mention) -> list[Seen]:
        start, end = mention.span.start, mention.span.end
        after = bisect_left(self._ends, end)
        before = bisect_left(self._ends, start + 1)
        first = max(self._ends[before - 1] if before else 0, start - _MOST_OF_SENTENCE)
        last = min(self._ends[after] if after < len(self._ends) else len(self._body), end + _MOST_OF_SENTENCE)
        some = self._seen[bisect_left(self._starts, first) : bisect_left(self._starts, last)]
        return [seen for seen in some if seen.end <= start or seen.start >= end]

    def _beside(self, mention: Mention, inside: Iterable[Seen]) -> str | None:
        """The country directly before the name, or behind it after "of" or "in"."""
        for seen in inside:
            is_before = seen.end <= mention.span.start
            between = (
                self._body[seen.end : mention.span.start] if is_before else self._body[mention.span.end : seen.start]
            )
            if (_BEFORE if is_before else _BEHIND).fullmatch(between):
                return seen.country
        return None

    def _is_after_in(self, seen: Seen) -> bool:
        return _IN.search(self._body[max(0, seen.start - _CHARACTERS_OF_IN) : seen.start]) is not None

    def _find_dateline(self) -> str | None:
        """The country of the place with which the story begins, before a dash."""
        for seen in self._seen[:_DATELINE_IS_AMONG]:
            line = self._body.rfind("\n", 0, seen.start) + 1
            if not self._body[line : seen.start].strip() and _DATELINE.match(self._body, seen.end):
                return seen.country
        return None


def _most(countries: Iterable[str]) -> str | None:
    counts: dict[str, int] = {}
    for country in countries:
        counts[country] = counts.get(country, 0) + 1
    best = max(counts, key=lambda country: (counts[country], country), default=None)
    if best is None or counts[best] < max(_FEWEST_OF_ARTICLE, _SHARE_OF_ARTICLE * sum(counts.values())):
        return None
    return best
