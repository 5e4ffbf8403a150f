"""Numbers of the seed articles in an answer."""

from pathlib import Path

from search.results import Hit, SearchResult


def numbers(result: SearchResult) -> list[str]:
    """The numbers of the seeds found, in order of number."""
    return sorted(number_of(hit) for hit in result.hits)


def number_of(hit: Hit) -> str:
    return Path(hit.locator).name[:3]


def hit_of(result: SearchResult, number: str) -> Hit:
    return next(hit for hit in result.hits if number_of(hit) == number)
