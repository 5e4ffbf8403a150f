"""Random requests from the OpenAPI description and the routes of the pages, the same ones for the same seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from flask import Flask
from flask.testing import FlaskClient

__all__ = ["FuzzRequest", "random_requests"]

_WORDS = (
    "S-400", "Tallow", "kelpmoth", "Patriot withdrawal", '"air defense"', "NOT x", "a OR b", "(", ")",
    "person:x", 'person:"', "amount:>1bn", "date:2019..", "title:", "=word", "x~2", "x*", "x^2", "-", "--", "~",
    "^", ":",
)  # fmt: skip
_DATES = (
    "2019", "2019-13", "2019-02-30", "0000", "9999", "99999", "2019-07-05", "2010s", "2019-Q3", "-1",
    "2019..2020",
)  # fmt: skip
_AMOUNTS = (
    ">1bn", "1bn..3bn USD", "..", "..5", "1..", "USD", "1e9", "1" + " " * 300 + "x", "9" * 60, "0", "-5", "$",
    "<€2m",
)  # fmt: skip
_NUMBERS = (
    "0", "1", "2", "100", "101", "-1", "1.5", "9999999999", "1" * 40, "٣", "1e3", "x", " 1 ",
)  # fmt: skip
_ODD = (
    "", " ", "\x00", "\ud7ff", "\ufffe", "İ", "ß", "مدينة", "\u202e", "%", "%00", "&", "#", "/", "..", "../..",
    "\\", "'", "\";--", "<script>", "{{7*7}}", "\r\nX: y", "𝔸", "a" * 300, "undated", "USD:9", "USD", "USD:x",
    "yes", "no", "any", "all", "auto", "newest", "published", "documents", "lift", "people", "csv", "-x",
    "\\-x", "null", "[]",
)  # fmt: skip
_BY_NAME = {
    "from": _DATES, "to": _DATES, "year": _DATES, "month": _DATES, "published_year": _DATES, "published_month": _DATES,
    "amount": _AMOUNTS, "min": _AMOUNTS, "max": _AMOUNTS, "q": _WORDS, "page": _NUMBERS, "size": _NUMBERS,
    "limit": _NUMBERS, "offset": _NUMBERS, "values": _NUMBERS, "entities": _NUMBERS, "ties": _NUMBERS,
}  # fmt: skip
# Fields of pages that the API does not have, those of the forms that decide among them.
_OF_PAGES = (
    "find", "by", "order", "values", "prefix", "kind", "min", "max", "in", "rows", "name", "at", "names", "strength",
    "other", "keep", "form", "then", "article", "done", "undone", "save", "filter",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FuzzRequest:
    """A request; `pairs` are its parameters."""

    path: str
    pairs: tuple[tuple[str, str], ...]
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class _Route:
    path: str
    parameters: tuple[str, ...]


def random_requests(app: Flask, client: FlaskClient, count: int, *, seed: int) -> Iterator[FuzzRequest]:
    """Yield requests to all endpoints and pages; about half of the values are such as the archive has."""
    chance = random.Random(seed)
    routes = _routes(app, client)
    known = _known_values(client)
    for number in range(count):
        route = routes[number % len(routes)]
        names = chance.sample(route.parameters, min(len(route.parameters), chance.choice((0, 1, 1, 2, 3, 5, 9))))
        pairs = [(name, _value(name, known, chance)) for name in names for _ in range(chance.choice((1, 1, 1, 2, 4)))]
        if chance.random() < 0.1:
            pairs.append((_value("", known, chance), _value("", known, chance)))
        chance.shuffle(pairs)
        path = route.path
        while "{" in path:
            before, _, rest = path.partition("{")
            name, _, after = rest.partition("}")
            path = before + quote(_value(name, known, chance), safe="") + after
        headers = (("Accept-Encoding", "gzip"),) if chance.random() < 0.5 else ()
        yield FuzzRequest(path, tuple(pairs), headers)


def _routes(app: Flask, client: FlaskClient) -> list[_Route]:
    described: dict[str, Any] = client.get("/api/openapi.json").json["paths"]  # Any: JSON
    names = {name for path in described.values() for name in _names(path["get"])}
    everything = tuple(sorted({*names, *_OF_PAGES}))
    endpoints = [_Route(path, tuple(_names(operation["get"]))) for path, operation in described.items()]
    pages = [
        _Route(rule.rule.replace("<path:", "<").replace("<", "{").replace(">", "}"), everything)
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.rule not in described
    ]
    return [*endpoints, *pages, _Route("/{anything}", everything)]


def _names(operation: dict[str, Any]) -> list[str]:  # Any: JSON
    return [parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "query"]


def _known_values(client: FlaskClient) -> Sequence[str]:
    found = client.get("/api/v1/search?q=the&words=any&facets=all").json
    values = [value["value"] for facet in found["facets"] for value in facet["values"]]
    return [*values, *(hit["id"] for hit in found["hits"])]


def _value(name: str, known: Sequence[str], chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.35 and name in _BY_NAME:
        text = chance.choice(_BY_NAME[name])
    elif kind < 0.6 and known:
        text = chance.choice(known)
    elif kind < 0.9:
        text = chance.choice((*_ODD, *_WORDS, *_DATES, *_AMOUNTS, *_NUMBERS))
    else:
        text = "".join(chance.choice(_ODD)[:3] + chance.choice(_WORDS)[:4] for _ in range(chance.randrange(1, 12)))
    return ("-" if chance.random() < 0.1 else "") + text * (chance.choice((1, 1, 1, 1, 40)) if len(text) < 60 else 1)
