"""Find the fields of a row: the field names that archives use, and the values in them."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from index.errors import ReadError
from index.readers.article.publication import parse_stated_date
from index.readers.base import Draft
from index.readers.formats.markup_text import looks_like_markup, markup_to_text
from index.readers.tables import parse_table

__all__ = ["check_mapping", "draft_from_row", "field_names", "find_field", "fold_name"]

# Objects in a row that hold fields of the article themselves.
_CONTAINERS = (
    "article",
    "document",
    "post",
    "story",
    "item",
    "data",
    "attributes",
    "fields",
    "meta",
    "metadata",
    "head",
)
_SUMMARIES = ("leadparagraph", "abstract", "summary", "description", "snippet")
_KEYS_OF_NAMES = ("rendered", "name", "text", "value", "#text", "$", "main", "title", "content", "html")
_KEYS_OF_HEADINGS = ("title", "heading", "subheading")
_DEEPEST = 6
_DEEPEST_CONTAINER = 2
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_NOTHING: tuple[object, ...] = (None, "", [], {})
_LONGEST_ROW_ID = 200
_LONGEST_NAME = 100


@cache
def field_names() -> Mapping[str, tuple[str, ...]]:
    """Return our fields with the names that archives give them, the likeliest first, as `fold_name` writes them."""
    return {row["field"]: tuple(row["names"].split()) for row in parse_table("index.readers", "field_names")}


@cache
def _keys_of_text() -> tuple[str, ...]:
    before = ("rendered", "text", "value", "#text", "$")
    return (*before, *field_names()["body"], *_SUMMARIES, "children", "title", "name")


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Raise `ReadError` ("bad-mapping") when `mapping` names a field that articles do not have."""
    unknown = sorted(set(mapping) - set(field_names()))
    if unknown:
        known = ", ".join(field_names())
        raise ReadError(f"unknown field {unknown[0]!r} in the mapping", reason="bad-mapping", hint=f"Known: {known}.")


def draft_from_row(row: Mapping[str, object], mapping: Mapping[str, str], *, place: str, number: int) -> Draft:
    """Build the draft of row `number`; `place` ("json field", "csv column") begins the origin of its date.

    A row with a title whose field for the text is empty is an article of its title. Raises `ReadError` ("no-text") when
    no field holds a text.
    """
    levels = tuple(_levels(row))
    found = {field: _find_in(levels, row, field, mapping) for field in field_names()}
    values = {field: value for field, (_, value) in found.items()}
    title = _as_text(values["title"], _KEYS_OF_NAMES)
    body = _as_text(values["body"], _keys_of_text())
    if not body.strip() and _has_empty_text(levels, mapping):
        # A headline without a story: its title is all of its text.
        body = title
    if not body.strip():
        fields = ", ".join(str(key)[:40] for key in list(row)[:12])
        raise ReadError(
            f"no field with the text of an article (there are: {fields})",
            reason="no-text",
            hint="Say which field holds it, with a mapping for body.",
        )
    dateline, lead = (_as_text(values[field], _keys_of_text()).strip() for field in ("dateline", "lead"))
    if dateline and not body.startswith(dateline):
        body = f"{dateline} {body}"
    if lead and lead not in body:
        body = f"{lead}\n\n{body}"
    published = parse_stated_date(_date_value(values["published"]))
    return Draft(
        body,
        title=title or None,
        row=number,
        row_id=_row_id(values["id"]),
        source=_as_text(values["source"], _KEYS_OF_NAMES, joint=", ") or None,
        byline=_as_text(values["byline"], _KEYS_OF_NAMES, joint=", ") or None,
        language=_as_text(values["language"], _KEYS_OF_NAMES) or None,
        url=_as_text(values["url"], _KEYS_OF_NAMES) or None,
        published=published,
        published_origin=f"{place} {found['published'][0]}" if published is not None else None,
    )


@dataclass(frozen=True, slots=True)
class _Level:
    """An object with fields of the article: the row, or one in it. `keys` are its names by their folded form."""

    prefix: str
    keys: Mapping[str, str]
    fields: Mapping[str, object]


def find_field(row: Mapping[str, object], field: str, mapping: Mapping[str, str]) -> tuple[str, object]:
    """Return the name and value of the field of `row` that holds our `field`; ("", None) when there is none.

    Fields of the row itself count more than those of objects in it ("meta.title"), a summary less than any text, and a
    date more than other values of a field for dates.
    """
    return _find_in(tuple(_levels(row)), row, field, mapping)


