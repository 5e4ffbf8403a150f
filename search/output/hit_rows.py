"""Hits as rows for the machine formats, with the columns there are."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from index.errors import UsageError
from search.output.formats import Row
from search.output.serialization import JsonValue, to_json
from search.output.wording import amount_in_words
from search.results import Hit, SearchResult

__all__ = ["DEFAULT_COLUMNS", "HIT_COLUMNS", "chosen_columns", "hit_row", "result_as_json"]

HIT_COLUMNS = {
    "id": "article id",
    "score": "relevance, higher is better",
    "date": "publication date, empty when undated",
    "title": "title",
    "source": "publisher",
    "language": "ISO 639-1 code",
    "locator": "path or URL it was read from",
    "url": "address, when known",
    "words": "number of words",
    "people": "names of people, most mentioned first",
    "organizations": "names of organizations",
    "places": "names of places",
    "systems": "names of systems",
    "amounts": "amounts of money",
    "dates": "dates mentioned, ISO 8601",
    "snippets": "sentences that match",
}
DEFAULT_COLUMNS = ("id", "score", "date", "title", "locator")

_JSON_SCHEMA = 1


def chosen_columns(
    text: str | None, default: Sequence[str], *, known: Mapping[str, str] = MappingProxyType(HIT_COLUMNS)
) -> tuple[str, ...]:
    """The columns named in a comma-separated list; `default` when it is None. Raises `UsageError` for others.

    `known` are all columns with their meanings.
    """
    if text is None:
        return tuple(default)
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        listed = "\n".join(f"  {name:14}{meaning}" for name, meaning in known.items())
        raise UsageError(f"unknown field {', '.join(unknown) or 'name'}. The fields are:\n{listed}")
    return names


def hit_row(hit: Hit) -> Row:
    """One hit with every column of `HIT_COLUMNS`."""
    return {
        "id": hit.id,
        "score": round(hit.score, 4),
        "date": hit.published.value if hit.published else None,
        "title": hit.title,
        "source": hit.source,
        "language": hit.language,
        "locator": hit.locator,
        "url": hit.url,
        "words": hit.word_count,
        "people": [entity.name for entity in hit.people],
        "organizations": [entity.name for entity in hit.organizations],
        "places": [entity.name for entity in hit.places],
        "systems": [entity.name for entity in hit.systems],
        "amounts": list(dict.fromkeys(amount_in_words(amount) for amount in hit.amounts)),
        "dates": list(dict.fromkeys(interval.value for interval in hit.dates if interval.value)),
        "snippets": [snippet.text for snippet in hit.snippets],
    }


def result_as_json(result: SearchResult, columns: Sequence[str] | None) -> Mapping[str, JsonValue]:
    """A whole result as one JSON object; hits hold only `columns` when these are given."""

    def as_json(hits: Sequence[Hit]) -> list[JsonValue]:
        return [{name: to_json(hit_row(hit)[name]) for name in columns} if columns else to_json(hit) for hit in hits]

    return {
        "schema": _JSON_SCHEMA,
        "query": result.request.q,
        "total": result.total,
        "total_all": result.total_all,
        "total_any": result.total_any,
        "is_any": result.is_any,
        "interpretation": result.interpretation,
        "notices": to_json(result.notices),
        "suggestions": to_json(result.suggestions),
        "entity_notes": to_json(result.entity_notes),
        "facets": to_json(result.facets),
        "hits": as_json(result.hits),
        "partial": as_json(result.partial),
        "closest": to_json(result.closest),
    }
