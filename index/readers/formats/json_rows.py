"""Read JSON and JSON Lines: one article for each object."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import cast

from index.errors import ReadError
from index.model import Failure
from index.readers.base import Draft, ReadOptions
from index.readers.content.decoding import Decoded, normalize_text
from index.readers.content.source_bytes import Content
from index.readers.encodings.twice import find_second_encoding
from index.readers.formats.lines import read_lines
from index.readers.formats.record_fields import check_mapping, draft_from_row, field_names, find_field, fold_name

__all__ = ["read_json", "read_json_lines"]

_PLACE = "json field"
_DECODER = json.JSONDecoder(strict=False)
_NAME = re.compile(r'("(?:[^"\\]|\\.)*+")\s*+:\s*+', re.DOTALL)
_LATIN_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*+)\\u(00[89a-fA-F][0-9a-fA-F])")
_BETWEEN = re.compile(r"[\s,]*+")
_DEEPEST_LIST = 4
_PARTS_OF_TEXT = ("paragraphs", "bodyparagraphs", "sections", "blocks")
_LIKELY_LISTS = ("articles", "items", "results", "documents", "docs", "data", "entries", "hits", "posts", "stories")


def read_json_lines(content: Content, options: ReadOptions) -> Iterator[Draft | Failure]:
    """Yield a draft for each line; rows are numbered by line, from 1.

    A bad line is a `Failure`, and reading goes on.
    """
    check_mapping(options.mapping)
    for number, line in enumerate(read_lines(content, options), start=1):
        locator = f"{content.locator}#{number}"
        if line is None:
            hint = "Split it, or allow larger rows."
            yield Failure(locator, "too-large", f"a row of more than {options.max_bytes:,} characters", hint)
        elif line.strip("\ufeff \t\r\n\x00"):
            yield _read_row(line.strip("\ufeff \t\r\n\x00"), locator, number, options)


def read_json(content: Content, options: ReadOptions) -> Iterator[Draft | Failure]:
    """Yield the articles of a JSON document: an object, a list of objects, or an object with such a list inside.

    Of a list that is cut off, what stands whole in it is read, then comes a failure. Raises `ReadError` ("bad-json").
    """
    check_mapping(options.mapping)
    text = normalize_text(_decoded(content, options))
    try:
        # A stray control character inside a string is no reason to lose a file.
        document: object = json.loads(text, strict=False)
    except RecursionError as error:
        raise _bad_json(error) from error
    except ValueError as error:
        whole, is_complete = _whole_rows(text, options.mapping)
        if not whole:
            raise _bad_json(error) from error
        for number, row in enumerate(whole, start=1):
            yield _draft(row, f"{content.locator}#{number}", number, options)
        # Where packed data is cut off, that is the failure.
        if not is_complete and not content.is_cut:
            failure = _bad_json(error)
            yield Failure(f"{content.locator}#{len(whole) + 1}", failure.reason, str(failure), failure.hint)
        return
    rows = _find_rows(document, options.mapping)
    if rows is None:
        yield _draft(document, content.locator, 0, options)
        return
    for number, row in enumerate(rows, start=1):
        yield _draft(row, f"{content.locator}#{number}", number, options)


def _decoded(content: Content, options: ReadOptions) -> str:
    """Return the text of a document; where it writes in escapes what was encoded twice, that is mended, too."""
    text = content.decode(content.read_all(), options)
    if options.encoding is None and _LATIN_ESCAPE.search(text):
        written = _LATIN_ESCAPE.sub(lambda escape: escape[1] + chr(int(escape[2], 16)), text)
        if (twice := find_second_encoding(written)) is not None:
            content.note_encoding(Decoded("", twice.encoding, is_guessed=True))
            return twice.text
    return text


def _whole_rows(text: str, mapping: Mapping[str, str]) -> tuple[list[object], bool]:
    """Return the rows of a list that is cut off, or of several documents in a row, up to the first broken one.

    The list may stand in objects. There are no rows where none is an object, or where documents are none. The second
    value is true when nothing is behind them that cannot be read.
    """
    start = _after_blanks(text, 0)
    is_list = text.startswith("[", start)
    rows, is_complete = _values(text, start + is_list, is_list=is_list)
    if not is_list and not all(isinstance(row, Mapping) for row in rows):
        return [], False
    if not rows and text.startswith("{", start):
        rows = _listed(_broken_object(text, start + 1), mapping)
    return (rows, is_complete) if any(isinstance(row, Mapping) for row in rows) else ([], False)


def _values(text: str, position: int, *, is_list: bool) -> tuple[list[object], bool]:
    """Return the values from `position` on, up to a broken one; the second value as `_whole_rows` does."""
    rows: list[object] = []
    while True:
        position = _after_blanks(text, position)
        if position == len(text) or (is_list and text[position] == "]"):
            return rows, position == len(text) and not is_list
        try:
            row, position = _DECODER.raw_decode(text, position)
        except (ValueError, RecursionError):
            return rows, False
        # The digits of a number at the end may go on behind the cut.
        if is_list and position == len(text) and isinstance(row, int | float):
            return rows, False
        rows.append(row)


def _broken_object(text: str, position: int, *, depth: int = 0) -> dict[str, object]:
    """Return the fields of an object up to a broken one; of that, a list or an object up to what is broken in it."""
    fields: dict[str, object] = {}
    while name := _NAME.match(text, _after_blanks(text, position)):
        try:
            key = str(json.loads(name[1], strict=False))
            value, position = _DECODER.raw_decode(text, name.end())
            fields[key] = value
        except (ValueError, RecursionError):
            opening = text[name.end() : name.end() + 1]
            if opening == "[":
                fields[key] = _values(text, name.end() + 1, is_list=True)[0]
            elif opening == "{" and depth < _DEEPEST_LIST:
                fields[key] = _broken_object(text, name.end() + 1, depth=depth + 1)
            break
    return fields


def _listed(fields: Mapping[str, object], mapping: Mapping[str, str]) -> list[object]:
    """Return the rows of a list in a document that is cut off, none where it may be a list within one article.

    The fields that would tell may stand behind the cut. Of the names that lists of articles have, that is not likely.
    """
    rows = _find_rows(fields, mapping) or []
    if _is_under_likely_name(fields, rows):
        return rows
    is_article = bool(find_field(fields, "title", mapping)[0])
    titles = (
        find_field(cast("Mapping[str, object]", row), "title", mapping) for row in rows if isinstance(row, Mapping)
    )
    return rows if not is_article and any(name for name, _ in titles) else []


def _is_under_likely_name(fields: Mapping[str, object], rows: list[object]) -> bool:
    return any(
        (value is rows and name in _LIKELY_LISTS)
        or (isinstance(value, Mapping) and _is_under_likely_name(cast("Mapping[str, object]", value), rows))
        for name, value in fields.items()
    )


def _after_blanks(text: str, position: int) -> int:
    found = _BETWEEN.match(text, position)
    return found.end() if found is not None else position


def _read_row(line: str, locator: str, number: int, options: ReadOptions) -> Draft | Failure:
    try:
        row: object = json.loads(line, strict=False)
    except (ValueError, RecursionError) as error:
        failure = _bad_json(error)
        return Failure(locator, failure.reason, str(failure), failure.hint)
    return _draft(row, locator, number, options)


def _draft(row: object, locator: str, number: int, options: ReadOptions) -> Draft | Failure:
    """Build the draft of a row. `number` 0 stands for a document that is one article."""
    if not isinstance(row, Mapping):
        return Failure(locator, "no-text", "not an object with fields", "Each row has to be a JSON object.")
    fields = cast("Mapping[str, object]", row)
    inner = fields.get("_source")
    if isinstance(inner, Mapping):  # Elasticsearch exports documents in this form.
        fields = {"id": fields.get("_id"), **cast("Mapping[str, object]", inner)}
    try:
        draft = draft_from_row(fields, options.mapping, place=_PLACE, number=number)
    except ReadError as error:
        return Failure(locator, error.reason, str(error), error.hint)
    return draft


def _find_rows(document: object, mapping: Mapping[str, str], *, depth: int = 0) -> list[object] | None:
    """Return the list of articles in a document, or None when the document is an article itself."""
    if isinstance(document, list):
        return cast("list[object]", document)
    if not isinstance(document, Mapping) or depth >= _DEEPEST_LIST:
        return None
    fields = cast("Mapping[str, object]", document)
    likely = [fields[name] for name in _LIKELY_LISTS if name in fields]
    if any(isinstance(fields.get(name), str) for name in (mapping.get("body", ""), *field_names()["body"][:8])):
        return None
    for value in (*likely, *(value for name, value in fields.items() if not _is_text(name, value))):
        if isinstance(value, list) and any(isinstance(item, Mapping) for item in cast("list[object]", value)):
            return cast("list[object]", value)
        if isinstance(value, Mapping) and (rows := _find_rows(value, mapping, depth=depth + 1)) is not None:
            return rows
    by_id = (_rows_by_id(value, mapping) for value in (*likely, *([fields] if depth == 0 else [])))
    return next((rows for rows in by_id if rows is not None), None)


def _rows_by_id(value: object, mapping: Mapping[str, str]) -> list[object] | None:
    """Return the articles of an object that has each under its id; None when any of them has no text or title."""
    fields = cast("Mapping[str, object]", value) if isinstance(value, Mapping) else {}
    rows = [cast("Mapping[str, object]", value) for value in fields.values() if isinstance(value, Mapping)]
    are_articles = all(find_field(row, field, mapping)[0] for row in rows for field in ("title", "body"))
    return list(rows) if len(rows) > 1 and len(rows) == len(fields) and are_articles else None


def _is_text(name: str, value: object) -> bool:
    """True for a list of the paragraphs of one article, rather than of articles with fields of their own."""
    if fold_name(name) in _PARTS_OF_TEXT:
        return True
    if fold_name(name) not in field_names()["body"] or not isinstance(value, list):
        return False
    items = cast("list[object]", value)
    return not any(
        find_field(cast("Mapping[str, object]", item), field, {})[0]
        for item in items
        if isinstance(item, Mapping)
        for field in ("title", "published", "url")
    )


def _bad_json(error: Exception) -> ReadError:
    message = "nested too deeply" if isinstance(error, RecursionError) else str(error)
    return ReadError(f"not valid JSON: {message}"[:300], reason="bad-json", hint="Check how it was written.")