def _find_in(
    levels: Sequence[_Level], row: Mapping[str, object], field: str, mapping: Mapping[str, str]
) -> tuple[str, object]:
    if field in mapping:
        return mapping[field], _follow(row, mapping[field])
    first: tuple[str, object] = ("", None)
    for names in (field_names()[field], _SUMMARIES if field == "body" else ()):
        for level in levels:
            for name in names:
                key = level.keys.get(name)
                if key is None or level.fields[key] in _NOTHING:
                    continue
                found = (level.prefix + key, level.fields[key])
                if field != "published" or parse_stated_date(_date_value(found[1])) is not None:
                    return found
                first = first if first[0] else found
    return first


def _has_empty_text(levels: Sequence[_Level], mapping: Mapping[str, str]) -> bool:
    """Return whether a row has a field for the text, be it empty; one that a mapping names is trusted to be there."""
    return "body" in mapping or any(name in level.keys for level in levels for name in field_names()["body"])


def _levels(row: Mapping[str, object], prefix: str = "", depth: int = 0) -> Iterator[_Level]:
    keys = {fold_name(str(key)[:_LONGEST_NAME]): key for key in reversed(list(row))}
    yield _Level(prefix, keys, row)
    for name in _CONTAINERS:
        key = keys.get(name)
        inner = row[key] if key is not None and depth < _DEEPEST_CONTAINER else None
        if isinstance(inner, Mapping):
            yield from _levels(cast("Mapping[str, object]", inner), f"{prefix}{key}.", depth + 1)


def _follow(row: Mapping[str, object], path: str) -> object:
    """Return the value at a dotted path; a field whose own name has dots comes first."""
    if path in row:
        return row[path]
    value: object = row
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _as_text(value: object, keys: Sequence[str], *, joint: str = "\n\n") -> str:
    """Return a value as text: lists joined, objects by their text member, markup without its tags and entities.

    Text of a feed may be markup that was escaped as a whole: "&lt;p&gt;".
    """
    text = joint.join(_texts(value, keys, depth=0))
    if looks_like_markup(text):
        return markup_to_text(text)
    if "&" in text and _ENTITY.search(text) is not None:
        text = html.unescape(text)
        return markup_to_text(text) if looks_like_markup(text) else text
    return text


def _texts(value: object, keys: Sequence[str], *, depth: int) -> Iterator[str]:
    match value:
        case str():
            if value.strip():
                yield value
        case bool() | None:
            return
        case int() | float():
            yield str(value)
        case list() if depth < _DEEPEST:
            for item in cast("list[object]", value):
                if isinstance(item, Mapping) and keys is _keys_of_text():
                    yield from _heading_of(cast("Mapping[str, object]", item))
                yield from _texts(item, keys, depth=depth + 1)
        case Mapping() if depth < _DEEPEST:
            yield from _texts_of_object(cast("Mapping[str, object]", value), keys, depth=depth)
        case _:
            return


def _texts_of_object(value: Mapping[str, object], keys: Sequence[str], *, depth: int) -> Iterator[str]:
    """Yield the text of an object: that of its likeliest member; spans of one paragraph are joined."""
    folded = {fold_name(str(key)[:_LONGEST_NAME]) or str(key): key for key in reversed(list(value))}
    name = next((key for key in keys if key in folded and value[folded[key]]), None)
    if name == "children":
        yield "".join(_texts(value[folded[name]], keys, depth=depth + 1))
    elif name is not None:
        yield from _texts(value[folded[name]], keys, depth=depth + 1)


def _heading_of(section: Mapping[str, object]) -> Iterator[str]:
    """Yield the heading of a section that has one beside its text."""
    if any(section.get(key) for key in field_names()["body"]):
        yield from (text for key in _KEYS_OF_HEADINGS if isinstance(text := section.get(key), str) and text.strip())


def _date_value(value: object) -> object:
    """Unwrap dates of MongoDB and others: {"$date": "2019-01-04T00:00:00Z"}, {"$date": {"$numberLong": "1546..."}}."""
    for _ in range(_DEEPEST):
        if isinstance(value, Mapping) and len(value) == 1:
            value = next(iter(value.values()))
        elif isinstance(value, list) and value:
            value = cast("list[object]", value)[0]
    return value


def _row_id(value: object) -> str:
    text = " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text if len(text) <= _LONGEST_ROW_ID and text.isprintable() else ""


@lru_cache(maxsize=4096)
def fold_name(key: str) -> str:
    """Return the name of a field without case and punctuation.

    >>> fold_name("pub_date"), fold_name("pubDate")
    ('pubdate', 'pubdate')
    """
    return re.sub(r"[\W_]", "", key.lower())
