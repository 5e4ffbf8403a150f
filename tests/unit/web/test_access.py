"""Every address and method of a server with users, for everybody who may ask."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from tests.support.editing import copy_archive, editing_app, make_archive
from tests.support.users import NAMES, Clock, app_with_users, make_users
from web.visitors.users.opening import Users
from web.visitors.users.records import UserRole
from web.visitors.users.secrets import mask
from web.visitors.users.sessions import IDLE_SECONDS

VISITORS = ("nobody", "viewer", "editor", "admin", "viewer's token", "editor's token", "bad token", "expired session")
METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")

# What GET answers: a status, or "as": what a server without users answers.
AS = "as"
GET: Mapping[str, tuple[int | str, ...]] = {
    "static": (AS, AS, AS, AS, AS, AS, AS, AS),
    "robots": (AS, AS, AS, AS, AS, AS, 401, AS),
    "login": (200, 303, 303, 303, 200, 200, 401, 200),
    "page": (303, AS, AS, AS, AS, AS, 401, 303),
    "api": (401, AS, AS, AS, AS, AS, 401, 401),
    "form": (303, 403, AS, AS, 403, AS, 401, 303),
    "account": (303, 200, 200, 200, 403, 403, 401, 303),
    "users": (303, 403, 403, 200, 403, 403, 401, 303),
    "takes forms alone": (405, 405, 405, 405, 405, 405, 401, 405),
}
PUBLIC_GET: Mapping[str, tuple[int | str, ...]] = {
    **GET,
    "page": (AS, AS, AS, AS, AS, AS, 401, AS),
    "api": (AS, AS, AS, AS, AS, AS, 401, AS),
}
# What POST answers to a form that has the right token and says nothing.
POST: Mapping[str, tuple[int, ...]] = {
    "/decide": (401, 403, 400, 400, 403, 400, 401, 401),
    "/undo": (401, 403, 400, 400, 403, 400, 401, 401),
    "/logout": (401, 303, 303, 303, 403, 403, 401, 401),
    "/account": (401, 400, 400, 400, 403, 403, 401, 401),
    "/users": (401, 403, 403, 404, 403, 403, 401, 401),
    "/login": (403, 403, 403, 403, 403, 403, 401, 403),
}

KINDS = {
    "/static/site.css": "static",
    "/static/v1/site.css": "static",
    "/robots.txt": "robots",
    "/login": "login",
    "/account": "account",
    "/users": "users",
    "/users/vera": "users",
    "/decide": "takes forms alone",
    "/undo": "takes forms alone",
    "/logout": "takes forms alone",
    "/entity/demir/rename": "form",
    "/mention?article=a&at=0": "form",
}
API = ("/api/", "/search.csv", "/search.json", "/search.atom", "/mentions.csv", "/mentions.json")


def kind_of(path: str) -> str:
    return KINDS.get(path) or ("api" if path.startswith(API) else "page")


def addresses(app: Flask) -> list[str]:
    """An address for each rule of an application."""
    values = {
        "entity_id": "demir",
        "article_id": "news/a.txt",
        "kind": "people",
        "filename": "site.css",
        "version": "v1",
        "parameter": "person",
    }
    found = set()
    for rule in app.url_map.iter_rules():
        path = rule.rule
        for argument in rule.arguments:
            name = "vera" if rule.rule.startswith("/users/") else "rename"
            value = values.get(argument, name)
            path = path.replace(f"<path:{argument}>", value).replace(f"<{argument}>", value)
        found.add("/mention?article=a&at=0" if path == "/mention" else path)
    return sorted(found)


@dataclass
class Site:
    """A server with users. `fixed` are the headers of visitors without a session that is open."""

    app: Flask
    plain: FlaskClient
    users: Users
    fixed: Mapping[str, dict[str, str]]

    def enter(self, visitor: str) -> tuple[dict[str, str], str]:
        """Return the headers of a visitor, with a new session for one who logs in, and the token of forms."""
        if visitor in self.fixed:
            return self.fixed[visitor], ""
        user = self.users.accounts.find(NAMES[UserRole(visitor)])
        headers = {"Cookie": f"{self.cookie}={self.users.sessions.begin(user)}"}
        with self.app.test_request_context("/", headers=headers):
            return headers, mask(self.app.extensions["dossier_sign_in"].find_visitor().form_token)

    @property
    def cookie(self) -> str:
        with self.app.test_request_context("/"):
            return str(self.app.extensions["dossier_sign_in"].cookie)


def make_site(settings: Settings, folder: Path, *, is_public: bool) -> Site:
    folder.mkdir()
    clock = Clock()
    users = make_users(folder, now=clock)
    site = Site(app_with_users(settings, users, is_public=is_public), editing_app(settings).test_client(), users, {})
    expired, _ = site.enter("admin")
    clock.seconds += IDLE_SECONDS
    site.fixed = {
        "nobody": {},
        "expired session": expired,
        "bad token": {"Authorization": "Bearer dossier_" + "x" * 43},
        **{
            f"{role}'s token": {"Authorization": f"Bearer {users.tokens.add('ada', 'x', role=role, days=None)}"}
            for role in (UserRole.VIEWER, UserRole.EDITOR)
        },
    }
    return site


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("access")
    (folder / "copy").mkdir()
    return copy_archive(make_archive(folder), folder / "copy")


@pytest.fixture(scope="module")
def private(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(settings, tmp_path_factory.mktemp("private") / "users", is_public=False)


@pytest.fixture(scope="module")
def public(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make_site(settings, tmp_path_factory.mktemp("public") / "users", is_public=True)


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    return request.getfixturevalue(request.param)


def status(site: Site, visitor: str, path: str, method: str = "GET", token: str | None = None) -> int:
    """Return the status of an answer; `token` is sent in place of the right one."""
    headers, own = site.enter(visitor)
    client = site.app.test_client(use_cookies=False)
    data = {"token": own if token is None else token}
    with client.open(path, method=method, headers=headers, data=data if method == "POST" else None) as answer:
        return answer.status_code


def expected(site: Site, wanted: int | str, path: str) -> int:
    if isinstance(wanted, int):
        return wanted
    with site.plain.get(path) as answer:
        return answer.status_code


def test_every_kind_of_address_is_there(private: Site) -> None:
    paths = addresses(private.app)
    assert len(paths) > 30
    assert {kind_of(path) for path in paths} == set(GET)
    assert set(KINDS) <= set(paths)


@pytest.mark.parametrize(("site", "table"), [("private", GET), ("public", PUBLIC_GET)], indirect=["site"])
@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_reading(site: Site, table: Mapping[str, tuple[int | str, ...]], visitor: str, method: str) -> None:
    column = VISITORS.index(visitor)
    paths = addresses(site.app)
    wanted = {path: expected(site, table[kind_of(path)][column], path) for path in paths}
    assert {path: status(site, visitor, path, method) for path in paths} == wanted


@pytest.mark.parametrize("site", ["private", "public"], indirect=True)
@pytest.mark.parametrize("path", POST)
@pytest.mark.parametrize("visitor", VISITORS)
def test_forms_of_our_pages(site: Site, path: str, visitor: str) -> None:
    assert status(site, visitor, path, "POST") == POST[path][VISITORS.index(visitor)]


@pytest.mark.parametrize("visitor", ["viewer", "editor", "admin"])
@pytest.mark.parametrize("path", [path for path in POST if path != "/login"])
@pytest.mark.parametrize("token", ["", "x", "ü", "another's"])
def test_forms_without_the_right_token_are_refused(private: Site, path: str, visitor: str, token: str) -> None:
    _, anothers = private.enter(visitor)
    assert status(private, visitor, path, "POST", anothers if token == "another's" else token) == 403


@pytest.mark.parametrize("visitor", VISITORS)
def test_all_other_addresses_take_nothing(private: Site, visitor: str) -> None:
    paths = [path for path in [*addresses(private.app), "/nowhere"] if path not in POST]
    wanted = 401 if visitor == "bad token" else 405
    assert {path for path in paths if status(private, visitor, path, "POST") != wanted} == set()


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("visitor", ["nobody", "admin", "editor's token"])
def test_other_methods_are_refused(private: Site, method: str, visitor: str) -> None:
    paths = [*addresses(private.app), "/nowhere"]
    assert {path for path in paths if status(private, visitor, path, method) != 405} == set()


@pytest.mark.parametrize("visitor", VISITORS)
def test_what_is_not_there_is_told_to_readers_alone(private: Site, visitor: str) -> None:
    wanted = {"nobody": 303, "expired session": 303, "bad token": 401}.get(visitor, 404)
    assert status(private, visitor, "/nowhere") == wanted


@pytest.mark.parametrize("path", ["/decide", "/undo"])
def test_nobody_edits_on_a_server_that_was_not_started_for_it(settings: Settings, tmp_path: Path, path: str) -> None:
    users = make_users(tmp_path)
    site = Site(app_with_users(settings, users, is_editable=False), editing_app(settings).test_client(), users, {})
    assert status(site, "admin", path, "POST") == 405
    assert status(site, "admin", "/entity/demir/rename") == 403
