"""Stream all results of a search, or the mentions in them, as a file: never cut short, never held in memory."""

import json
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import TypeVar

from flask import Blueprint, Response, request, stream_with_context

from search.filters import mention_choice
from search.output.formats import Format, Row, rows_as_text
from search.output.hit_rows import HIT_COLUMNS, hit_row
from search.output.mention_rows import MENTION_COLUMNS, mention_row
from web.access import search_service, strictly_wanted
from web.middleware.caching import NO_TAG

__all__ = ["blueprint"]

blueprint = Blueprint("export", __name__)

_Item = TypeVar("_Item")


@blueprint.get("/search.csv")
def export_csv() -> Response:
    """Stream one line for each article, with the columns of `search-cli export`; formulas are guarded."""
    return _csv(_articles(), tuple(HIT_COLUMNS), "articles.csv")


@blueprint.get("/search.json")
def export_json() -> Response:
    """Stream an array with an object for each article, one a line."""
    return _json(_articles(), "articles.json")


@blueprint.get("/mentions.csv")
def export_mentions_csv() -> Response:
    """Stream one line for each mention, with the columns of `search-cli mentions`; formulas are guarded."""
    return _csv(_mentions(), tuple(MENTION_COLUMNS), "mentions.csv")


@blueprint.get("/mentions.json")
def export_mentions_json() -> Response:
    """Stream an array with an object for each mention, one a line."""
    return _json(_mentions(), "mentions.json")


def _articles() -> Iterator[Row]:
    hits = search_service().export(strictly_wanted())
    return (hit_row(hit) for hit in _begun(hits))


def _mentions() -> Iterator[Row]:
    service = search_service()
    wanted = strictly_wanted(also=("kind", "beside"))
    choice = mention_choice(service, request.args.getlist("kind"), request.args.getlist("beside"))
    return (mention_row(mention) for mention in _begun(service.mentions(wanted, choice)))


def _begun(items: Iterator[_Item]) -> Iterator[_Item]:
    """Find the first item at once, so that an error is still an answer and not a broken file."""
    first = list(islice(items, 1))
    return chain(first, items)


def _csv(rows: Iterator[Row], columns: Sequence[str], name: str) -> Response:
    return _download(
        rows_as_text(rows, output_format=Format.CSV, columns=columns, csv_line_end="\r\n"), "text/csv", name
    )


def _json(rows: Iterator[Row], name: str) -> Response:
    return _download(_json_lines(rows), "application/json", name)


def _json_lines(rows: Iterator[Row]) -> Iterator[str]:
    lead = "[\n"
    for row in rows:
        yield lead + json.dumps(row, ensure_ascii=False)
        lead = ",\n"
    yield "[]\n" if lead == "[\n" else "\n]\n"


def _download(pieces: Iterator[str], mimetype: str, name: str) -> Response:
    answer = Response(stream_with_context(pieces), mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers[NO_TAG] = "1"
    return answer
