"""Tell people of one surname in an article apart: "Mrs. Duda" is not President Duda, and he is not his wife."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.identity.known.bearers import Bearers
from index.identity.known.countries import Countries
from index.identity.known.people import KnownPeople
from index.identity.known.surroundings import Sex, form_of_address, sex_of
from index.identity.naming.keys import key_of, set_apart, tidy_name, words_of_key
from index.identity.records import LocalLink, Name
from index.model import Article, Kind, Mention
from index.normalize.name_words import Words

__all__ = ["choose_people"]

_RULE = "form of address"
_NOUN = {Sex.WOMAN: "woman", Sex.MAN: "man"}


def choose_people(
    links: Sequence[LocalLink],
    mentions: Sequence[Mention],
    article: Article,
    people: KnownPeople,
    countries: Countries,
) -> tuple[LocalLink, ...]:
    """Return the links of an article, with those of people to whom date, offices and forms of address tell."""
    if not people.by_reference:
        return tuple(links)
    bearers = Bearers(mentions, article, people, countries)
    by_name: dict[str, list[LocalLink]] = {}
    for link in links:
        if link.name.kind is Kind.PEOPLE:
            by_name.setdefault(link.name.key, []).append(link)
    chosen = {link.mention_index: link for some in by_name.values() for link in bearers.link(some)}
    addressed = _Addressed(chosen.values(), bearers)
    return tuple(addressed.link(chosen[link.mention_index]) if link.mention_index in chosen else link for link in links)


class _Addressed:
    """The people whom an article names in full, with their sex as packs and forms of address tell it."""

    def __init__(self, links: Iterable[LocalLink], bearers: Bearers) -> None:
        self._bearers = bearers
        self._people = bearers.people
        self._body = bearers.article.body
        self._words = {link.mention_index: self._words_of(bearers.mentions[link.mention_index]) for link in links}
        self._in_full: dict[str, list[LocalLink]] = {}
        self._by_surname: dict[str, dict[str, Name]] = {}
        for link in links:
            full = words_of_key(link.name.key)
            if len(full) > 1:
                self._by_surname.setdefault(full[-1], {})[link.name.key] = link.name
                if len(self._words[link.mention_index]) > 1:
                    self._in_full.setdefault(link.name.key, []).append(link)
        self._sexes: dict[str, Sex | None] = {}

    def link(self, link: LocalLink) -> LocalLink:
        """Return the link of a surname, to the one whom the office or form of address before it tells."""
        if len(self._words[link.mention_index]) != 1:
            return link
        return self._as_addressed(self._as_officer(link))

    def _as_officer(self, link: LocalLink) -> LocalLink:
        """Return a link of "President Reagan" to him, where the article names Nancy Reagan alone in full."""
        if len(words_of_key(link.name.key)) == 1 or link.name.reference is not None:
            return link
        short = self._words[link.mention_index]
        meant = self._bearers.in_office(short, [link])
        if meant is None or self._bearers.in_office(short, self._in_full.get(link.name.key, ())) is not None:
            return link
        text = tidy_name(self._mention(link).text, Kind.PEOPLE, words=self._people.words)
        return meant.linked(link, Name(Kind.PEOPLE, " ".join(short), text))

    def _as_addressed(self, link: LocalLink) -> LocalLink:
        """Return a link of "Mrs. Duda" to another than Andrzej Duda: the only other of this name, or one of her own."""
        mention, (surname,) = self._mention(link), self._words[link.mention_index]
        addressed = form_of_address(mention, self._body, self._people.words)
        own = None if addressed is None else self._sex(link.name)
        if addressed is None or own is None or own is addressed[0]:
            return link
        sex, word = addressed
        others = [
            name
            for name in self._by_surname.get(surname, {}).values()
            if self._sex(name) is not own and words_of_key(name.key) != words_of_key(link.name.key)
        ]
        text = f"{word} {tidy_name(mention.text, Kind.PEOPLE, words=self._people.words)}"
        who = f"“{text}” is not “{link.name.text}”, who is a {_NOUN[own]}"
        if len(others) == 1:
            return replace(link, name=others[0], rule=_RULE, evidence=f"{who}, but “{others[0].text}”")
        key = set_apart(surname, f"{sex.value} {link.name.reference or link.name.key}")
        return replace(link, name=Name(Kind.PEOPLE, key, text), rule=_RULE, evidence=who)

    def _sex(self, name: Name) -> Sex | None:
        """The sex of somebody, as a pack or a form of address before the full name tells it."""
        if name.key not in self._sexes:
            self._sexes[name.key] = self._known_sex(name)
        return self._sexes[name.key]

    def _known_sex(self, name: Name) -> Sex | None:
        entry = self._people.by_reference.get(name.reference or "")
        if entry is None:
            named = self._people.named(words_of_key(name.key))
            entry = named[0] if len(named) == 1 else None
        told = sex_of(entry)
        if told is not None:
            return told
        addressed = (
            form_of_address(self._mention(link), self._body, self._people.words)
            for link in self._in_full.get(name.key, ())
        )
        sexes = {found[0] for found in addressed if found is not None}
        return sexes.pop() if len(sexes) == 1 else None

    def _mention(self, link: LocalLink) -> Mention:
        return self._bearers.mentions[link.mention_index]

    def _words_of(self, mention: Mention) -> Words:
        return words_of_key(key_of(mention.text, Kind.PEOPLE, reference=None, words=self._people.words))
