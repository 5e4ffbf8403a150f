"""Files for browsers and robots: the search description and robots.txt."""

import json

from flask import Blueprint, Response, request
from markupsafe import escape

from web.access import search_service
from web.addresses.reading import MAX_QUERY

__all__ = ["blueprint"]

blueprint = Blueprint("site", __name__)

_DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Dossier</ShortName>
<Description>Who, which organization, which system, how much, when: search this archive of articles.</Description>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="{root}search?q={{searchTerms}}"/>
<Url type="application/x-suggestions+json" template="{root}opensearch.json?q={{searchTerms}}"/>
</OpenSearchDescription>
"""

_ROBOTS = "User-agent: *\nDisallow: /\n"


@blueprint.get("/opensearch.xml")
def describe_search() -> Response:
    """Describe this search to browsers, with addresses of the requested host (one of the trusted ones)."""
    text = _DESCRIPTION.format(root=escape(request.host_url))
    return Response(text, mimetype="application/opensearchdescription+xml")


@blueprint.get("/robots.txt")
def guide_robots() -> Response:
    """Forbid robots: an archive is for its readers."""
    return Response(_ROBOTS, mimetype="text/plain")


@blueprint.get("/opensearch.json")
def suggest_to_browser() -> Response:
    """Return completions of the text in the address bar, in the form that browsers ask for."""
    q = request.args.get("q", "")[:MAX_QUERY]
    texts = [completion.text for completion in search_service().complete(q)]
    return Response(json.dumps([q, texts], ensure_ascii=False), mimetype="application/x-suggestions+json")
