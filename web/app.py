"""Create the Flask application from settings and service."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from flask import Flask
from flask.json.provider import DefaultJSONProvider
from jinja2 import StrictUndefined

from index.settings import Settings
from search.archive import OpenArchive
from web.access import add_archive
from web.api.endpoints import blueprint as api
from web.api.page import blueprint as api_page
from web.middleware import caching, errors, security
from web.middleware.compression import add_compression
from web.middleware.deadlines import REQUEST_SECONDS, add_deadlines
from web.monitoring.metrics import add_metrics
from web.monitoring.probes import Probes
from web.pages.amounts.view import blueprint as amounts
from web.pages.article.cite import blueprint as cite
from web.pages.article.view import blueprint as article
from web.pages.browse import blueprint as browse
from web.pages.deciding import BLUEPRINTS as DECIDING
from web.pages.entity import blueprint as entity
from web.pages.export import blueprint as export
from web.pages.facet import blueprint as facet
from web.pages.feed import blueprint as feed
from web.pages.graph.view import blueprint as graph
from web.pages.help import blueprint as help_page
from web.pages.home import blueprint as home
from web.pages.search.view import blueprint as search
from web.pages.settings import blueprint as settings_page
from web.pages.site import blueprint as site
from web.pages.suggestions import blueprint as suggestions
from web.pages.users import BLUEPRINTS as USER_PAGES
from web.parts.highlight import unbroken
from web.visitors.editing import Editing, add_editing
from web.visitors.signing_in import SignIn, add_sign_in

__all__ = ["create_app"]

_YEAR = 365 * 24 * 60 * 60


class _Json(DefaultJSONProvider):
    """JSON as the answers of the API are written: letters as they are, "ok" first."""

    ensure_ascii = False
    sort_keys = False


def create_app(
    settings: Settings,
    archive: OpenArchive | None = None,
    *,
    trusted_hosts: tuple[str, ...] = security.DEFAULT_HOSTS,
    request_seconds: float = REQUEST_SECONDS,
    changes: Editing | None = None,
    signs_in: SignIn | None = None,
    has_metrics: bool = False,
) -> Flask:
    """Return the application over the archive that the settings name.

    Without `archive` it is opened by the first request that needs it, so that the page can say what to do when there
    is none yet. `trusted_hosts` are the only names under which it answers; a leading "." stands for all
    names below a domain. A request that takes longer than `request_seconds` is stopped.
    With `changes`, people can decide who is who on its pages. `signs_in` says who may read and decide; by default
    everybody who can reach it, which is right on this machine alone.
    """
    signs_in = signs_in or SignIn()
    app = Flask(__name__)
    app.json = _Json(app)
    access = add_archive(app, settings, archive)
    add_editing(app, changes)
    add_sign_in(app, signs_in)
    static = sorted(Path(app.static_folder or "").iterdir())
    app.extensions["dossier_files"] = {
        **{file.name: _digest([file]) for file in static},
        "scripts": _digest(file for file in static if file.suffix == ".js"),
        # Pages say whether one can edit and log in.
        "editing": changes.mark if changes else "",
        "users": f"{signs_in.users is not None} {signs_in.is_public}",
        "templates": _digest(sorted(Path(app.root_path, app.template_folder or "").rglob("*.html"))),
    }
    # Two tabs of two archives must not look the same.
    app.extensions["dossier_name"] = settings.index.resolve().parent.name or "Dossier"
    # The addresses of static files change with their content.
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    app.add_template_filter(unbroken)
    add_deadlines(app, seconds=request_seconds)
    has_users = signs_in.users is not None
    security.protect(app, trusted_hosts=trusted_hosts, takes_forms=has_users or changes is not None)
    caching.add_caching(app)
    add_compression(app, static)
    # Scripts load each other by relative addresses, which have no "?v=": their version is a folder.
    app.add_url_rule("/static/<version>/<filename>", endpoint="static")
    app.view_functions["static"] = lambda filename, version="": app.send_static_file(filename)
    errors.add_error_pages(app)
    add_metrics(app, is_shown=has_metrics)
    app.wsgi_app = Probes(app.wsgi_app, access)  # type: ignore[assignment, method-assign]  # as Flask says
    for part in (
        home,
        search,
        amounts,
        graph,
        facet,
        article,
        cite,
        entity,
        browse,
        suggestions,
        *DECIDING,
        help_page,
        settings_page,
        export,
        feed,
        site,
        api,
        api_page,
        *(USER_PAGES if has_users else ()),
    ):
        app.register_blueprint(part)
    return app


def _digest(files: Iterable[Path]) -> str:
    """Return a hash of files, by which answers made with other ones are told apart."""
    return hashlib.blake2s(b"\0".join(file.read_bytes() for file in files), digest_size=6).hexdigest()
