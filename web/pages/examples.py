"""Queries that show the query language, made of what this archive has: each finds something."""

from collections.abc import Iterator, Sequence

from index.keywords.dates import UNDATED
from search.answer.service import SearchService
from search.request import SearchRequest
from search.results import FacetValue, SearchResult

__all__ = ["archive_examples"]

_FACETS = ("people", "organizations", "places", "systems", "amount_sizes", "date_years", "published_years", "sources",
           "languages")  # fmt: skip
_TITLES = 20
_SHORTEST_WORD = 5
_MAX_NAME = 40
_SUFFIXES = ("", "k", "m", "bn", "tn")

_Example = tuple[str, str]


def archive_examples(service: SearchService) -> tuple[tuple[str, tuple[_Example, ...]], ...]:
    """Return headings, and under each the queries that find something here, with what they mean."""
    result = service.search(SearchRequest(size=_TITLES), facets=_FACETS, facet_limit=1)
    best = {facet.field: _most_frequent(facet.values) for facet in result.facets}
    sections = (
        ("Words", tuple(_words(_title_words(result)))),
        ("Names", tuple(_names(best))),
        ("Amounts and dates", (*_amounts(best), *_dates(best), *_undated(result))),
        ("Sources", tuple(_sources(best))),
    )
    found = ((heading, tuple(pair for pair in pairs if _finds(service, pair[0]))) for heading, pairs in sections)
    return tuple((heading, pairs) for heading, pairs in found if pairs)


def _finds(service: SearchService, q: str) -> bool:
    return service.count(SearchRequest(q=q)) > 0


def _most_frequent(values: Sequence[FacetValue]) -> FacetValue | None:
    return max((value for value in values if value.value != UNDATED), key=lambda value: value.count, default=None)


def _title_words(result: SearchResult) -> list[list[str]]:
    """Return the longer words of titles, one list for each title with two of them, without repeating any."""
    known: set[str] = set()
    titles = []
    for hit in result.hits:
        words = [word.strip(".,:;!?“”\"'’") for word in hit.title.split()]
        long = [word for word in words if word.isalpha() and len(word) >= _SHORTEST_WORD and word.lower() not in known]
        long = list(dict.fromkeys(long))
        known.update(word.lower() for word in long)
        if len(long) > 1:
            titles.append(long)
    return titles


def _words(titles: Sequence[Sequence[str]]) -> Iterator[_Example]:
    if not titles:
        return
    first, second = titles[0][:2]
    others = [word for title in titles[1:] for word in title]
    yield f"{first} {second}", "Both words, in all their forms."
    yield f'"{second} {first}"~10', "These words within ten words of each other, in any order."
    yield f'"{first} {second}"', "These words next to each other, in this order."
    if others:
        yield f"{first} ({second} OR {others[0]})", "The first word and one of the others; parentheses group words."
        yield f"{first} -{others[-1]}", "The first word, without the second; NOT means the same."
    yield f"{first[: _SHORTEST_WORD - 1]}*", "Words that begin with this."
    yield f"{first[:-1]}~", "Words with at most one typo; ~2 for two."
    yield f"={first}", "Exactly this form: no other endings, and accents matter."
    yield f"title:{first}", "In the title."
    yield f"{first}^2 {second}", "The first word counts double for relevance."


def _names(best: dict[str, FacetValue | None]) -> Iterator[_Example]:
    meanings = (
        ("people", "person", "Articles that name this person, in any spelling or by surname alone."),
        ("organizations", "org", "Articles that name this organization."),
        ("places", "place", "Articles that name this place, in any spelling."),
        ("systems", "system", "Articles that name this system, in any spelling."),
    )
    for field, operator, meaning in meanings:
        value = best.get(field)
        if value is not None and len(value.label) <= _MAX_NAME:
            yield f"{operator}:{_quoted(value.label)}", meaning


def _amounts(best: dict[str, FacetValue | None]) -> Iterator[_Example]:
    size = best.get("amount_sizes")
    currency, _, power = size.value.partition(":") if size is not None else ("", "", "")
    if power.isdecimal() and int(power) < 3 * len(_SUFFIXES) - 1:
        lower, upper = _power_of_ten(int(power)), _power_of_ten(int(power) + 1)
        yield f"amount:>{lower}", f"An amount of more than {lower}, in any currency."
        yield (
            f"amount:{lower}..{upper} {currency}",
            f"An amount in this range, in {currency}. Currencies are never converted.",
        )


def _power_of_ten(power: int) -> str:
    """Return a power of ten as it is typed.

    >>> _power_of_ten(7), _power_of_ten(9)
    ('10m', '1bn')
    """
    return f"{10 ** (power % 3)}{_SUFFIXES[power // 3]}"


def _dates(best: dict[str, FacetValue | None]) -> Iterator[_Example]:
    year, published = best.get("date_years"), best.get("published_years")
    if year is not None:
        yield f"date:{year.value}", f"The text mentions {year.value} or a day in it."
        yield f"date:{year.value}-06..{int(year.value) + 1}-02", "The text mentions a time in this range."
    if published is not None:
        yield f"published:>={published.value}", f"Published in {published.value} or later."


def _undated(result: SearchResult) -> Iterator[_Example]:
    if result.undated:
        yield "undated:yes", "Articles without a publication date."


def _sources(best: dict[str, FacetValue | None]) -> Iterator[_Example]:
    source, language = best.get("sources"), best.get("languages")
    if source is not None and len(source.value) <= _MAX_NAME:
        yield f"source:{_quoted(source.value)}", "Published by this source."
    if language is not None:
        yield f"lang:{language.value}", "Written in this language."


def _quoted(text: str) -> str:
    return text if text.replace("-", "").isalnum() else '"{}"'.format(text.replace('"', " "))
