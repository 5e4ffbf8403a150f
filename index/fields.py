"""THE schema: every field that an engine indexes, what kind it is, and what the user calls it."""

from enum import StrEnum

from msgspec import Struct

__all__ = [
    "FACET_FIELDS",
    "FIELDS",
    "TEXT_FIELDS",
    "Field",
    "FieldKind",
    "field_called",
    "field_for_parameter",
    "parameter_of",
]


class FieldKind(StrEnum):
    """Kind of index of a field. TEXT: terms with positions, from `index.analyzer`. KEYWORD: whole values."""

    ID = "id"
    TEXT = "text"
    KEYWORD = "keyword"


class Field(Struct, frozen=True):
    """One field. `parameter` is its name in queries, URLs and options ("person"), empty when users never name it.

    `label` heads its facet. `is_facet` fields can be counted; every KEYWORD field may hold many values. `synonyms` are
    other names that people type for it besides `name`, which answers call it.
    """

    name: str
    kind: FieldKind
    parameter: str = ""
    label: str = ""
    is_facet: bool = False
    synonyms: tuple[str, ...] = ()


_ORGANIZATION = ("orgs", "organization", "organisation", "organisations")

FIELDS = (
    Field("id", FieldKind.ID),
    Field("title", FieldKind.TEXT, "title"),
    Field("body", FieldKind.TEXT),
    # The body once more, unstemmed and with its accents: what `=word` searches.
    Field("exact", FieldKind.TEXT),
    # Ids of entities, once for each mention in the story: an entity is a term that articles use more or less often.
    Field("entities", FieldKind.TEXT),
    # Entity ids, never labels.
    Field("people", FieldKind.KEYWORD, "person", "People", is_facet=True, synonyms=("persons",)),
    Field("organizations", FieldKind.KEYWORD, "org", "Organizations", is_facet=True, synonyms=_ORGANIZATION),
    Field("places", FieldKind.KEYWORD, "place", "Places", is_facet=True),
    Field("systems", FieldKind.KEYWORD, "system", "Systems", is_facet=True),
    # One term for each amount, sorting by size within its currency; see `index.keywords.amounts`.
    Field("amounts", FieldKind.KEYWORD, "amount", "Amounts"),
    Field("currencies", FieldKind.KEYWORD, "cur", "Currencies", is_facet=True, synonyms=("currency",)),
    # "USD:9" holds the amounts from 1e9 up to 1e10 dollars.
    Field("amount_sizes", FieldKind.KEYWORD, "amount_size", "Amounts by size", is_facet=True),
    # Nodes of a decade/year/month/day tree, so that "intersects" is a handful of terms.
    Field("dates", FieldKind.KEYWORD, "date", "Dates mentioned"),
    Field("date_years", FieldKind.KEYWORD, "year", "Years mentioned", is_facet=True),
    Field("date_months", FieldKind.KEYWORD, "month", "Months mentioned", is_facet=True),
    Field("published", FieldKind.KEYWORD, "published", "Published"),
    # "undated" is a value of these two.
    Field("published_years", FieldKind.KEYWORD, "published_year", "Years published", is_facet=True),
    Field("published_months", FieldKind.KEYWORD, "published_month", "Months published", is_facet=True),
    Field("sources", FieldKind.KEYWORD, "source", "Sources", is_facet=True),
    Field("languages", FieldKind.KEYWORD, "lang", "Languages", is_facet=True, synonyms=("language",)),
)

TEXT_FIELDS = tuple(field.name for field in FIELDS if field.kind is FieldKind.TEXT)
FACET_FIELDS = tuple(field.name for field in FIELDS if field.is_facet)


def field_for_parameter(parameter: str) -> Field | None:
    """The field that users name by `parameter`, or None.

    >>> field_for_parameter("person").name
    'people'
    """
    return next((field for field in FIELDS if field.parameter and field.parameter == parameter), None)


def field_called(word: str) -> Field | None:
    """The field that users name by its parameter, its name or a synonym, however capitalized, or None.

    >>> [field_called(word).name for word in ("org", "Organization", "organizations")]
    ['organizations', 'organizations', 'organizations']
    """
    return _CALLED.get(word.lower())


def parameter_of(name: str) -> str:
    """The parameter by which users name a field, "" when they never do.

    >>> parameter_of("people")
    'person'
    """
    return next(field.parameter for field in FIELDS if field.name == name)


_CALLED = {
    word: field for field in FIELDS if field.parameter for word in (field.parameter, field.name, *field.synonyms)
}
