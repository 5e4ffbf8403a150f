"""Build an article from the draft of a format: title, dates and boilerplate found in its text, and its id."""

import hashlib
import json
from collections.abc import Sequence

from msgspec.structs import replace

from index.article_ids import article_id
from index.errors import ReadError
from index.model import Article, DateInterval, Span
from index.readers.article.boilerplate import BoilerplateFinder
from index.readers.article.divided_words import join_divided_words
from index.readers.article.header_lines import Header, header_paragraphs, read_header
from index.readers.article.invisible import is_shown, remove_invisible
from index.readers.article.language import detect_language, normalize_language
from index.readers.article.layout import Line, read_layout
from index.readers.article.tables import publisher_name
from index.readers.article.titles import Title, choose_title, locate_title
from index.readers.base import Draft
from index.readers.content.decoding import normalize_text

__all__ = ["build_article", "content_hash"]

_LONGEST_FIELD = 500
_USUAL_ENCODING = "utf-8"
_CHARACTERS_AT_ONCE = 1_000_000


def build_article(
    draft: Draft, *, locator: str, encoding: str | None = None, encoding_is_guessed: bool = False
) -> Article:
    """Build the article of `draft`, with the locator `locator` and the encoding of its text in the file.

    Raises `ReadError` ("empty") when it has no text.
    """
    body = normalize_text(draft.body)
    if not is_shown(body):
        raise ReadError("there is no text in it", reason="empty", hint="Leave it out with .searchignore.")
    language = normalize_language(draft.language) or detect_language(body)
    body = remove_invisible(join_divided_words(body, language))
    stated_title = clean_line(draft.title)
    lines = read_layout(body)
    title_span = locate_title(lines, stated_title) if stated_title else None
    if stated_title and title_span is None:
        # A separate title becomes the first paragraph, so that all offsets refer to the body.
        body = f"{stated_title}\n\n{body}"
        lines = read_layout(body)
        title_span = Span(0, len(stated_title))
    finder = BoilerplateFinder(lines)
    finder.find(title=title_span)
    title = (
        Title(stated_title, title_span) if stated_title else choose_title(lines, is_boilerplate=finder.is_boilerplate)
    )
    finder.find_after_title(title.span or Span(0, 0))
    header = _header(lines, finder, title)
    found_source = header.source or finder.source
    published, origin = _publication(draft, header)
    article = Article(
        id=article_id(locator),
        locator=locator,
        content_hash="",
        title=title.text,
        body=body,
        title_span=title.span,
        title_is_derived=title.is_derived,
        source=clean_line(draft.source) or (publisher_name(found_source) if found_source else None),
        byline=clean_line(draft.byline) or header.byline,
        language=language,
        url=clean_line(draft.url),
        published=published,
        published_origin=origin,
        furniture=finder.results(),
        encoding=encoding,
        encoding_is_guessed=encoding_is_guessed,
    )
    return replace(article, content_hash=content_hash(article))


def _publication(draft: Draft, header: Header) -> tuple[DateInterval | None, str | None]:
    """Return the date of the format and its origin; that of the header when it is more exact or the other guessed."""
    stated, found = draft.published, header.published
    if stated is None or (found is not None and (stated.approximate or _is_within(found, stated))):
        return found, header.published_origin
    return stated, draft.published_origin


def _is_within(day: DateInterval, whole: DateInterval) -> bool:
    if whole.start is None or whole.end is None or whole.start == whole.end or day.start is None:
        return False
    return whole.start <= day.start <= whole.end


def clean_line(text: str | None) -> str | None:
    """Return a metadata value on one line, valid everywhere and bounded in length; None when nothing of it is shown."""
    line = " ".join(remove_invisible(normalize_text(text)).split()) if text else ""
    return line[:_LONGEST_FIELD].strip() if is_shown(line) else None


def _header(lines: Sequence[Line], finder: BoilerplateFinder, title: Title) -> Header:
    """Read the lines around the title; the title itself never gives a date."""
    story = [line for line in lines if not finder.is_boilerplate(line)]
    if title.span is not None:
        story = [line for line in story if line.end <= title.span.start or line.start >= title.span.end]
    return read_header(header_paragraphs(story))


def content_hash(article: Article) -> str:
    """Return the SHA-256 (hex) of everything in an article but its ids and this hash."""
    content = {
        name: str(getattr(article, name))
        for name in article.__struct_fields__
        if name not in ("id", "locator", "content_hash", "body", "encoding", "encoding_is_guessed")
    }
    if article.encoding not in (None, _USUAL_ENCODING):
        # Articles in UTF-8 keep the hashes that they had before encodings were remembered.
        content["encoding"] = f"{article.encoding} {article.encoding_is_guessed}"
    # The JSON of all of it, sorted: "body" comes first. Piece by piece, as the body may fill a good part of the memory.
    digest = hashlib.sha256(b'{"body": "')
    for start in range(0, len(article.body), _CHARACTERS_AT_ONCE):
        digest.update(json.dumps(article.body[start : start + _CHARACTERS_AT_ONCE])[1:-1].encode())
    digest.update(b'", ' + json.dumps(content, sort_keys=True)[1:].encode())
    return digest.hexdigest()
