"""What machines ask a site for: its search description and what robots may read."""

from flask import Blueprint, Response, request
from markupsafe import escape

__all__ = ["blueprint"]

blueprint = Blueprint("site", __name__)

_DESCRIPTION = """<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Dossier</ShortName>
<Description>Who, which organization, which system, how much, when: search this archive of articles.</Description>
<InputEncoding>UTF-8</InputEncoding>
<Url type="text/html" template="{root}search?q={{searchTerms}}"/>
<Url type="application/x-suggestions+json" template="{root}api/v1/completions?q={{searchTerms}}"/>
</OpenSearchDescription>
"""

_ROBOTS = "User-agent: *\nDisallow: /\n"


@blueprint.get("/opensearch.xml")
def describe_search() -> Response:
    """How a browser searches here, with addresses of the host that was asked (it is one of the trusted ones)."""
    text = _DESCRIPTION.format(root=escape(request.host_url))
    return Response(text, mimetype="application/opensearchdescription+xml")


@blueprint.get("/robots.txt")
def guide_robots() -> Response:
    """An archive is for its readers: no robot reads any of it."""
    return Response(_ROBOTS, mimetype="text/plain")
