"""Stream all results of a search as a file: never cut short, never held in memory."""

import json
from collections.abc import Iterator
from itertools import chain

from flask import Blueprint, Response, request, stream_with_context

from search.output.formats import Format, rows_as_text
from search.output.hit_rows import HIT_COLUMNS, hit_row
from search.results import Hit
from web.access import search_service
from web.addresses import strict_request
from web.caching import NO_TAG

__all__ = ["blueprint"]

blueprint = Blueprint("export", __name__)

_COLUMNS = tuple(HIT_COLUMNS)


@blueprint.get("/search.csv")
def export_csv() -> Response:
    """Stream one line for each article, with the columns of `search-cli export`; formulas are guarded."""
    rows = (hit_row(hit) for hit in _hits())
    return _download(rows_as_text(rows, output_format=Format.CSV, columns=_COLUMNS), "text/csv", "articles.csv")


@blueprint.get("/search.json")
def export_json() -> Response:
    """Stream an array with an object for each article, one a line."""
    return _download(_json_lines(_hits()), "application/json", "articles.json")


def _hits() -> Iterator[Hit]:
    """Return the hits; the first is found at once, so that an error is still an answer and not a broken file."""
    hits = search_service().export(strict_request(list(request.args.items(multi=True))))
    first = next(hits, None)
    return iter(()) if first is None else chain((first,), hits)


def _json_lines(hits: Iterator[Hit]) -> Iterator[str]:
    lead = "[\n"
    for hit in hits:
        yield lead + json.dumps(hit_row(hit), ensure_ascii=False)
        lead = ",\n"
    yield "[]\n" if lead == "[\n" else "\n]\n"


def _download(pieces: Iterator[str], mimetype: str, name: str) -> Response:
    answer = Response(stream_with_context(pieces), mimetype=mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers[NO_TAG] = "1"
    return answer
