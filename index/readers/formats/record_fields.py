"""Find the fields of a row: the field names that archives use, and the values in them."""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from index.errors import ReadError
from index.readers.article.publication import parse_stated_date
from index.readers.base import Draft
from index.readers.formats.markup_text import looks_like_markup, markup_to_text

__all__ = ["FIELD_NAMES", "check_mapping", "draft_from_row"]

# Our field -> theirs, likeliest first, without case and punctuation ("pub_date" and "pubDate" are "pubdate").
FIELD_NAMES: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "headline", "head", "heading", "articletitle", "documenttitle", "webtitle"),
    "lead": ("lead", "lede", "standfirst", "subtitle", "subheadline", "subhead", "dek", "kicker"),
    "dateline": ("dateline",),
    "body": (
        *("text", "body", "content", "fulltext", "articletext", "articlebody", "maintext", "bodytext", "contenttext"),
        *("plaintext", "rawtext", "cleantext", "article", "story", "contenthtml", "bodyhtml", "html", "rawcontent"),
        *("document", "contents", "abstract", "summary", "description", "snippet"),
    ),
    "published": (
        *("published", "datepublished", "publishedat", "pubdate", "publicationdate", "publishdate", "datepublish"),
        *(
            "publisheddate",
            "publishedon",
            "firstpublished",
            "webpublicationdate",
            "articledate",
            "dateissued",
            "issued",
        ),
        *("date", "datetime", "timestamp", "dcdate", "publishedtime", "published_time"),
    ),
    "source": (
        *("source", "publisher", "site", "sitename", "sourcename", "publication", "outlet", "newspaper", "newssource"),
        *("media", "provider", "sourcedomain", "domain", "journal"),
    ),
    "byline": ("byline", "author", "authors", "authorname", "creator", "dccreator", "writer", "journalist"),
    "url": ("url", "link", "permalink", "weburl", "canonicalurl", "articleurl", "sourceurl", "uri", "href"),
    "language": ("language", "lang", "inlanguage", "languagecode", "langcode"),
    "id": ("id", "guid", "uuid", "articleid", "docid", "documentid", "docno", "newsid", "identifier"),
}
_KEYS_OF_TEXT = ("rendered", "name", "text", "value", "#text", "$", "title", "content", "html")
_LONGEST_ROW_ID = 200


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Raise `ReadError` ("bad-mapping") when `mapping` names a field that articles do not have."""
    unknown = sorted(set(mapping) - set(FIELD_NAMES))
    if unknown:
        known = ", ".join(FIELD_NAMES)
        raise ReadError(f"unknown field {unknown[0]!r} in the mapping", reason="bad-mapping", hint=f"Known: {known}.")


def draft_from_row(row: Mapping[str, object], mapping: Mapping[str, str], *, place: str, number: int) -> Draft:
    """Build the draft of row `number`; `place` ("json field", "csv column") begins the origin of its date.

    Raises `ReadError` ("no-text") when no field holds a text.
    """
    names = {_fold(key): key for key in reversed(list(row))}
    found = {field: _find(row, names, field, mapping) for field in FIELD_NAMES}
    values = {field: value for field, (_, value) in found.items()}
    body = _as_text(values["body"])
    if not body.strip():
        fields = ", ".join(str(key)[:40] for key in list(row)[:12])
        raise ReadError(
            f"no field with the text of an article (there are: {fields})",
            reason="no-text",
            hint="Say which field holds it, with a mapping for body.",
        )
    dateline, lead = _as_text(values["dateline"]).strip(), _as_text(values["lead"]).strip()
    if dateline and not body.startswith(dateline):
        body = f"{dateline} {body}"
    if lead and lead not in body:
        body = f"{lead}\n\n{body}"
    published = parse_stated_date(_date_value(values["published"]))
    return Draft(
        body,
        title=_as_text(values["title"]) or None,
        row=number,
        row_id=_row_id(values["id"]),
        source=_as_text(values["source"], joint=", ") or None,
        byline=_as_text(values["byline"], joint=", ") or None,
        language=_as_text(values["language"]) or None,
        url=_as_text(values["url"]) or None,
        published=published,
        published_origin=f"{place} {found['published'][0]}" if published is not None else None,
    )


def _find(
    row: Mapping[str, object], names: Mapping[str, str], field: str, mapping: Mapping[str, str]
) -> tuple[str, object]:
    """Return the name and value of the field of `row` that holds our `field`; ("", None) when there is none."""
    if field in mapping:
        return mapping[field], _follow(row, mapping[field])
    for name in FIELD_NAMES[field]:
        key = names.get(name)
        if key is not None and row[key] not in (None, "", [], {}):
            return key, row[key]
    return "", None


def _follow(row: Mapping[str, object], path: str) -> object:
    """Return the value at a dotted path; a field whose own name has dots comes first."""
    if path in row:
        return row[path]
    value: object = row
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _as_text(value: object, *, joint: str = "\n\n") -> str:
    """Return a value as text: lists joined, objects by their text member, markup without its tags."""
    text = joint.join(_texts(value, depth=0))
    return markup_to_text(text) if looks_like_markup(text) else text


def _texts(value: object, *, depth: int) -> Iterator[str]:
    match value:
        case str():
            if value.strip():
                yield value
        case bool() | None:
            return
        case int() | float():
            yield str(value)
        case list() if depth < 3:
            for item in cast("list[object]", value):
                yield from _texts(item, depth=depth + 1)
        case Mapping() if depth < 3:
            key = next((key for key in _KEYS_OF_TEXT if value.get(key)), None)
            if key is not None:
                yield from _texts(value[key], depth=depth + 1)
        case _:
            return


def _date_value(value: object) -> object:
    """Unwrap dates of MongoDB and others: {"$date": "2019-01-04T00:00:00Z"}."""
    if isinstance(value, Mapping) and len(value) == 1:
        value = next(iter(value.values()))
    if isinstance(value, list) and value:
        return cast("list[object]", value)[0]
    return value


def _row_id(value: object) -> str:
    text = " ".join(str(value).split()) if isinstance(value, str | int) and not isinstance(value, bool) else ""
    return text if len(text) <= _LONGEST_ROW_ID and text.isprintable() else ""


def _fold(key: object) -> str:
    return re.sub(r"[^a-z0-9]", "", str(key).lower())
