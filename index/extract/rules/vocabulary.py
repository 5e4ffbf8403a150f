"""Reads the words that the rules for names use from the plain tables of the packs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from index.extract.rules.capitals import WordsInCapitals, read_words_in_capitals
from index.extract.tokens import read_tokens, word_key
from index.model import Kind
from index.normalize.names import fold_name
from index.packs.loader import PackEntry, Packs, PacksKey, split_cell

__all__ = ["Vocabulary", "read_vocabulary"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Sets of folded words; the meaning of each is that of the table it comes from (see the `pack.toml` of core)."""

    titles: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    full_addresses: frozenset[str] = frozenset()
    dotted_addresses: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    unsure_given: frozenset[str] = frozenset()
    family: frozenset[str] = frozenset()
    unsure_family: frozenset[str] = frozenset()
    people: Mapping[str, str | None] = field(default_factory=dict)
    particles: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    nationalities: frozenset[str] = frozenset()
    organization_last: frozenset[str] = frozenset()
    organization_of: frozenset[str] = frozenset()
    organization_mark: frozenset[str] = frozenset()
    long_marks: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    organization_inside: frozenset[str] = frozenset()
    organization_never: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()
    partner_links: frozenset[str] = frozenset()
    form_first: frozenset[str] = frozenset()
    described: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    bare_bodies: frozenset[str] = frozenset()
    after_body: frozenset[str] = frozenset()
    heads_alone: frozenset[str] = frozenset()
    any_country: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    agencies: Mapping[str, tuple[PackEntry, ...]] = field(default_factory=dict)
    firms: frozenset[str] = frozenset()
    firm_names: frozenset[str] = frozenset()
    acronym_names: Mapping[str, tuple[frozenset[str], ...]] = field(default_factory=dict)
    firm_last: frozenset[str] = frozenset()
    law_words: frozenset[str] = frozenset()
    law_acronyms: frozenset[str] = frozenset()
    before_thing: frozenset[str] = frozenset()
    place_last: frozenset[str] = frozenset()
    place_first: frozenset[str] = frozenset()
    place_of: frozenset[str] = frozenset()
    place_lower: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    before_town: frozenset[str] = frozenset()
    country_acronyms: frozenset[str] = frozenset()
    shares: frozenset[str] = frozenset()
    market: frozenset[str] = frozenset()
    organization_nouns: frozenset[str] = frozenset()
    workers_at: frozenset[str] = frozenset()
    things_of: frozenset[str] = frozenset()
    owned_by_organization: frozenset[str] = frozenset()
    after_organization: frozenset[str] = frozenset()
    words_in_capitals: WordsInCapitals = field(default_factory=dict)


_CATEGORIES_OF_FIRMS: Final = frozenset({"company", "firm", "bank", "airline"})


def _column(packs: Packs, table: str, column: str, *, use: str | None = None) -> frozenset[str]:
    return _keys(
        cell for row in packs.rows(table) if use is None or use in split_cell(row["use"]) for cell in (row[column],)
    )


def _keys(cells: Iterable[str]) -> frozenset[str]:
    return frozenset(word_key(word) for cell in cells for word in split_cell(cell))


def _cell(contexts: Mapping[str, Mapping[str, str]], context: str, column: str) -> frozenset[str]:
    return _keys([contexts[context][column]]) if context in contexts else frozenset()


def _read_nationalities(packs: Packs) -> frozenset[str]:
    """Return the demonyms, and of those of two words the second: "Lankan"."""
    forms = (form for row in packs.rows("demonyms") for form in split_cell(row["demonym"]))
    return frozenset(word_key(form.split()[-1]) for form in forms)


def _read_long_marks(packs: Packs) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return the legal forms of several words by the first of them, as a text has them: "A/S", "Sp. z o.o."."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    rows = (row["word"] for row in packs.rows("organization_words") if "mark" in split_cell(row["use"]))
    for form in (form for cell in rows for form in split_cell(cell)):
        keys = tuple(read_tokens(form).keys)
        if len(keys) > 1:
            found[keys[0]] = (*found.get(keys[0], ()), keys)
    return found


def _read_country_acronyms(packs: Packs) -> frozenset[str]:
    forms = (
        word_key(form)
        for entry in packs.entries
        if entry.kind is Kind.PLACES and entry.attributes.get("category") == "country"
        for form in entry.aliases
    )
    return frozenset(form for form in forms if form.isupper() and form.isalpha())


def _read_agencies(packs: Packs) -> Mapping[str, tuple[PackEntry, ...]]:
    """Return the news agencies by the names that mean something else, too, but not in a dateline: "AP"."""
    found: dict[str, tuple[PackEntry, ...]] = {}
    for entry in packs.entries:
        if entry.attributes.get("category") == "news agency":
            for form in split_cell(entry.attributes.get("ambiguous", "")):
                found[form] = (*found.get(form, ()), entry)
    return found


