"""An article with mentions, linked with packs whose people and bodies of states have the names of nobody else."""

from collections.abc import Sequence
from datetime import date

from index.identity.linking import link_article
from index.model import Article, DateInterval, DatePrecision, Kind, Mention, Span
from index.packs.loader import PackEntry, Packs

__all__ = ["PACKS", "links_of"]


def _leader(
    name: str, role: str, term: str, country: str, pronoun: str = "", *aliases: str, life: str = ""
) -> PackEntry:
    attributes = {"role": role, "term": term, "country": country, "pronoun": pronoun, "life": life}
    reference = f"core:{name.lower().replace('.', '').replace(' ', '-')}"
    return PackEntry(reference, Kind.PEOPLE, name, aliases, f"{role}, {term}", attributes)


def _place(name: str, category: str, country: str = "", *aliases: str) -> PackEntry:
    attributes = {"category": category, "country": country}
    return PackEntry(f"core:{name.lower()}", Kind.PLACES, name, aliases, category, attributes)


def _body(name: str, category: str, country: str, *aliases: str) -> PackEntry:
    attributes = {"category": category, "country": country}
    reference = f"core:{name.lower().replace(' ', '-')}"
    return PackEntry(reference, Kind.ORGANIZATIONS, name, aliases, category, attributes)


PACKS = Packs(
    entries=(
        _leader("Ansgar W. Roken", "President", "2001-2009", "Norland", "he"),
        _leader("Ansgar H. W. Roken", "President", "1989-1993", "Norland", "he"),
        _leader("Ilse Tarvanen", "Prime Minister", "1979-1990", "Sudland", "she", "Tarvanen"),
        _leader("Jerko Dudinski", "President", "2015-2025", "Sudland", "he", "Dudinski"),
        _leader("Mevlan Cavustoglu", "Foreign Minister", "2015-2023", "Sudland", "he"),
        _leader("Runa B. Falk", "", "", "Norland", "she", life="1931-1994"),
        _leader("Runa C. Falk", "", "", "Norland", "she", life="1969-"),
        _leader("Sune B. Holt", "President", "1951-1960", "Norland", "he", life="1899-1975"),
        _leader("Sune C. Holt", "", "", "Norland", "he"),
        _leader("Odo Marek", "Chancellor", "", "Norland"),
        _leader("Kaj Tessin", "President", "1971-2000", "Norland", "he", life="1930-2000"),
        _leader("Bela Tessin", "President", "2000-2024", "Norland", "he", "Tessin", life="1965-"),
        _leader("Eda Freyre Montal", "President", "1964-1970", "Sudland", "she"),
        _place("Norland", "country"),
        _place("Sudland", "country"),
        _place("Ostland", "country"),
        _place("Norburg", "capital", "Norland"),
        _place("Sudburg", "capital", "Sudland"),
        _body("Ministry of Finance of Norland", "ministry", "Norland", "Norlandic Finance Ministry"),
        _body("Ministry of Finance of Sudland", "ministry", "Sudland", "Sudlandic Finance Ministry"),
        _body("Norland Congress", "parliament", "Norland", "Congress"),
        _body("Norland House of Representatives", "parliament", "Norland", "House of Representatives"),
        _body("National Assembly", "parliament", ""),
        _body("Bank of Sudland", "central bank", "Sudland"),
        _body("Norland Coast Guard", "force", "Norland", "Coast Guard"),
        _body("Coast Guard of Sudland", "force", "Sudland", "Sudlandic Coast Guard"),
        _body("Norburg Yard", "police", "Norland", "Metropolitan Police"),
        _body("Norland Department of Justice", "government", "Norland", "Justice Department"),
        _body("Garden Party", "party", "Norland"),
        _body("Garden Party of Sudland", "party", "Sudland"),
    ),
    tables={
        "demonyms": ({"demonym": "Norlandic", "country": "Norland"}, {"demonym": "Sudlandic", "country": "Sudland"})
    },
)


def links_of(body: str, *marked: str, year: int | None = None, packs: Packs = PACKS) -> list[tuple[str, str]]:
    """The key of the name that each mention stands for, and the rule.

    Mentions are texts of the body in order, looked for after the one before: "kind: text", or "kind: text = reference".
    """
    mentions: list[Mention] = []
    start = 0
    for item in marked:
        kind, _, rest = item.partition(": ")
        text, _, reference = rest.partition(" = ")
        start = body.index(text, start)
        span = Span(start, start + len(text))
        mentions.append(Mention(span, text, Kind(kind), "test", f"test: {text}", reference or None))
        start += len(text)
    return [(link.name.key, link.rule) for link in link_article(_article(body, year), mentions, packs=packs)[0]]


def _article(body: str, year: int | None) -> Article:
    day = None if year is None else date(year, 3, 5)
    published = None if day is None else DateInterval(day, day, DatePrecision.DAY, day.isoformat())
    return Article("one", "news/one.txt", "hash", "One", body, published=published)


def first_keys(links: Sequence[tuple[str, str]]) -> list[str]:
    """The keys of names, without the label of those set apart."""
    return [key.partition("~")[0] for key, _ in links]
