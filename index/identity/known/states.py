"""Give the ministries and parliaments of an article their country, or keep them apart from those of other articles."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from index.identity.known.article_countries import ArticleCountries, Told, Where
from index.identity.known.bodies import Bodies
from index.identity.known.countries import Countries
from index.identity.naming.keys import is_set_apart, key_of, set_apart, tidy_name, words_of_key
from index.identity.records import LocalLink, Name
from index.model import Article, Kind, Mention
from index.normalize.name_words import Words
from index.normalize.names import fold_name
from index.packs.loader import PackEntry

__all__ = ["give_countries"]

_RULE = "country"
_BANK = "bank"
_PARLIAMENT = "parliament"


def give_countries(
    links: Sequence[LocalLink], mentions: Sequence[Mention], article: Article, bodies: Bodies, countries: Countries
) -> tuple[LocalLink, ...]:
    """Return the links of an article with those of bodies without a country to that of the country they belong to.

    A body whose country neither sentence, dateline nor article tells becomes a name of this article alone.
    """
    if not countries.by_words:
        return tuple(links)
    links = _with_country_behind(links, bodies, countries)
    long = [link for link in links if _is_short_for_body(link, mentions[link.mention_index], bodies, countries)]
    if not long and not any(_may_be_body(link, bodies, countries) for link in links):
        return tuple(links)
    bearers = [country for link in links if (country := _country_of_bearer(link, bodies)) is not None]
    places = ArticleCountries(mentions, article, countries, bearers)
    own = {
        link.mention_index: _without_long_form(link, mentions[link.mention_index], places, bodies, countries)
        for link in long
    }
    links = [own.get(link.mention_index, link) for link in links]
    asked = [link for link in links if _may_be_body(link, bodies, countries)]
    told = {link.mention_index: places.country_of(mentions[link.mention_index]) for link in asked}
    full = {
        link.mention_index: longer
        for link in asked
        if not _is_beside(told[link.mention_index]) and (longer := _named_in_full(link, links, bodies)) is not None
    }
    asked = [link for link in asked if link.mention_index not in full]
    elsewhere = _only_elsewhere(asked, told, links, bodies, countries)
    banks = _other_banks(links, bodies)
    found = {
        link.mention_index: _linked(
            link, _surest(told[link.mention_index], elsewhere.get(link.name.key)), article, bodies, places, banks
        )
        for link in asked
    }
    follow = {number: _following(long, asked, found) for number, long in full.items()}
    return tuple(found.get(link.mention_index) or follow.get(link.mention_index, link) for link in links)


def _with_country_behind(links: Sequence[LocalLink], bodies: Bodies, countries: Countries) -> list[LocalLink]:
    """Return the links, with one name for "Chilean Army" and "Army of Chile": that of a pack, or one key."""
    meant: dict[Name, Name] = {}
    for name in {link.name for link in links}:
        if name.kind is not Kind.ORGANIZATIONS or name.reference is not None or is_set_apart(name.key):
            continue
        for bare, country in _partings(words_of_key(name.key), countries):
            if bodies.may_have_country(bare):
                meant[name] = _name_with_country(name, bare, country, bodies)
                break
    return [_moved(link, meant[link.name]) if link.name in meant else link for link in links]


def _moved(link: LocalLink, name: Name) -> LocalLink:
    if name == link.name or link.rule != "name":
        return replace(link, name=name)
    return replace(link, name=name, rule=_RULE, evidence=f"“{link.name.text}” with its country")


def _partings(full: Words, countries: Countries) -> Iterator[tuple[Words, str]]:
    """Yield a name without the country in it, and that country: at its beginning, and behind "of" at its end."""
    for length in range(len(full) - 1, 0, -1):
        country = countries.only_named_by(full[:length])
        if country is not None:
            yield full[length:], country
        end = full[-length:]
        country = countries.only_named_by(end[1:] if end[0] == "the" else end)
        if country is not None and len(full) > length + 1 and full[-length - 1] == "of":
            yield full[: -length - 1], country


def _name_with_country(name: Name, bare: Words, country: str, bodies: Bodies) -> Name:
    body = bodies.of_country(bare, country)
    if body is not None:
        return replace(name, key=f"{' '.join(bare)}@{body.reference}", reference=body.reference)
    return replace(name, key=f"{' '.join(bodies.in_one_order(bare))} of {fold_name(country)}")


def _country_of_bearer(link: LocalLink, bodies: Bodies) -> str | None:
    """Return the country of somebody, or of a body that no other country has under this name."""
    reference = link.name.reference
    if reference is None or (
        link.name.kind is Kind.ORGANIZATIONS and bodies.needs_country(words_of_key(link.name.key))
    ):
        return None
    return bodies.countries_of_bearers.get(reference)


def _following(short: LocalLink, asked: Iterable[LocalLink], found: dict[int, LocalLink]) -> LocalLink:
    """Return the link of a short form to what its long form means in this article: the House of another country."""
    meant = {found[link.mention_index].name for link in asked if link.name == short.name}
    return replace(short, name=meant.pop()) if len(meant) == 1 else short


def _is_beside(told: Told | None) -> bool:
    return told is not None and told.is_beside


def _named_in_full(link: LocalLink, links: Iterable[LocalLink], bodies: Bodies) -> LocalLink | None:
    """Return a link to the only body of the article whose name is longer.

    "The House" after "House of Commons", "the Metropolitan Police" after "Tokyo Metropolitan Police Department".
    """
    full = words_of_key(link.name.key)
    is_local = bodies.is_local(full)
    if len(full) != 1 and not is_local:
        return None
    names = {
        other.name
        for other in links
        if other.name.kind is Kind.ORGANIZATIONS
        and (
            _has_inside(words_of_key(other.name.key), full)
            if is_local
            else words_of_key(other.name.key)[:2] == (*full, "of")
        )
        and (not bodies.is_central_bank(full) or _is_central_bank(other.name, bodies))
    }
    if len(names) != 1:
        return None
    name = names.pop()
    return replace(link, name=name, rule="short form", evidence=f"shorter form of “{name.text}” in this article")


def _has_inside(long: Words, short: Words) -> bool:
    return len(long) > len(short) and any(
        long[start : start + len(short)] == short for start in range(len(long) - len(short) + 1)
    )


def _is_central_bank(name: Name, bodies: Bodies) -> bool:
    entry = bodies.by_reference.get(name.reference or "")
    return entry is not None and entry.attributes["category"] == "central bank"


def _may_be_body(link: LocalLink, bodies: Bodies, countries: Countries) -> bool:
    full = words_of_key(link.name.key)
    if link.name.kind is not Kind.ORGANIZATIONS or countries.is_in(full):
        return False
    if link.name.reference is None:
        return bodies.needs_country(full) or bodies.sounds_like_party(full)
    return bodies.needs_country(full) and link.name.reference in bodies.by_reference


def _is_short_for_body(link: LocalLink, mention: Mention, bodies: Bodies, countries: Countries) -> bool:
    """True for "Finance Ministry" where the article also has "Finance Ministry of Nepal"; and for "Georgian" alone."""
    if link.name.kind is not Kind.ORGANIZATIONS or link.rule != "short form":
        return False
    full = words_of_key(key_of(mention.text, mention.kind, reference=None, words=bodies.words))
    if countries.named_by(full) is not None:
        return True
    return bool(full) and bodies.is_of_any_country(full) and not countries.is_in(full)


def _without_long_form(
    link: LocalLink, mention: Mention, places: ArticleCountries, bodies: Bodies, countries: Countries
) -> LocalLink:
    """Return a link to the short form itself, where another country than that of the long form stands beside it."""
    told = places.country_of(mention)
    full = words_of_key(link.name.key)
    key = key_of(mention.text, mention.kind, reference=None, words=bodies.words)
    own = Name(mention.kind, key, tidy_name(mention.text, mention.kind, words=bodies.words))
    if countries.named_by(words_of_key(key)) is not None:
        return replace(link, name=own, rule="name", evidence="the name as it is written")
    if told is None or not (told.is_beside or told.where is Where.HERE):
        return link
    if told.country in {countries.before(full[:end]) for end in range(1, len(full) + 1)}:
        return link
    return replace(link, name=own, rule="name", evidence=f"“{own.text}” beside {told.country}")


def _only_elsewhere(
    asked: Sequence[LocalLink],
    told: dict[int, Told | None],
    links: Iterable[LocalLink],
    bodies: Bodies,
    countries: Countries,
) -> dict[str, Told]:
    """Return the countries with which names stand elsewhere in the article, for each that has always the same one."""
    found: dict[str, set[str]] = {}
    for link in asked:
        where = told[link.mention_index]
        if where is not None and where.is_beside:
            found.setdefault(link.name.key, set()).add(where.country)
    short = {link.name.key for link in asked}
    long = {link.name for link in links if link.name.kind is Kind.ORGANIZATIONS and link.name.key not in short}
    for name in long:
        for bare, country in _bodies_meant(name, bodies, countries):
            for key in short:
                if bodies.is_same(words_of_key(key), bare):
                    found.setdefault(key, set()).add(country)
    return {key: Told(min(few), Where.BESIDE_ELSEWHERE) for key, few in found.items() if len(few) == 1}


def _bodies_meant(name: Name, bodies: Bodies, countries: Countries) -> Iterator[tuple[Words, str]]:
    """Yield what a name with a country says without it, and that country."""
    for bare, country in _partings(words_of_key(name.key), countries):
        body = bodies.of_country(bare, country)
        if name.reference is None or (body is not None and body.reference == name.reference):
            yield bare, country


def _surest(told: Told | None, elsewhere: Told | None) -> Told | None:
    """Return the country with which a body is named elsewhere, rather than one that only stands in its sentence."""
    is_sure = told is not None and (told.is_beside or told.is_of_scene)
    return told if is_sure or elsewhere is None else elsewhere


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
    told: Told | None,
    article: Article,
    bodies: Bodies,
    places: ArticleCountries,
    banks: frozenset[str | None],
) -> LocalLink:
    """Return a link, to the body of a country where it was to one of any country."""
    full = words_of_key(link.name.key)
    entry = bodies.by_reference.get(link.name.reference or "")
    if entry is not None and _is_as_known(entry, full, told, places, bodies):
        return link
    body = None if told is None else bodies.of_country(full, told.country)
    if body is not None and banks and bodies.is_central_bank(full) and body.reference not in banks:
        body = None
    if told is None and (bodies.is_party(full) or (entry is None and bodies.is_of_few(full))):
        # Most archives have many articles about one country, whose parties and offices they name without it.
        return link
    if told is None or (body is None and _is_of_nobody(full, entry, told, bodies)):
        name = Name(link.name.kind, set_apart(" ".join(full), article.id), link.name.text)
        return replace(link, name=name, evidence=f"{link.evidence}; of no country in this article")
    if body is None:
        key = f"{' '.join(bodies.in_one_order(full))} of {fold_name(told.country)}"
        name = Name(Kind.ORGANIZATIONS, key, f"{link.name.text} ({told.country})")
        return replace(link, name=name, rule=_RULE, evidence=f"that of {told.country}, {told.where.value}")
    if body.reference == link.name.reference:
        return link
    name = Name(Kind.ORGANIZATIONS, f"{' '.join(full)}@{body.reference}", link.name.text, body.reference)
    return replace(link, name=name, rule=_RULE, evidence=f"“{body.name}”: {told.country} is {told.where.value}")


def _is_of_nobody(full: Words, entry: PackEntry | None, told: Told, bodies: Bodies) -> bool:
    """True for a name that the country told does not complete: of a city or bank, or known of another country.

    "The Coast Guard searched off Norland" does not say whose it was.
    """
    if bodies.is_central_bank(full) or bodies.is_local(full):
        return True
    if entry is None or not entry.attributes.get("country") or bodies.is_party(full):
        return False
    is_of_name = told.where in (Where.BESIDE, Where.BESIDE_ELSEWHERE)
    return not is_of_name if bodies.is_of_few(full) else told.where is Where.SENTENCE


def _is_as_known(entry: PackEntry, full: Words, told: Told | None, places: ArticleCountries, bodies: Bodies) -> bool:
    """True for "Congress", which a pack knows as that of one country, unless the article is of another one.

    Parliaments are known to all readers, and so are offices that few countries have where no country is named; parties
    and forces are those of a country that the article names.
    """
    country = entry.attributes.get("country", "")
    if not country:
        return False
    is_parliament = entry.attributes["category"] == _PARLIAMENT
    is_party, is_of_few = bodies.is_party(full), bodies.is_of_few(full)
    if told is None:
        is_named = places.is_present(country) if is_of_few else places.is_named_most(country)
        return is_parliament or is_party or is_named
    if told.country == country or told.is_beside:
        return told.country == country
    if places.is_named(country):
        return is_parliament or is_party or is_of_few or told.where is not Where.DATELINE
    if is_of_few and places.is_present(country):
        return True
    return is_parliament and told.where is not Where.DATELINE
