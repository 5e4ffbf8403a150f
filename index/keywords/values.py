"""Values of every keyword field of a document: the one mapping that all engines index."""

from collections.abc import Iterable, Iterator

from index.fields import FIELDS, FieldKind
from index.keywords.amounts import amount_size_values, amount_values, currency_values
from index.keywords.dates import UNDATED, date_values, month_values, year_values
from index.model import Document

__all__ = ["KEYWORD_FIELDS", "SCHEMA_FINGERPRINT", "keyword_values", "readable"]

KEYWORD_FIELDS = tuple(field.name for field in FIELDS if field.kind is FieldKind.KEYWORD)

SCHEMA_FINGERPRINT = "3:" + ",".join(f"{field.name}={field.kind}{'+' if field.is_facet else ''}" for field in FIELDS)
"""Changes whenever the fields of an index, or the values that a document gives them, do."""


def keyword_values(document: Document) -> dict[str, tuple[str, ...]]:
    """Return the values of a document in each of `KEYWORD_FIELDS`, each value once and never empty.

    >>> values = keyword_values(Document(id="1", title="", body="", people=("a", "b", "a"), source="TASS"))
    >>> values["people"], values["sources"], values["published_years"]
    (('a', 'b'), ('TASS',), ('undated',))
    """
    published = [document.published] if document.published is not None else []
    return {
        "people": _clean(document.people),
        "organizations": _clean(document.organizations),
        "places": _clean(document.places),
        "systems": _clean(document.systems),
        "amounts": amount_values(document.amounts),
        "currencies": currency_values(document.amounts),
        "amount_sizes": amount_size_values(document.amounts),
        "dates": date_values(document.dates),
        "date_years": year_values(document.dates),
        "date_months": month_values(document.dates),
        "published": date_values(published),
        "published_years": year_values(published) or (UNDATED,),
        "published_months": month_values(published) or (UNDATED,),
        "sources": _clean([document.source or ""]),
        "languages": _clean([document.language or ""]),
    }


def readable(values: Iterable[str]) -> Iterator[str]:
    """Yield the values that are not empty, as every engine can store them.

    Halves of surrogate pairs cannot be stored; they come from damaged metadata only.
    """
    # Most values are ASCII, which tells itself without copying.
    return (value if value.isascii() else value.encode("utf-8", "replace").decode() for value in values if value)


def _clean(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(readable(values)))