def _read_acronym_names(packs: Packs) -> Mapping[str, tuple[frozenset[str], ...]]:
    """Return the words of the long names of organizations that are called by their acronym: "NATO"."""
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for entry in packs.entries:
        if entry.kind is not Kind.ORGANIZATIONS or not entry.name.isupper() or not entry.name.isalpha():
            continue
        long = (frozenset(fold_name(alias).split()) for alias in entry.aliases if " " in alias)
        if forms := tuple(long):
            found[word_key(entry.name)] = found.get(word_key(entry.name), ()) + forms
    return found


def _read_people(packs: Packs) -> Mapping[str, str | None]:
    """Return the references of people by their full names, folded; None for a name of several."""
    found: dict[str, str | None] = {}
    for entry in packs.entries:
        for name in (entry.name, *entry.aliases) if entry.kind is Kind.PEOPLE else ():
            folded = fold_name(name)
            if " " in folded:
                found[folded] = entry.reference if found.get(folded, entry.reference) == entry.reference else None
    return found


def _firms(packs: Packs) -> Iterable[PackEntry]:
    return (entry for entry in packs.entries if entry.attributes.get("category") in _CATEGORIES_OF_FIRMS)


def read_vocabulary(packs: Packs) -> Vocabulary:
    """Return the words of these packs; cached, because several components of a pipeline need them."""
    return _read(PacksKey(packs))


@lru_cache(maxsize=1)
def _read(key: PacksKey) -> Vocabulary:
    packs = key.packs
    contexts = {row["context"]: row for row in packs.rows("contexts")}
    return Vocabulary(
        titles=_column(packs, "titles", "title", use="title"),
        roles=_column(packs, "titles", "title", use="role"),
        addresses=_column(packs, "titles", "title", use="address"),
        full_addresses=_column(packs, "titles", "title", use="full"),
        dotted_addresses=_column(packs, "titles", "title", use="dotted"),
        given=_column(packs, "given_names", "names"),
        unsure_given=_column(packs, "given_names", "ambiguous"),
        family=_column(packs, "family_names", "family_name", use="sure"),
        unsure_family=_column(packs, "family_names", "family_name", use="unsure"),
        people=_read_people(packs),
        particles=_column(packs, "particles", "particle", use="inside"),
        endings=_column(packs, "particles", "particle", use="after"),
        verbs=_column(packs, "reporting_verbs", "verb"),
        common=_column(packs, "common_words", "words"),
        words_in_capitals=read_words_in_capitals(packs),
        nationalities=_read_nationalities(packs),
        organization_last=_column(packs, "organization_words", "word", use="last"),
        organization_of=_column(packs, "organization_words", "word", use="of"),
        organization_mark=_column(packs, "organization_words", "word", use="mark"),
        long_marks=_read_long_marks(packs),
        organization_inside=_column(packs, "organization_words", "word", use="inside"),
        organization_never=_column(packs, "organization_words", "word", use="never"),
        sectors=_column(packs, "organization_words", "word", use="sector"),
        partners=_column(packs, "organization_words", "word", use="partner"),
        partner_links=_column(packs, "organization_words", "word", use="and"),
        form_first=_column(packs, "organization_words", "word", use="form first"),
        described=_column(packs, "organization_words", "word", use="described"),
        bodies=_column(packs, "organization_words", "word", use="body"),
        bare_bodies=_column(packs, "organization_words", "word", use="bare body"),
        after_body=_cell(contexts, "body", "after"),
        heads_alone=_column(packs, "organization_words", "word", use="head"),
        periods=_column(packs, "organization_words", "word", use="period"),
        any_country=_column(packs, "organization_words", "word", use="any country"),
        agencies=_read_agencies(packs),
        firms=frozenset(entry.reference for entry in _firms(packs)),
        firm_names=frozenset(name for entry in _firms(packs) for name in (entry.name, *entry.aliases)),
        acronym_names=_read_acronym_names(packs),
        firm_last=_column(packs, "organization_words", "word", use="firm"),
        law_words=_column(packs, "named_things", "word", use="law"),
        law_acronyms=_column(packs, "named_things", "word", use="acronym"),
        before_thing=_column(packs, "named_things", "word", use="before"),
        place_last=_column(packs, "place_words", "word", use="last"),
        place_first=_column(packs, "place_words", "word", use="first"),
        place_of=_column(packs, "place_words", "word", use="of"),
        place_lower=_column(packs, "place_words", "word", use="lower"),
        towns=_column(packs, "towns", "towns"),
        before_town=_cell(contexts, "town", "before"),
        country_acronyms=_read_country_acronyms(packs),
        shares=_cell(contexts, "introduction", "near"),
        market=_cell(contexts, "market", "near"),
        workers_at=_cell(contexts, "employer", "before"),
        things_of=_cell(contexts, "employer", "near"),
        owned_by_organization=_cell(contexts, "employer", "after"),
        organization_nouns=_cell(contexts, "introduction", "before"),
        after_organization=_cell(contexts, "introduction", "after"),
    )
