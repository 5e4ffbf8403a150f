"""Attacks of somebody who is not logged in, or only as somebody else."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from index.settings import Settings
from tests.support.editing import form_of
from tests.support.users import PASSWORD, Clock, app_with_users, log_in, logged_in, send_login
from web.middleware.security import HEADERS
from web.visitors.rates import Rates
from web.visitors.users.opening import Users
from web.visitors.users.records import UserRole

RENAME = "/entity/demir/rename?name=Somebody"


def is_logged_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


# Forms of other sites


FOREIGN = {
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another name of this site": {"Sec-Fetch-Site": "same-site"},
    "another origin": {"Origin": "https://evil.example"},
    "an origin that is hidden": {"Origin": "null"},
    "another port": {"Origin": "http://localhost:8001"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
@pytest.mark.parametrize("path", ["/decide", "/undo", "/logout", "/account", "/users"])
def test_forms_of_other_sites_are_refused(app: Flask, path: str, headers: dict[str, str]) -> None:
    client = logged_in(app, UserRole.ADMIN)
    token = form_of(client.get("/help").get_data(as_text=True), "/logout")["token"][0]
    assert client.post(path, data={"token": token}, headers=headers).status_code == 403
    assert is_logged_in(client)


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
def test_nobody_is_logged_in_by_another_site(app: Flask, headers: dict[str, str]) -> None:
    client = app.test_client()
    token = form_of(client.get("/login").get_data(as_text=True), "/login")["token"][0]
    answer = client.post("/login", data={"token": token, "name": "vera", "password": PASSWORD}, headers=headers)
    assert answer.status_code == 403
    assert not is_logged_in(client)


def test_a_log_in_form_of_another_browser_is_refused(app: Flask) -> None:
    token = form_of(app.test_client().get("/login").get_data(as_text=True), "/login")["token"][0]
    for client in (app.test_client(), app.test_client()):
        client.get("/login")
        answer = client.post("/login", data={"token": token, "name": "vera", "password": PASSWORD})
        assert answer.status_code == 403
    bare = app.test_client(use_cookies=False)
    assert bare.post("/login", data={"token": token, "name": "vera", "password": PASSWORD}).status_code == 403


def test_the_token_of_forms_is_written_in_another_way_each_time(app: Flask) -> None:
    client = logged_in(app, UserRole.ADMIN)
    tokens = [form_of(client.get("/help").get_data(as_text=True), "/logout")["token"][0] for _ in range(3)]
    assert len(set(tokens)) == 3
    for token in tokens:
        assert client.post("/account", data={"token": token, "action": "x"}).status_code == 400
    for wrong in (tokens[0][:-2], tokens[0] + "00", tokens[0][:64], "0" * 128, tokens[0][:64] + tokens[1][64:]):
        assert client.post("/account", data={"token": wrong, "action": "x"}).status_code == 403


def test_a_program_needs_no_form_and_another_site_cannot_use_it(app: Flask, users: Users) -> None:
    bearer = {"Authorization": f"Bearer {users.tokens.add('edwin', 'x', role=UserRole.EDITOR, days=None)}"}
    data = {"action": "rename", "entity": "demir", "name": "Somebody"}
    client = app.test_client()
    assert client.post("/decide", data=data, headers={**bearer, "Origin": "https://evil.example"}).status_code == 403
    answer = client.post("/decide", data=data, headers=bearer)
    assert (answer.status_code, answer.json["ok"], answer.json["done"]) == (200, True, [1])
    undone = client.post("/undo", data={"numbers": "1-1"}, headers=bearer)
    assert (undone.status_code, undone.json["undone"]) == (200, [1])
    refused = client.post("/decide", data={**data, "entity": "nobody"}, headers=bearer)
    assert (refused.status_code, refused.json["ok"]) == (409, False)


# Addresses to go on to


@pytest.mark.parametrize(
    ("leads_to", "location"),
    [
        ("/search?q=S-400&person=x", "/search?q=S-400&person=x"),
        ("/entity/demir#top", "/entity/demir#top"),
        ("", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("///evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("\\\\evil.example/", "/"),
        ("/\t/evil.example/", "/"),
        ("/\n/evil.example", "/"),
        (" //evil.example/", "/"),
        ("/ok\r\nSet-Cookie: x=y", "/"),
        ("javascript:alert(1)", "/"),
        ("http:evil.example", "/"),
        ("http:///evil.example", "/"),
        ("/%2f/evil.example", "/%2f/evil.example"),
        ("/[evil.example", "/%5Bevil.example"),
        ("//[evil.example", "/"),
        ("/login?next=//evil.example", "/"),
        ("/logout", "/"),
    ],
)
def test_a_log_in_leads_to_pages_of_ours_alone(app: Flask, leads_to: str, location: str) -> None:
    answer = send_login(app.test_client(), "vera", next=leads_to)
    assert (answer.status_code, answer.headers["Location"]) == (303, location)
    again = logged_in(app, UserRole.VIEWER).get("/login", query_string={"next": leads_to})
    assert (again.status_code, again.headers["Location"]) == (303, location)


@pytest.mark.parametrize("path", ["/search?q=S-400&sort=newest", "/article/a%20b.txt?q=%C3%BC", "/entity/x?%26=%3D"])
def test_the_page_that_was_wanted_is_opened_after_the_log_in(app: Flask, path: str) -> None:
    client = app.test_client()
    login = client.get(path)
    assert login.status_code == 303
    page = client.get(login.headers["Location"]).get_data(as_text=True)
    answer = client.post("/login", data={**form_of(page, "/login"), "name": "vera", "password": PASSWORD})
    assert answer.headers["Location"] == path


def test_a_link_of_another_site_opens_once_more_from_here(app: Flask) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    answer = app.test_client().get("/search?q=Demir", headers=link)
    assert (answer.status_code, answer.headers["Refresh"]) == (200, "0; url=/search?q=Demir")
    assert "Ankara" not in answer.get_data(as_text=True)
    assert app.test_client().get(RENAME, headers=link).status_code == 303
    inside = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    assert app.test_client().get("/search?q=Demir", headers=inside).status_code == 303


# Tokens


@pytest.mark.parametrize(
    "address",
    ["/search?token={}", "/api/v1/suggest?q=a&access_token={}", "/article/{}", "/help?{}", "/search?q=%64{rest}"],
)
def test_a_token_in_an_address_is_refused(app: Flask, users: Users, address: str) -> None:
    token = users.tokens.add("edwin", "x", role=UserRole.VIEWER, days=None)
    answer = logged_in(app, UserRole.ADMIN).get(address.format(token, rest=token[1:]))
    assert answer.status_code == 400
    assert "Authorization: Bearer" in answer.get_data(as_text=True)


def test_a_token_ends_when_its_days_are_over_or_it_is_revoked(app: Flask, users: Users, clock: Clock) -> None:
    secrets = [users.tokens.add("vera", str(days), role=UserRole.VIEWER, days=days) for days in (30, 60, None)]

    def statuses() -> list[int]:
        client = app.test_client()
        headers = [{"Authorization": f"Bearer {secret}"} for secret in secrets]
        return [client.get("/api/v1/suggest?q=de", headers=one).status_code for one in headers]

    assert statuses() == [200, 200, 200]
    clock.seconds += 30 * 24 * 60 * 60
    assert statuses() == [401, 200, 200]
    users.tokens.revoke(3)
    assert statuses() == [401, 200, 401]


def test_a_program_without_a_right_token_is_told_how(app: Flask) -> None:
    client = app.test_client()
    for headers in ({}, {"Authorization": "Bearer x"}):
        answer = client.get("/api/v1/suggest?q=de", headers=headers)
        assert (answer.status_code, answer.json["status"]) == (401, 401)
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Dossier"'


def test_metrics_are_for_those_who_may_read_and_probes_for_all(settings: Settings, users: Users) -> None:
    client = app_with_users(settings, users, has_metrics=True).test_client()
    bearer = {"Authorization": f"Bearer {users.tokens.add('vera', 'x', role=UserRole.VIEWER, days=None)}"}
    assert client.get("/metrics").status_code == 303
    assert client.get("/metrics", headers={"Authorization": "Bearer x"}).status_code == 401
    answer = client.get("/metrics", headers=bearer)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert [client.get(path).status_code for path in ("/health", "/ready")] == [200, 200]


# Caches


def test_pages_of_one_user_are_never_those_of_another(app: Flask, users: Users) -> None:
    ada, vera = logged_in(app, UserRole.ADMIN), logged_in(app, UserRole.VIEWER)
    again = logged_in(app, UserRole.VIEWER)
    answers = [client.get("/search?q=Demir") for client in (ada, vera, again)]
    tags = [answer.headers["ETag"] for answer in answers]
    assert len(set(tags)) == 3
    for answer in answers:
        assert answer.headers["Cache-Control"] == "private, no-cache"
        assert {"Cookie", "Authorization"} <= set(answer.headers["Vary"].split(", "))
    assert ada.get("/search?q=Demir", headers={"If-None-Match": tags[0]}).status_code == 304
    assert vera.get("/search?q=Demir", headers={"If-None-Match": tags[0]}).status_code == 200
    assert app.test_client().get("/search?q=Demir", headers={"If-None-Match": tags[0]}).status_code == 303
    users.accounts.set_role("ada", UserRole.VIEWER)
    assert ada.get("/search?q=Demir", headers={"If-None-Match": tags[0]}).status_code == 200


@pytest.mark.parametrize("path", ["/login", "/account", "/users", "/users/vera"])
def test_pages_about_users_are_kept_by_nobody(app: Flask, path: str) -> None:
    client = app.test_client() if path == "/login" else logged_in(app, UserRole.ADMIN)
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"], answer.headers.get("ETag")) == (200, "no-store", None)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


# Too many requests


def test_too_many_requests_have_to_wait(settings: Settings, users: Users) -> None:
    clock = Clock()
    app = app_with_users(settings, users, rates=Rates(per_second=0.5, burst=6, now=clock))
    client = app.test_client()
    assert [client.get("/login").status_code for _ in range(7)] == [200] * 6 + [429]
    answer = client.get("/search")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "2")
    assert "<h1>Too many requests</h1>" in answer.get_data(as_text=True)
    assert client.get("/api/v1/search").json["status"] == 429
    bad = {"Authorization": "Bearer dossier_" + "x" * 43}
    assert client.get("/api/v1/search", headers=bad).status_code == 429
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "192.0.2.1"
    log_in(elsewhere, "vera")
    elsewhere.environ_base["REMOTE_ADDR"] = "127.0.0.1"
    assert elsewhere.get("/help").status_code == 200
    clock.seconds += 2
    assert [client.get("/login").status_code for _ in range(2)] == [200, 429]
