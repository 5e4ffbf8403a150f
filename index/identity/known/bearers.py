"""Choose between people of one name by the date of the article, their offices and their years of life.

"George Bush" of 1987 is the father: the son came into office fourteen years later. "Foreign Minister Mevlut Cavusglu"
is he whom a pack knows in this office, one letter away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.identity.known.countries import Countries
from index.identity.known.people import KnownPeople
from index.identity.known.surroundings import has_office, has_office_before
from index.identity.known.terms import was_grown_up, years_before_office, years_from_office, years_since_death
from index.identity.naming.keys import set_apart, words_of_key
from index.identity.records import LocalLink, Name
from index.model import Article, Kind, Mention
from index.normalize.name_words import Words
from index.packs.loader import PackEntry

__all__ = ["Bearers", "Meant"]

# Heads of state are known some years before, and named for long after; father and son are further apart than that.
_NEAR_OFFICE = 8
_NEARER_THAN_NEXT = 6
_TOO_EARLY = 12
_IN_OFFICE = 1
# News names the dead too; this long after, it means the one who lives.
_LONG_DEAD = 10


@dataclass(frozen=True, slots=True)
class Meant:
    """The entry that a name means, with rule and evidence."""

    entry: PackEntry
    rule: str
    evidence: str

    def linked(self, link: LocalLink, name: Name) -> LocalLink:
        """Return a link of a mention to this entry, by a name without a reference."""
        reference = self.entry.reference
        known = Name(Kind.PEOPLE, f"{' '.join(words_of_key(name.key))}@{reference}", name.text, reference)
        return replace(link, name=known, rule=self.rule, evidence=self.evidence)


@dataclass(frozen=True, slots=True)
class Bearers:
    """Bearers of names that packs know, as one article can mean them."""

    mentions: Sequence[Mention]
    article: Article
    people: KnownPeople
    countries: Countries

    def link(self, links: Sequence[LocalLink]) -> Sequence[LocalLink]:
        """Return the links to one name, with the entry that its mentions mean."""
        name = links[0].name
        full = words_of_key(name.key)
        if name.reference is not None:
            return self._of_known(full, name, links)
        meant = self.in_office(full, links) or self._by_date(full) or self._by_life(full) or self._by_slip(full, links)
        if meant is not None:
            return [meant.linked(link, name) for link in links]
        early = self._too_early(full)
        return links if early is None else [self._apart(link, early) for link in links]

    def _of_known(self, full: Words, name: Name, links: Sequence[LocalLink]) -> Sequence[LocalLink]:
        """Return the links of a name that means one person to the packs: a surname may be that of another one here.

        The president of a year may be the father of the one whom packs know, and that of 1945 is somebody else.
        """
        entry = self.people.by_reference.get(name.reference or "")
        if entry is None:
            return links
        if len(full) > 1:
            # Who has an office today had a full name before, but not as a child.
            return links if self._is_grown_up(entry) else self._all_apart(full, name, links, entry)
        officer = self.in_office(full, links)
        if officer is not None and officer.entry.reference != entry.reference:
            return [officer.linked(link, name) for link in links]
        if not self._is_too_early(entry):
            return links
        return self._all_apart(full, name, links, entry)

    def _all_apart(self, full: Words, name: Name, links: Sequence[LocalLink], entry: PackEntry) -> list[LocalLink]:
        plain = replace(name, key=" ".join(full), reference=None)
        return [self._apart(replace(link, name=plain), entry) for link in links]

    def _is_grown_up(self, entry: PackEntry) -> bool:
        return self._year is None or was_grown_up(_life(entry), self._year)

    def in_office(self, full: Words, links: Sequence[LocalLink]) -> Meant | None:
        """Return the only bearer of a surname, or of a shorter name, who was in the office that stands before it."""
        year = self._year
        if year is None:
            return None
        found = [
            entry
            for entry in self.people.officers(full)
            if years_from_office(_term(entry), year) == 0
            and was_grown_up(_life(entry), year)
            and any(
                has_office_before(self.mentions[link.mention_index], self.article.body, entry, self.countries)
                for link in links
            )
        ]
        if len(found) != 1:
            return None
        return Meant(found[0], "office", f"{_said(found[0])}, and this article is of {year}")

    @property
    def _year(self) -> int | None:
        published = self.article.published
        first = None if published is None else published.start or published.end
        return None if first is None else first.year

    def _by_date(self, full: Words) -> Meant | None:
        """The one of several bearers of a full name who was in office much nearer to the article's date."""
        year = self._year
        if year is None or len(full) < 2:
            return None
        bearers = self.people.named(full) or self.people.bearers(full)
        near = sorted(
            (years, entry.reference)
            for entry in bearers
            if (years := years_from_office(_term(entry), year)) is not None
        )
        if len(bearers) < 2 or len(near) < len(bearers):
            return None
        (years, reference), (following, _) = near[:2]
        if years > _NEAR_OFFICE or following < years + _NEARER_THAN_NEXT:
            return None
        entry = self.people.by_reference[reference]
        others = "the other was" if len(bearers) == 2 else f"{len(bearers) - 1} others were"
        said = f"{_said(entry)}; {others} in office at other times, and this article is of {year}"
        return Meant(entry, "term of office", said)

    def _by_life(self, full: Words) -> Meant | None:
        """The only one of several bearers of a full name who was grown up and not long dead at the article's date."""
        year = self._year
        if year is None or len(full) < 2:
            return None
        bearers = self.people.named(full) or self.people.bearers(full)
        living = [
            entry
            for entry in bearers
            if was_grown_up(_life(entry), year) and years_since_death(_life(entry), year) < _LONG_DEAD
        ]
        if len(bearers) < 2 or len(living) != 1 or not _life(living[0]):
            return None
        if years_before_office(_term(living[0]), year) >= _TOO_EARLY:
            return None
        others = "the other was" if len(bearers) == 2 else f"{len(bearers) - 1} others were"
        said = f"{_said(living[0])}; {others} a child or long dead when this article was written ({year})"
        return Meant(living[0], "years of life", said)

    def _by_slip(self, full: Words, links: Sequence[LocalLink]) -> Meant | None:
        """The only one whose name is one letter away, and whose office stands beside the name."""
        if self.people.bearers(full):
            return None
        near = [
            (entry, written, right)
            for entry, written, right in self.people.nearly_named(full)
            if self._was_in_office(entry)
            and any(
                has_office(self.mentions[link.mention_index], self.article.body, entry, self.countries)
                for link in links
            )
        ]
        if len(near) != 1:
            return None
        entry, written, right = near[0]
        said = f"“{written}” is one letter away from “{right}”, and the office is that of {_said(entry)}"
        return Meant(entry, "misspelling", said)

    def _was_in_office(self, entry: PackEntry) -> bool:
        years = None if self._year is None else years_from_office(_term(entry), self._year)
        return years is None or years <= _IN_OFFICE

    def _too_early(self, full: Words) -> PackEntry | None:
        """The only bearer of a name, when the article is from long before anybody knew him."""
        year = self._year
        if year is None or self.people.named(full):
            return None
        alone = self.people.alone.get(full)
        bearers = self.people.bearers(full) if len(full) > 1 else [] if alone is None else [alone]
        return bearers[0] if bearers and all(map(self._is_too_early, bearers)) else None

    def _is_too_early(self, entry: PackEntry) -> bool:
        year = self._year
        return year is not None and (
            years_before_office(_term(entry), year) >= _TOO_EARLY or not was_grown_up(_life(entry), year)
        )

    def _apart(self, link: LocalLink, entry: PackEntry) -> LocalLink:
        """Return a link to a name of its own, which no rule joins to the one who came later."""
        name = replace(link.name, key=set_apart(link.name.key, f"before {entry.reference}"))
        return replace(
            link, name=name, evidence=f"{link.evidence}; not {_said(entry)}: this article is of {self._year}"
        )


def _term(entry: PackEntry) -> str:
    return entry.attributes.get("term", "")


def _life(entry: PackEntry) -> str:
    return entry.attributes.get("life", "")


def _said(entry: PackEntry) -> str:
    return f"{entry.name} ({entry.description})" if entry.description else entry.name
