"""Bodies of states by the names that leave the country out: "Finance Ministry", "Parliament", "House"."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from index.identity.known.countries import Countries, countries_of
from index.identity.naming.keys import key_of
from index.identity.naming.words import words_of
from index.identity.similarity.spelling_keys import spelling_key
from index.model import Kind
from index.normalize.name_words import NameWords, Words
from index.normalize.names import fold_name
from index.packs.loader import PackEntry, Packs, PacksKey

__all__ = ["Bodies", "bodies_of"]

# The kinds of organizations that any country may have under the same name.
_PARTY = "party"
_CATEGORIES = frozenset(
    {
        "ministry",
        "parliament",
        "government",
        "central bank",
        "court",
        "agency",
        "police",
        "force",
        "intelligence",
        _PARTY,
    }
)
_FEWEST_COUNTRIES = 2
# A word of so many parties tells none of them, and a last word of so many that a name is one of a party.
_FEWEST_PARTIES = 5
_FEWEST_ENDS = 10
_CENTRAL_BANK = "central bank"
# Nobody calls the Federal Reserve a bank.
_BANK = "bank"


@dataclass(frozen=True, slots=True)
class Bodies:
    """Entries by their name without the country and by country, and which of such names any country may have.

    `countries_of_bearers` are those of people and of these entries but for parties, by reference.
    """

    words: NameWords
    by_reference: Mapping[str, PackEntry]
    countries_of_bearers: Mapping[str, str]
    _by_bare: Mapping[str, Mapping[str, tuple[str, ...]]]
    _central_banks: Mapping[str, tuple[str, ...]]
    _parties: frozenset[str]
    _party_words: frozenset[str]
    _party_ends: frozenset[str]
    _of_states: frozenset[str]
    _of_few: frozenset[str]
    _local: frozenset[str]

    def needs_country(self, full: Words) -> bool:
        """True for a name that does not say whose body it is: of any country, of a few, or of any city."""
        return self.is_of_any_country(full) or self.is_of_few(full) or self.is_local(full)

    def is_of_any_country(self, full: Words) -> bool:
        """True for a name that says what a body is, and not of which country."""
        if self._bare(full) in self._of_states or self.is_central_bank(full) or self._is_ministry(full):
            return True
        return len(self._by_bare.get(self._bare(full), {})) >= _FEWEST_COUNTRIES

    def is_of_few(self, full: Words) -> bool:
        """True for what a few countries call a body, though one of them most often: "Justice Department"."""
        return self._bare(full) in self._of_few

    def is_local(self, full: Words) -> bool:
        """True for a body that every city or region has: "Metropolitan Police"."""
        return self._bare(full) in self._local

    def may_have_country(self, bare: Words) -> bool:
        """True for what is left of "Chilean Army" or "Army of Chile", so that both are one; not for that of a bank."""
        is_state = self.is_of_any_country(bare) or self.is_of_few(bare)
        return (is_state or self.sounds_like_party(bare)) and not self.is_central_bank(bare)

    def is_same(self, one: Words, other: Words) -> bool:
        """True for names without their country that differ in nothing but spelling and order."""
        return self._bare(self.in_one_order(one)) == self._bare(self.in_one_order(other))

    def in_one_order(self, full: Words) -> Words:
        """Return the name of a ministry with the portfolio behind: "finance ministry" as "ministry of finance"."""
        if len(full) > 1 and full[-1] in self.words.ministries:
            return (full[-1], "of", *full[:-1])
        return full

    def _is_ministry(self, full: Words) -> bool:
        return bool(self.words.ministries & {full[0], full[-1]})

    def is_central_bank(self, full: Words) -> bool:
        """True for what a country calls its central bank, as others call other banks: "the Bank"."""
        return " ".join(full) in self.words.central_banks

    def is_party(self, full: Words) -> bool:
        """True for a name that only parties have: "Democratic Party"."""
        return self._bare(full) in self._parties or self.sounds_like_party(full)

    def sounds_like_party(self, full: Words) -> bool:
        """True for a name of words that many parties have: "Social Democrats", whether or not a pack has it."""
        telling = self.words.content(full)
        return (
            len(telling) > 1
            and telling[-1] in self._party_ends
            and self._party_words.issuperset(telling[:-1])
            and self._bare(full) not in self._of_states
        )

    def of_country(self, full: Words, country: str) -> PackEntry | None:
        """Return the only body of a country that a name without the country means."""
        found = self._by_bare.get(self._bare(full), {}).get(country, ())
        if not found and self.is_central_bank(full):
            found = self._central_banks.get(country, ())
        return self.by_reference[found[0]] if len(found) == 1 else None

    def _bare(self, full: Words) -> str:
        return spelling_key(Kind.ORGANIZATIONS, full, self.words)


def bodies_of(packs: Packs) -> Bodies:
    """Return the bodies of states that packs know; the same packs give the same object."""
    return _bodies_of(PacksKey(packs))


@lru_cache(maxsize=4)
def _bodies_of(key: PacksKey) -> Bodies:
    words, countries = words_of(key.packs), countries_of(key.packs)
    by_bare: dict[str, dict[str, set[str]]] = {}
    central_banks: dict[str, set[str]] = {}
    entries: dict[str, PackEntry] = {}
    bearers: dict[str, str] = {}
    parties: set[str] = set()
    bodies: set[str] = set()
    inside: Counter[str] = Counter()
    ends: Counter[str] = Counter()
    for entry in key.packs.entries:
        country = entry.attributes.get("country", "")
        if country and (entry.kind is Kind.PEOPLE or entry.attributes.get("category") in _CATEGORIES - {_PARTY}):
            bearers[entry.reference] = country
        if entry.kind is not Kind.ORGANIZATIONS or entry.attributes.get("category") not in _CATEGORIES:
            continue
        entries[entry.reference] = entry
        if entry.attributes["category"] == _PARTY:
            names = [words.content(tuple(fold_name(text).split())) for text in (entry.name, *entry.aliases)]
            inside.update({word for name in names for word in name[:-1] if countries.named_by((word,)) is None})
            ends.update({name[-1] for name in names if len(name) > 1 and countries.named_by(name[-1:]) is None})
        if entry.attributes["category"] == _CENTRAL_BANK and _BANK in entry.name.casefold():
            central_banks.setdefault(country, set()).add(entry.reference)
        for text in (entry.name, *entry.aliases) if country else ():
            full = tuple(key_of(text, Kind.ORGANIZATIONS, reference=None, words=words).split())
            for bare in _without_country(full, country, countries):
                spelled = spelling_key(Kind.ORGANIZATIONS, bare, words)
                by_bare.setdefault(spelled, {}).setdefault(country, set()).add(entry.reference)
                (parties if entry.attributes["category"] == _PARTY else bodies).add(spelled)
    return Bodies(
        words,
        entries,
        bearers,
        {
            bare: {country: tuple(sorted(found)) for country, found in by_country.items()}
            for bare, by_country in by_bare.items()
        },
        {country: tuple(sorted(found)) for country, found in central_banks.items()},
        frozenset(parties - bodies),
        _frequent(inside, _FEWEST_PARTIES),
        _frequent(ends, _FEWEST_ENDS),
        _spelled(words.state_bodies, words),
        _spelled(words.shared_bodies, words),
        _spelled(words.local_bodies, words),
    )


def _frequent(counts: Counter[str], fewest: int) -> frozenset[str]:
    return frozenset(word for word, count in counts.items() if count >= fewest)


def _spelled(names: Iterable[str], words: NameWords) -> frozenset[str]:
    return frozenset(spelling_key(Kind.ORGANIZATIONS, tuple(name.split()), words) for name in names)


def _without_country(full: Words, country: str, countries: Countries) -> Iterator[Words]:
    """Yield a name without the country before it, or without "of" and the country behind it; and as it is."""
    yield full
    for length in range(1, len(full)):
        if countries.named_by(full[:length]) == country:
            yield full[length:]
        end = full[-length:]
        rest = full[:-length]
        named = countries.named_by(end) or countries.named_by(end[1:] if end[0] == "the" else end)
        if named == country and len(rest) > 1 and rest[-1] == "of":
            yield rest[:-1]
