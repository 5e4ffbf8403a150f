"""Addresses of this site. The whole state of a search is in its address; every address is made here."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from flask import current_app

from index.fields import FIELDS
from index.model import ENTITY_KINDS, Kind
from search.engines.base import Selection
from search.parameters import to_parameters
from search.request import AmountOrder, SearchRequest

__all__ = [
    "ACCOUNT_URL",
    "LOGIN_URL",
    "LOGOUT_URL",
    "PARAMETER_OF_KIND",
    "USERS_URL",
    "amounts_url",
    "api_facet_url",
    "api_search_url",
    "api_url",
    "article_url",
    "at_sentence",
    "browse_url",
    "cite_url",
    "control_id",
    "decide_url",
    "decisions_url",
    "entity_search_url",
    "entity_url",
    "export_url",
    "facet_url",
    "feed_url",
    "graph_url",
    "lock_url",
    "login_url",
    "own_address",
    "parameter_value",
    "parameters_without",
    "query_url",
    "search_url",
    "static_url",
    "suggestions_url",
    "unlock_url",
    "user_url",
    "with_done",
    "without_done",
    "wrong_url",
]

# One slash and no backslash, which browsers take for a slash; no blanks and control characters, which they leave out.
_OWN_PATH = re.compile(r"/(?!/)[^\\\x00-\x20\x7f]*\Z")

LOGIN_URL = "/login"
LOGOUT_URL = "/logout"
ACCOUNT_URL = "/account"
USERS_URL = "/users"

PARAMETER_OF_KIND = {kind: field.parameter for kind in ENTITY_KINDS for field in FIELDS if field.name == kind}


def search_url(request: SearchRequest, *, path: str = "/search") -> str:
    """Return the address of the results of a request."""
    return _with_parameters(path, to_parameters(request))


def query_url(q: str) -> str:
    """Return the address of the results of a query text without filters.

    >>> query_url("S-400 & NATO")
    '/search?q=S-400+%26+NATO'
    """
    return _with_parameters("/search", [("q", q)])


def entity_search_url(kind: Kind, entity_id: str) -> str:
    """Return the address of the results for one entity.

    >>> entity_search_url(Kind.SYSTEMS, "s-400")
    '/search?system=s-400'
    """
    return _with_parameters("/search", [(PARAMETER_OF_KIND[kind], entity_id)])


def facet_url(
    parameter: str, request: SearchRequest, *, extra: Iterable[tuple[str, str]] = (), root: str = "/facet/"
) -> str:
    """Return the address of all values of a facet over a request; `extra` are parameters of that page itself.

    The page and the sort of the results change nothing there: they are kept for the link back. Their order is not: the
    parameter of that name is there the order of the values.
    """
    kept = [(name, value) for name, value in to_parameters(request) if name != "order"]
    return _with_parameters(f"{root}{quote(parameter, safe='')}", [*kept, *extra])


def export_url(request: SearchRequest, form: str, *, of: str = "search", also: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of a file with all results of a request, or `of` the "mentions" in them: "csv" or "json".

    `also` are parameters of that address itself.
    """
    own = [(name, value) for name, value in to_parameters(request) if name not in ("page", "size")]
    return _with_parameters(f"/{of}.{form}", [*own, *also])


def graph_url(request: SearchRequest, *, kinds: Sequence[Kind] = (), by: str = "", path: str = "/graph") -> str:
    """Return the address of the graph of a request: of these kinds, with the table in an order.

    >>> graph_url(SearchRequest(q="deal"), kinds=(Kind.PEOPLE,), by="lift")
    '/graph?q=deal&kind=people&by=lift'
    """
    own = [("kind", kind.value) for kind in kinds] + [("by", "" if by == "articles" else by)]
    left_out = ("page", "size", "sort", "order")
    pairs = [pair for pair in to_parameters(request) if pair[0] not in left_out]
    return _with_parameters(path, [*pairs, *(pair for pair in own if pair[1])])


