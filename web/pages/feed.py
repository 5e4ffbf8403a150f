"""An Atom feed of each search (RFC 4287): the articles that came or changed last."""

import re
from collections.abc import Iterator, Mapping
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, Response, current_app, request
from markupsafe import escape
from msgspec.structs import replace

from index.model import DatePrecision, Entity
from search.answer.following import Following, standing
from search.output.wording import kind_in_words
from search.parameters import to_parameters
from search.request import SearchRequest
from search.views import FeedEntry
from web.access import archive_view, search_service, strictly_wanted
from web.addresses.urls import article_url, entity_url, feed_url, search_url
from web.parts.filter_words import filters_in_words, shortened

__all__ = ["blueprint"]

blueprint = Blueprint("feed", __name__)

_ENTRIES = 50
_MIME_TYPE = "application/atom+xml"
# A feed needs a time even where nothing has come yet.
_NEVER = "1970-01-01T00:00:00+00:00"
# Characters that XML cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@blueprint.get("/search.atom")
def follow_search() -> Response:
    """Return the feed of the search in the address; its page and order do not count."""
    given = strictly_wanted()
    wanted = replace(standing(given), words=given.words)
    following = search_service().following(wanted)
    parts = _feed(replace(wanted, selections=following.selections), following)
    return Response("".join(parts), mimetype=_MIME_TYPE)


def _feed(wanted: SearchRequest, following: Following) -> Iterator[str]:
    entries = following.last_changed(_ENTRIES)
    root = request.host_url.rstrip("/")
    name = current_app.extensions["dossier_name"]
    q = shortened(wanted.q)
    title = " ".join((f"Articles for {q}" if q else "Articles", *_filters(wanted)))
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    followed = to_parameters(standing(wanted))
    yield _element("id", _identifier("search", *(f"{key}={value}" for key, value in followed)))
    yield _element("title", f"{title} \u00b7 {name}")
    yield _element("updated", max((entry.changed for entry in entries), default=_NEVER))
    yield _element("link", rel="self", type=_MIME_TYPE, href=root + feed_url(wanted))
    yield _element("link", rel="alternate", type="text/html", href=root + search_url(wanted))
    yield f"<author>{_element('name', name)}</author>\n"
    yield _element("generator", "Dossier")
    for entry in entries:
        yield from _entry(entry, wanted, root)
    yield "</feed>\n"


def _entry(entry: FeedEntry, wanted: SearchRequest, root: str) -> Iterator[str]:
    hit = entry.hit
    yield "<entry>\n"
    yield _element("id", _identifier("article", hit.id))
    yield _element("title", hit.title)
    yield _element("updated", entry.changed)
    published = hit.published
    if published is not None and published.precision is DatePrecision.DAY and published.start is not None:
        yield _element("published", f"{published.start.isoformat()}T00:00:00Z")
    yield _element("link", rel="alternate", type="text/html", href=root + article_url(hit.id, wanted))
    if hit.url is not None and hit.url.startswith(("http://", "https://")):
        yield _element("link", rel="via", href=hit.url)
    if hit.source:
        yield f"<author>{_element('name', hit.source)}</author>\n"
    for entity in (*hit.people, *hit.organizations, *hit.places, *hit.systems):
        yield _element("category", term=entity.id, scheme=root + entity_url(""), label=_label(entity))
    summary = " \u2026 ".join(" ".join(snippet.text.split()) for snippet in hit.snippets)
    yield _element("summary", summary or hit.title, type="text")
    yield "</entry>\n"


def _label(entity: Entity) -> str:
    return f"{entity.name} ({kind_in_words(entity.kind)})"


def _filters(wanted: SearchRequest) -> Iterator[str]:
    """Yield the filters in words: "that name S-400"."""
    chosen = [(one.field, value) for one in wanted.selections for value in (*one.values, *one.excluded)]
    entities = search_service().catalog.entities([value for _, value in chosen]) if chosen else {}
    labels: Mapping[tuple[str, str], str] = {
        (field, value): entities[value].name for field, value in chosen if value in entities
    }
    for lead, value in filters_in_words(wanted, labels, is_one=False):
        yield f"{lead} {value}"


def _identifier(*parts: str) -> str:
    """Return an id that stays the same wherever the archive is served; that of another archive is another one."""
    named = "\n".join(("dossier", archive_view().state.archive, *parts))
    return f"urn:uuid:{uuid5(NAMESPACE_URL, named)}"


def _element(name: str, text: str = "", /, **attributes: str) -> str:
    """Return an element of XML; what XML cannot hold becomes a replacement character."""
    told = "".join(f' {key}="{escape(_legal(value))}"' for key, value in attributes.items())
    return f"<{name}{told}>{escape(_legal(text))}</{name}>\n" if text else f"<{name}{told}/>\n"


def _legal(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
