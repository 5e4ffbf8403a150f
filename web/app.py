"""The Flask application: settings and service go in, every page and endpoint comes out."""

import hashlib
from pathlib import Path

from flask import Flask
from jinja2 import StrictUndefined

from index.settings import Settings
from search.answer.service import SearchService
from web import caching, errors, security
from web.access import ServiceAccess
from web.api.endpoints import blueprint as api
from web.views.article import blueprint as article
from web.views.browse import blueprint as browse
from web.views.entity import blueprint as entity
from web.views.export import blueprint as export
from web.views.facet import blueprint as facet
from web.views.guide import blueprint as guide
from web.views.home import blueprint as home
from web.views.search import blueprint as search
from web.views.site import blueprint as site
from web.views.suggestions import blueprint as suggestions

__all__ = ["create_app"]

_STATIC = ("site.css", "site.js")
_YEAR = 365 * 24 * 60 * 60


def create_app(
    settings: Settings,
    service: SearchService | None = None,
    *,
    trusted_hosts: tuple[str, ...] = security.DEFAULT_HOSTS,
) -> Flask:
    """The application over the index that the settings name.

    Without `service` the index is opened by the first request that needs it, so that the page can say what to do
    when there is none yet. `trusted_hosts` are the only names under which it answers; a leading "." stands for all
    names below a domain.
    """
    app = Flask(__name__)
    app.extensions["dossier"] = ServiceAccess(settings, service)
    folder = Path(app.static_folder or "")
    app.extensions["dossier_static"] = {
        name: hashlib.blake2s((folder / name).read_bytes(), digest_size=6).hexdigest() for name in _STATIC
    }
    # Their addresses change with their content.
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    security.protect(app, trusted_hosts=trusted_hosts)
    caching.add_caching(app)
    errors.add_error_pages(app)
    for part in (home, search, facet, article, entity, browse, suggestions, guide, export, site, api):
        app.register_blueprint(part)
    return app
