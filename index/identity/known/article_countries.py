"""Countries that an article speaks of, and that of a body which it names without one: "the Finance Ministry"."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from index.identity.known.countries import Countries, Seen
from index.model import Article, Mention

__all__ = ["ArticleCountries", "Told", "Where"]

_SENTENCE_END = re.compile(r"[.!?][\"”’']?(?=\s)|\n\s*\n")
# So much of a sentence is read on each side of a name.
_MOST_OF_SENTENCE = 400
# A dateline ends with a dash, a colon, or the agency in brackets, soon after the place; or with a date on its line.
_DATELINE = re.compile(r"[^.\n]{0,60}?\s(?:-|--|–|—)\s|\s?\([A-Z][\w ]{1,30}\)|,[^.\n]{0,30}\d[^\n]{0,12}\n|\s?:\s")
_DATELINE_IS_AMONG = 8
_BEFORE = re.compile(r"(?:['’]s)?\s+")
_BEHIND = re.compile(r"\s+(?:(?:of|in)\s+|\()(?:the\s+)?")
_IN = re.compile(r"\b[Ii]n\s+(?:the\s+)?$")
_CHARACTERS_OF_IN = 12
# What an article is about: the country of most of its places and peoples.
_SHARE_OF_ARTICLE = 0.8
_FEWEST_OF_ARTICLE = 2


class Where(Enum):
    """The place in an article that tells the country of a body, the surest first; the value says it in words."""

    BESIDE = "beside it"
    BESIDE_ELSEWHERE = "beside it elsewhere"
    HERE = "where this happens"
    DATELINE = "in the dateline"
    SENTENCE = "in the same sentence"
    ARTICLE = "what the article is about"


class Told(NamedTuple):
    """A country, and where an article says that a body is of it."""

    country: str
    where: Where

    @property
    def is_beside(self) -> bool:
        """Return whether the country is part of the name, as it is written here."""
        return self.where is Where.BESIDE

    @property
    def is_of_scene(self) -> bool:
        """Return whether the article says that what it tells happens in the country."""
        return self.where in (Where.HERE, Where.DATELINE)


class ArticleCountries:
    """The countries that an article speaks of, by position.

    `bearers` are those of people and bodies that only one country has, which speak of it, too.
    """

    def __init__(
        self, mentions: Sequence[Mention], article: Article, countries: Countries, bearers: Iterable[str] = ()
    ) -> None:
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
        self._named = Counter(seen.country for seen in self._seen)
        self._everywhere = _most(self._named)
        self._counts = self._named + Counter(bearers)

    def is_named(self, country: str) -> bool:
        """Return whether a place or people of a country is named."""
        return country in self._named

    def is_present(self, country: str) -> bool:
        """Return whether a place, people, person or body of a country is named, or nothing of any country."""
        return country in self._counts or not self._counts

    def is_named_most(self, country: str) -> bool:
        """Return whether no other country is named as often."""
        count = self._counts[country]
        return count > max((few for other, few in self._counts.items() if other != country), default=0)

    def country_of(self, mention: Mention) -> Told | None:
        """Return the country of a body, and where the article says so: the surest place that tells only one."""
        inside = self._in_sentence(mention)
        beside = self._beside(mention, inside)
        if beside is not None:
            return Told(beside, Where.BESIDE)
        located = {seen.country for seen in inside if self._is_after_in(seen)}
        if len(located) == 1:
            return Told(located.pop(), Where.HERE)
        if self._dateline is not None:
            return Told(self._dateline, Where.DATELINE)
        named = {seen.country for seen in inside}
        if named:
            return Told(named.pop(), Where.SENTENCE) if len(named) == 1 else None
        return None if self._everywhere is None else Told(self._everywhere, Where.ARTICLE)

    def _in_sentence(self, mention: Mention) -> list[Seen]:
        start, end = mention.span.start, mention.span.end
        after = bisect_left(self._ends, end)
        before = bisect_left(self._ends, start + 1)
        first = max(self._ends[before - 1] if before else 0, start - _MOST_OF_SENTENCE)
        last = min(self._ends[after] if after < len(self._ends) else len(self._body), end + _MOST_OF_SENTENCE)
        some = self._seen[bisect_left(self._starts, first) : bisect_left(self._starts, last)]
        return [seen for seen in some if seen.end <= start or seen.start >= end]

    def _beside(self, mention: Mention, inside: Iterable[Seen]) -> str | None:
        """Return the country directly before the name, or behind it after "of" or "in" or in brackets."""
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
        """Return the country of the place with which the story begins, before a dash."""
        for seen in self._seen[:_DATELINE_IS_AMONG]:
            line = self._body.rfind("\n", 0, seen.start) + 1
            if not self._body[line : seen.start].strip() and _DATELINE.match(self._body, seen.end):
                return seen.country
        return None


def _most(counts: Counter[str]) -> str | None:
    best = max(counts, key=lambda country: (counts[country], country), default=None)
    if best is None or counts[best] < max(_FEWEST_OF_ARTICLE, _SHARE_OF_ARTICLE * counts.total()):
        return None
    return best
