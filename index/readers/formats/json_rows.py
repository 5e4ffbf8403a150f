"""Read JSON and JSON Lines: one article for each object."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import cast

from index.errors import ReadError
from index.model import Failure
from index.readers.base import Draft, ReadOptions
from index.readers.content.decoding import normalize_text
from index.readers.content.source_bytes import Content
from index.readers.formats.lines import read_lines
from index.readers.formats.record_fields import check_mapping, draft_from_row, field_names, find_field, fold_name

__all__ = ["read_json", "read_json_lines"]

_PLACE = "json field"
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

    Of a list that is cut off, the whole objects are read, then comes a failure. Raises `ReadError` ("bad-json").
    """
    check_mapping(options.mapping)
    text = normalize_text(content.decode(content.read_all(), options))
    try:
        # A stray control character inside a string is no reason to lose a file.
        document: object = json.loads(text, strict=False)
    except RecursionError as error:
        raise _bad_json(error) from error
    except ValueError as error:
        whole, is_complete = _whole_objects(text)
        if not whole:
            raise _bad_json(error) from error
        for number, row in enumerate(whole, start=1):
            yield _draft(row, f"{content.locator}#{number}", number, options)
        if not is_complete:
            failure = _bad_json(error)
            yield Failure(f"{content.locator}#{len(whole) + 1}", failure.reason, str(failure), failure.hint)
        return
    rows = _find_rows(document, options.mapping)
    if rows is None:
        yield _draft(document, content.locator, 0, options)
        return
    for number, row in enumerate(rows, start=1):
        yield _draft(row, f"{content.locator}#{number}", number, options)


def _whole_objects(text: str) -> tuple[list[object], bool]:
    """Return the objects of a list that is cut off, or of several documents in a row, up to the first broken one.

    The second value is true when nothing is behind them that cannot be read.
    """
    decoder = json.JSONDecoder(strict=False)
    rows: list[object] = []
    position = _after_blanks(text, 0)
    is_list = text.startswith("[", position)
    position += is_list
    while True:
        position = _after_blanks(text, position)
        if position == len(text) or (is_list and text[position] == "]"):
            return rows, position == len(text) and not is_list
        try:
            row, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return rows, False
        if not isinstance(row, Mapping):
            return [], False
        rows.append(row)


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
    return None


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