def feed_url(request: SearchRequest) -> str:
    """Return the address of the Atom feed of a request, which has no page and no order.

    >>> feed_url(SearchRequest(q="deal", page=2))
    '/search.atom?q=deal'
    """
    left_out = ("page", "size", "sort", "order")
    return _with_parameters("/search.atom", [pair for pair in to_parameters(request) if pair[0] not in left_out])


def amounts_url(
    request: SearchRequest, *, currency: str = "", order: AmountOrder = AmountOrder.LARGEST, rows: int = 1
) -> str:
    """Return the address of the amounts in the articles of a request: a page of rows of one currency in an order.

    >>> amounts_url(SearchRequest(q="deal"), currency="USD", order=AmountOrder.NEWEST)
    '/amounts?q=deal&in=USD&by=newest'
    """
    own = [
        ("in", currency),
        ("by", "" if order is AmountOrder.LARGEST else order.value),
        ("rows", str(rows) if rows > 1 else ""),
    ]
    return _with_parameters(
        "/amounts", [*parameters_without(request, ("page", "size")), *(pair for pair in own if pair[1])]
    )


def article_url(article_id: str, request: SearchRequest | None = None, *, sentence: int | None = None) -> str:
    """Return the address of an article, at one of its sentences (from 0).

    `request` is the search that found it: its words are marked there, and a link leads back to its results.

    >>> article_url("a1", SearchRequest(q="Patriot", page=2), sentence=12)
    '/article/a1?q=Patriot&page=2#s-12'
    """
    address = search_url(request or SearchRequest(), path=f"/article/{quote(article_id, safe='')}")
    return address if sentence is None else at_sentence(address, sentence)


def at_sentence(address: str, sentence: int) -> str:
    """Return the address of a sentence (from 0) of the article that `address` leads to."""
    return f"{address}#s-{sentence}"


def cite_url(article_id: str, form: str) -> str:
    """Return the address of the reference of an article in a format such as "bibtex".

    >>> cite_url("a/1", "ris")
    '/cite/ris/a%2F1'
    """
    return f"/cite/{form}/{quote(article_id, safe='')}"


def entity_url(entity_id: str) -> str:
    """Return the address of an entity."""
    return f"/entity/{quote(entity_id, safe='')}"


