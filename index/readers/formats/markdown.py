"""Read Markdown, with optional front matter, and the date and name that sites put into the names of files."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from index.model import DateInterval, Notice
from index.readers.article.publication import parse_stated_date
from index.readers.base import Draft, ReadOptions
from index.readers.content.decoding import normalize_text
from index.readers.content.source_bytes import Content
from index.readers.formats.front_matter import split_front_matter
from index.readers.formats.markdown_text import first_heading, markdown_to_text
from index.readers.formats.record_fields import draft_from_row, find_field

__all__ = ["read_markdown"]

_PLACE = "front matter"
_DATED_NAME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[-_ ](.+)")
_NAMES_OF_FOLDERS = frozenset(("index", "_index", "readme"))


def read_markdown(content: Content, options: ReadOptions) -> Iterator[Draft | Notice]:
    """Yield one draft: the text without its markup, and the values of its front matter.

    The first heading is the title where there is no other, and after it what the name of a file says
    ("2020-03-05-ferries-return.md"), which may also give the date. What cannot be read of the front matter is a
    `Notice`, and the rest counts.
    """
    text = normalize_text(content.decode(content.read_all(), options))
    front = split_front_matter(text)
    body = markdown_to_text(front.rest)
    named = _read_name(content.locator)
    row = {**front.fields, "body": body}
    title_names = ("title", "headline")
    if not any(front.fields.get(key) for key in front.fields if str(key).lower() in title_names):
        title = first_heading(front.rest) or (named.title if named is not None else None)
        row = {key: value for key, value in row.items() if str(key).lower() not in title_names}
        if title:
            row["title"] = title
    # Front matter never holds the text itself, whatever the names of its fields.
    mapping = {**{ours: theirs for ours, theirs in options.mapping.items() if theirs in front.fields}, "body": "body"}
    draft = draft_from_row(row, mapping, place=_PLACE, number=0)
    name, stated = find_field(front.fields, "published", options.mapping)
    if draft.published is None and named is not None:
        draft = replace(draft, published=named.published, published_origin="name of the file")
    yield draft
    for problem in front.problems:
        yield Notice(content.locator, "bad-front-matter", f"{_PLACE}: {problem}")
    if stated and parse_stated_date(stated) is None:
        yield Notice(content.locator, "bad-front-matter", f"{_PLACE}: {name} is not a date: {str(stated)[:80]}")


@dataclass(frozen=True, slots=True)
class _Named:
    """Day and words in the name of a file."""

    published: DateInterval
    title: str


def _read_name(locator: str) -> _Named | None:
    """Read the name that Jekyll, Hugo and others give to posts; the folder's name for a post that is a folder."""
    path = PurePosixPath(locator.removesuffix(".gz"))
    stem = path.parent.name if path.stem.lower() in _NAMES_OF_FOLDERS else path.stem
    match = _DATED_NAME.fullmatch(stem)
    published = parse_stated_date(match[1]) if match is not None else None
    if match is None or published is None:
        return None
    return _Named(published, " ".join(word.capitalize() for word in re.split(r"[-_ ]+", match[2]) if word))
