"""Read Markdown, with optional front matter in YAML (`---`) or TOML (`+++`)."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import cast

import yaml

from index.errors import ReadError
from index.readers.base import Draft, ReadOptions
from index.readers.content import Content
from index.readers.decoding import normalize_text
from index.readers.formats.record_fields import draft_from_row

__all__ = ["has_front_matter", "markdown_to_text", "read_markdown"]

_FRONT_MATTER = re.compile(r"\s*(---|\+\+\+)[ \t]*\n(.*?)\n?^(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_LOOKS_LIKE_FRONT_MATTER = re.compile(r"\s*(?:---[ \t]*\r?\n\s*[\w-]+[ \t]*:|\+\+\+[ \t]*\r?\n\s*[\w-]+[ \t]*=)")
# Deep or self-referring YAML can be small and yet expand without bound; front matter is short and has no anchors.
_LONGEST_FRONT_MATTER = 100_000
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S.*)$", re.MULTILINE)
_UNDERLINED = re.compile(r"^(\S.*)\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE)
_FIRST_HEADING = re.compile(r"\s*(?:#[ \t]+(\S.*)|(\S[^\n]*)\n={3,}[ \t]*(?:\n|\Z))")
_REPLACEMENTS = (
    (re.compile(r"<!--(?:(?!-->|<!--).)*-->", re.DOTALL), ""),
    (re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]+\S+.*$", re.MULTILINE), ""),  # Definitions of links.
    (re.compile(r"!\[([^\[\]\n]*)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"), r"\1"),
    (re.compile(r"\[([^\[\]\n]+)\]\[[^\[\]\n]*\]"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]+)>"), r"\1"),
    (re.compile(r"(?<![\w*])(\*{1,3})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_{1,3})(?=\S)([^_\n]+?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"(?<!`)(`{1,2})(?!`)([^`\n]+?)\1(?!`)"), r"\2"),
    (re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^ {0,3}(?:[*_-][ \t]*){3,}$", re.MULTILINE), ""),
    (re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~-])"), r"\1"),
)


def read_markdown(content: Content, options: ReadOptions) -> Iterator[Draft]:
    """Yield one draft: the text without its markup, the values of its front matter, else the first heading as title.

    Raises `ReadError` ("bad-front-matter") when there is front matter that cannot be read.
    """
    text = normalize_text(content.decode(content.read_all(), options))
    fields, body = _split(text)
    title = None
    if heading := _FIRST_HEADING.match(body):
        title = markdown_to_text(_without_signs(heading[1]) if heading[1] else heading[2]).strip()
    row = {**fields, "body": markdown_to_text(body)}
    if title and not any(str(key).lower() in ("title", "headline") for key in fields):
        row["title"] = title
    # Front matter never holds the text itself, whatever the names of its fields.
    mapping = {**{ours: theirs for ours, theirs in options.mapping.items() if theirs in fields}, "body": "body"}
    yield draft_from_row(row, mapping, place="front matter", number=0)


def has_front_matter(text: str) -> bool:
    """True when a text begins with front matter."""
    return _LOOKS_LIKE_FRONT_MATTER.match(text) is not None


def markdown_to_text(markdown: str) -> str:
    """Return `markdown` as plain text: headings, links, emphasis and quotes without their marks; lists stay.

    >>> markdown_to_text("## A *new* [deal](http://example.org)")
    'A new deal'
    """
    text = _UNDERLINED.sub(r"\1", _HEADING.sub(_heading_text, markdown))
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return text


def _heading_text(heading: re.Match[str]) -> str:
    return _without_signs(heading[1])


def _without_signs(heading: str) -> str:
    """Return a heading without the number signs that may close it."""
    return heading.rstrip().rstrip("#").rstrip()


def _split(text: str) -> tuple[Mapping[str, object], str]:
    """Split a text into the fields of the front matter and the rest."""
    match = _FRONT_MATTER.match(text)
    if match is None or not has_front_matter(text):
        return {}, text
    hint = "Correct the lines between the marks at the top."
    if len(match[2]) > _LONGEST_FRONT_MATTER:
        raise ReadError("front matter that is longer than any should be", reason="bad-front-matter", hint=hint)
    try:
        fields: object = _load_yaml(match[2]) if match[1] == "---" else tomllib.loads(match[2])
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        problem = " ".join(str(error).split())[:200]
        raise ReadError(f"front matter: {problem}", reason="bad-front-matter", hint=hint) from error
    if not isinstance(fields, Mapping):
        return {}, text
    return {str(key): value for key, value in cast("Mapping[object, object]", fields).items()}, text[match.end() :]


def _load_yaml(text: str) -> object:
    if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
        raise ValueError("aliases are not allowed")
    loaded: object = yaml.safe_load(text)
    return loaded