def browse_url(kind: Kind, parameters: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of the entities of a kind."""
    return _with_parameters(f"/entities/{kind.value}", list(parameters))


def suggestions_url(kind: Kind | None = None, *, q: str = "", strength: str = "", page: int = 1) -> str:
    """Return the address of the possible duplicates: of a kind, with a name like `q`, or likely to some degree.

    >>> suggestions_url(Kind.PEOPLE, page=2)
    '/suggestions?kind=people&page=2'
    """
    known = {"kind": kind.value if kind else "", "q": q, "strength": strength, "page": str(page) if page > 1 else ""}
    return _with_parameters("/suggestions", [(name, value) for name, value in known.items() if value])


def decide_url(entity_id: str, action: str, parameters: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of the form that decides about an entity.

    >>> decide_url("ssb", "rename", [("name", "SSB")])
    '/entity/ssb/rename?name=SSB'
    """
    return _with_parameters(f"{entity_url(entity_id)}/{action}", list(parameters))


def decisions_url(*, page: int = 1) -> str:
    """Return the address of the decisions that were made."""
    return _with_parameters("/decisions", [("page", str(page))] if page > 1 else [])


def own_address(path: str, query: bytes) -> str:
    """Return the address of a request with all that has to be quoted.

    >>> own_address("/article/a b.txt", b"q=%C3%BC"), own_address("/", b"")
    ('/article/a%20b.txt?q=%C3%BC', '/')
    """
    quoted = quote(path, safe="/:@!$&'()*+,;=~")
    return f"{quoted}?{quote(query, safe='/:@!$&()*+,;=~%?[]')}" if query else quoted


def login_url(leads_to: str) -> str:
    """Return the address of the log-in that leads to a page of ours afterwards.

    >>> login_url("/search?q=NATO"), login_url("/")
    ('/login?next=%2Fsearch%3Fq%3DNATO', '/login')
    """
    return _with_parameters(LOGIN_URL, [("next", leads_to)] if leads_to != "/" else [])


def user_url(name: str) -> str:
    """Return the address of the page where admins manage a user.

    >>> user_url("Ana Müller")
    '/users/Ana%20M%C3%BCller'
    """
    return f"{USERS_URL}/{quote(name, safe='')}"


def wrong_url(article_id: str, start: int) -> str:
    """Return the address where to say what is wrong with the mention that starts there in an article."""
    return _with_parameters("/mention", [("article", article_id), ("at", str(start))])


def with_done(address: str, name: str, numbers: Sequence[int]) -> str:
    """Return the address of a page that also tells of decisions: `name` is "done" or "undone".

    >>> with_done("/suggestions?page=2#suggestion-7", "done", [12, 13])
    '/suggestions?page=2&done=12-13#suggestion-7'
    """
    parts = urlsplit(without_done(address))
    told = f"{name}={min(numbers)}-{max(numbers)}" if numbers else f"{name}=0"
    return urlunsplit(("", "", parts.path, f"{parts.query}&{told}" if parts.query else told, parts.fragment))


def without_done(address: str) -> str:
    """Return the address of a page of ours without what was done there before; the first page for any other address.

    >>> without_done("/entity/ssb?done=1-1&x=1"), without_done("//evil.example"), without_done("https://evil.example/")
    ('/entity/ssb?x=1', '/', '/')
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return "/"
    is_own = not parts.scheme and not parts.netloc and _OWN_PATH.match(address) is not None
    if not is_own:
        return "/"
    kept = [part for part in parts.query.split("&") if part and not part.startswith(("done=", "undone="))]
    return urlunsplit(("", "", parts.path, "&".join(kept), parts.fragment))


def lock_url(parameter: str, value: str) -> str:
    """Return the address that locks a filter in the browser that asks for it.

    >>> lock_url("person", "ismail-demir")
    '/lock?filter=person%3Dismail-demir'
    """
    return _with_parameters("/lock", [("filter", f"{parameter}={value}")])


def unlock_url(parameter: str, value: str) -> str:
    """Return the address that unlocks a filter again."""
    return _with_parameters("/unlock", [("filter", f"{parameter}={value}")])


def api_url(path: str, parameters: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of an endpoint of the JSON API.

    >>> api_url("search", [("q", "NATO")])
    '/api/v1/search?q=NATO'
    """
    return _with_parameters(f"/api/v1/{quote(path)}", list(parameters))


def api_search_url(request: SearchRequest) -> str:
    """Return the address of the results of a request as JSON."""
    return search_url(request, path="/api/v1/search")


def api_facet_url(parameter: str, request: SearchRequest, *, extra: Iterable[tuple[str, str]] = ()) -> str:
    """Return the address of the values of a facet as JSON; `extra` are parameters of that endpoint itself."""
    return facet_url(parameter, request, extra=extra, root="/api/v1/facets/")


def parameter_value(field: str, value: str) -> str:
    r"""Return the parameter for a value of a facet field: the value, escaped when it would mean to exclude.

    >>> parameter_value("sources", "-30-")
    '\\-30-'
    """
    return to_parameters(SearchRequest(selections=(Selection(field, (value,)),)))[0][1]


def parameters_without(request: SearchRequest, names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the parameters of a request except some: the hidden fields of a form with controls for those itself."""
    left_out = frozenset(names)
    return tuple((name, value) for name, value in to_parameters(request) if name not in left_out)


def control_id(parameter: str, value: str) -> str:
    """Return the id of the check box of a value, the same at any position in its list.

    >>> control_id("person", "ismail-demir") == control_id("person", "ismail-demir")
    True
    """
    return f"{parameter}-{hashlib.blake2s(value.encode(), digest_size=5).hexdigest()}"


def static_url(name: str) -> str:
    """Return the address of a static file, which changes with its content so that browsers may keep it for good.

    Scripts share a version that stands before the name, so that one finds the others beside it.
    """
    versions = current_app.extensions["dossier_files"]
    return f"/static/{versions['scripts']}/{name}" if name.endswith(".js") else f"/static/{name}?v={versions[name]}"


def _with_parameters(path: str, parameters: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path
