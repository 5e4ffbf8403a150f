"""The pages about users, and decisions of people who are logged in."""

import html
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index.settings import Settings
from tests.support.editing import EditingSite, form_of
from tests.support.users import PASSWORD, app_with_users, log_in, logged_in, send_login, session_of
from web.visitors.users.opening import Users
from web.visitors.users.records import UserRole

NEW = "nine slow badgers"


def text_of(answer: TestResponse) -> str:
    return html.unescape(answer.get_data(as_text=True))


def send(client: FlaskClient, path: str, **fields: str) -> TestResponse:
    """Send a form with the token of this browser."""
    token = form_of(client.get("/help").get_data(as_text=True), "/logout")["token"][0]
    return client.post(path, data={"token": token, **fields})


def secret_in(answer: TestResponse) -> str:
    found = re.search(r'<code class="secret">([^<]+)</code>', answer.get_data(as_text=True))
    assert found is not None
    return found[1]


# The head of every page


@pytest.mark.parametrize(
    ("role", "links"),
    [(UserRole.VIEWER, ["vera"]), (UserRole.EDITOR, ["edwin"]), (UserRole.ADMIN, ["ada", "Users"])],
)
def test_the_head_says_who_is_logged_in(app: Flask, role: UserRole, links: list[str]) -> None:
    page = logged_in(app, role).get("/help").get_data(as_text=True)
    head = re.search(r'<nav class="account".*?</nav>', page, re.DOTALL)
    assert head is not None
    assert re.findall(r"<a [^>]*><bdi>(.*?)</bdi>", head[0]) == links
    assert "Log out" in head[0]


def test_a_visitor_sees_the_log_in_alone(app: Flask) -> None:
    page = app.test_client().get("/login").get_data(as_text=True)
    assert "/entities/" not in page
    assert 'id="q"' not in page
    assert "Log out" not in page


def test_where_everybody_reads_the_log_in_leads_back(settings: Settings, users: Users) -> None:
    client = app_with_users(settings, users, is_public=True).test_client()
    page = client.get("/search?q=Demir").get_data(as_text=True)
    assert '<a href="/login?next=%2Fsearch%3Fq%3DDemir">' in page
    assert 'name="token"' not in page
    log_in(client, "vera")
    answer = send(client, "/logout")
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(("host", "is_said"), [("localhost:8000", False), ("archive.example", True)])
def test_the_log_in_says_when_others_can_read_the_password(app: Flask, host: str, is_said: bool) -> None:
    page = text_of(app.test_client().get("/login", headers={"Host": host}))
    assert ("is not encrypted" in page) is is_said
    assert "is not encrypted" not in text_of(app.test_client().get("/login", base_url=f"https://{host}"))


# Terminal commands are for people at the terminal


@pytest.mark.parametrize(
    "path", ["/help", "/decisions", "/suggestions", "/entity/demir/rename", "/mention?article=a&at=0"]
)
@pytest.mark.parametrize("role", [UserRole.VIEWER, UserRole.EDITOR, None])
@pytest.mark.parametrize("is_editable", [True, False])
def test_pages_name_no_command_to_people_who_log_in(
    settings: Settings, users: Users, path: str, role: UserRole | None, is_editable: bool
) -> None:
    app = app_with_users(settings, users, is_public=True, is_editable=is_editable)
    client = logged_in(app, role) if role else app.test_client()
    page = text_of(client.get(path, follow_redirects=True))
    assert "search-cli serve" not in page
    assert "search-cli entities" not in page
    assert "in the terminal" not in page


@pytest.mark.parametrize("path", ["/search?q=x", "/api/v1/search?q=x", "/"])
@pytest.mark.parametrize(
    ("role", "is_told"), [(UserRole.VIEWER, False), (UserRole.EDITOR, False), (UserRole.ADMIN, True)]
)
def test_folders_of_the_server_are_told_to_admins_alone(
    settings: Settings, users: Users, path: str, role: UserRole, is_told: bool
) -> None:
    (settings.index / "catalog.sqlite3").write_bytes(b"")
    answer = logged_in(app_with_users(settings, users, is_editable=False), role).get(path)
    text = answer.get_data(as_text=True)
    assert (answer.status_code, "Try again in a moment" in text or "cannot be used" in text) == (500, not is_told)
    assert (str(settings.index) in text or "search-cli" in text) is is_told


# One's own account


def test_a_user_changes_the_password_and_stays_logged_in(app: Flask) -> None:
    client, elsewhere = logged_in(app, UserRole.VIEWER), logged_in(app, UserRole.VIEWER)
    before = session_of(client)[1]
    answer = send(client, "/account", action="password", current=PASSWORD, new=NEW, again=NEW)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/account?said=password")
    assert "was changed" in text_of(client.get("/account?said=password"))
    assert session_of(client)[1] != before
    assert elsewhere.get("/account").status_code == 303
    assert [send_login(app.test_client(), "vera", word).status_code for word in (PASSWORD, NEW)] == [401, 303]


@pytest.mark.parametrize(
    ("current", "new", "again", "error"),
    [
        ("wrong", NEW, NEW, "current password is wrong"),
        (PASSWORD, NEW, NEW + "x", "not the same"),
        (PASSWORD, "short", "short", "at least 12 characters"),
        (PASSWORD, "aaaaaaaaaaaaa", "aaaaaaaaaaaaa", "too easy"),
        (PASSWORD, "x" * 1_001, "x" * 1_001, "at most 1,000"),
    ],
)
def test_a_password_that_will_not_do_changes_nothing(
    app: Flask, current: str, new: str, again: str, error: str
) -> None:
    client = logged_in(app, UserRole.VIEWER)
    answer = send(client, "/account", action="password", current=current, new=new, again=again)
    assert answer.status_code == 400
    assert error in text_of(answer)
    assert send_login(app.test_client(), "vera").status_code == 303


def test_guessing_the_password_of_an_open_session_has_to_wait(app: Flask) -> None:
    client = logged_in(app, UserRole.VIEWER)
    found = [send(client, "/account", action="password", current="x", new=NEW, again=NEW) for _ in range(6)]
    assert [answer.status_code for answer in found] == [400] * 5 + [429]
    assert found[-1].headers["Retry-After"] == "1"


def test_a_user_makes_a_token_that_is_shown_once_and_revokes_it(app: Flask) -> None:
    client = logged_in(app, UserRole.EDITOR)
    made = send(client, "/account", action="add-token", name="nightly", role="viewer", days="90")
    token = secret_in(made)
    assert (made.status_code, made.headers["Cache-Control"]) == (200, "no-store")
    page = text_of(client.get("/account"))
    assert "nightly" in page
    assert token not in page
    bearer = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/api/v1/suggest?q=de", headers=bearer).status_code == 200
    assert "last used 2027" in text_of(client.get("/account"))
    assert send(client, "/account", action="revoke-token", number="1").status_code == 303
    assert app.test_client().get("/api/v1/suggest?q=de", headers=bearer).status_code == 401


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"name": "", "role": "viewer", "days": "90"}, "from 1 to 40 characters"),
        ({"name": "x", "role": "editor", "days": "90"}, "cannot do more than its user"),
        ({"name": "x", "role": "admin", "days": "90"}, "no program manages users"),
        ({"name": "x", "role": "king", "days": "90"}, "no role"),
        ({"name": "x", "role": "viewer", "days": "9999"}, "how long"),
    ],
)
def test_tokens_that_will_not_do_are_not_made(app: Flask, users: Users, fields: dict[str, str], error: str) -> None:
    answer = send(logged_in(app, UserRole.VIEWER), "/account", action="add-token", **fields)
    assert answer.status_code == 400
    assert error in text_of(answer)
    assert users.tokens.list() == ()


@pytest.mark.parametrize("number", ["2", "x", "", "٣", "9" * 30])
def test_nobody_revokes_tokens_of_others(app: Flask, users: Users, number: str) -> None:
    users.tokens.add("vera", "x", role=UserRole.VIEWER, days=None)
    users.tokens.add("ada", "x", role=UserRole.VIEWER, days=None)
    answer = send(logged_in(app, UserRole.VIEWER), "/account", action="revoke-token", number=number)
    assert answer.status_code == 400
    assert len(users.tokens.list()) == 2


# Admins


def test_an_admin_adds_a_user_who_then_logs_in(app: Flask) -> None:
    admin = logged_in(app, UserRole.ADMIN)
    added = send(admin, "/users", action="add", user=" İbrahim  Çelik ", role="editor")
    password = secret_in(added)
    assert added.status_code == 200
    page = text_of(admin.get("/users"))
    assert "İbrahim Çelik" in page
    assert password not in page
    client = log_in(app.test_client(), "i\u0307brahim c\u0327elik", password)
    assert "İbrahim Çelik" in text_of(client.get("/help"))
    assert client.get("/entity/demir/rename").status_code == 200
    assert admin.get("/users/%C4%B0brahim%20%C3%87elik").status_code == 200


@pytest.mark.parametrize(
    "name", ["", "   ", "...", "x" * 41, "ada", "ＡＤＡ", "a\u202eb", "a\tb", "a/b", "<b>", "a\x00"]
)
def test_names_that_will_not_do_are_not_added(app: Flask, users: Users, name: str) -> None:
    answer = send(logged_in(app, UserRole.ADMIN), "/users", action="add", user=name, role="viewer")
    assert answer.status_code == 400
    assert 'role="alert"' in text_of(answer)
    assert len(users.accounts.list()) == 3


def test_an_admin_changes_a_user(app: Flask) -> None:
    admin, vera = logged_in(app, UserRole.ADMIN), logged_in(app, UserRole.VIEWER)
    changed = send(admin, "/users", action="role", user="vera", role="editor")
    assert changed.headers["Location"] == "/users/vera?said=role"
    assert "immediate effect" in text_of(admin.get("/users/vera?said=role"))
    assert vera.get("/entity/demir/rename").status_code == 200
    send(admin, "/users", action="disable", user="vera")
    assert vera.get("/help").status_code == 303
    assert "disabled" in text_of(admin.get("/users"))
    send(admin, "/users", action="enable", user="vera")
    password = secret_in(send(admin, "/users", action="password", user="vera"))
    assert [send_login(app.test_client(), "vera", word).status_code for word in (PASSWORD, password)] == [401, 303]
    assert send(admin, "/users", action="remove", user="vera").headers["Location"] == "/users?said=removed"
    assert admin.get("/users/vera").status_code == 404


def test_a_new_password_ends_the_wait_of_a_user(app: Flask) -> None:
    for _ in range(6):
        send_login(app.test_client(), "vera", "x")
    password = secret_in(send(logged_in(app, UserRole.ADMIN), "/users", action="password", user="vera"))
    assert send_login(app.test_client(), "vera", password).status_code == 303


def test_an_admin_manages_tokens_of_others(app: Flask, users: Users) -> None:
    admin = logged_in(app, UserRole.ADMIN)
    token = secret_in(send(admin, "/users", action="add-token", user="edwin", name="x", role="editor", days=""))
    bearer = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/entity/demir/rename", headers=bearer).status_code == 200
    assert send(admin, "/users", action="revoke-token", user="vera", number="1").status_code == 400
    assert send(admin, "/users", action="revoke-token", user="edwin", number="1").status_code == 303
    assert users.tokens.list() == ()


@pytest.mark.parametrize("fields", [{"action": "role", "role": "editor"}, {"action": "disable"}, {"action": "remove"}])
def test_the_last_admin_stays(app: Flask, users: Users, fields: dict[str, str]) -> None:
    admin = logged_in(app, UserRole.ADMIN)
    answer = send(admin, "/users", user="ADA", **fields)
    assert answer.status_code == 400
    assert "only admin" in text_of(answer)
    assert admin.get("/users").status_code == 200
    users.accounts.set_role("vera", UserRole.ADMIN)
    assert send(admin, "/users", user="ada", **fields).status_code == 303


# Decisions of several people


def test_a_decision_carries_the_name_of_who_made_and_undid_it(app: Flask, users: Users) -> None:
    users.accounts.add("Çağla", PASSWORD, role=UserRole.EDITOR)
    one, other = EditingSite(log_in(app.test_client(), "Çağla")), EditingSite(logged_in(app, UserRole.ADMIN))
    one.decide("/entity/demir/rename?name=The+Minister")
    assert ", Çağla" in other.open("/decisions")
    other.undo(other.open("/decisions"))
    assert re.search(r", Çağla · undone [0-9: -]+, ada", one.open("/decisions"))
    assert "Undo" not in logged_in(app, UserRole.VIEWER).get("/decisions").get_data(as_text=True)


def test_the_second_of_two_editors_is_told(app: Flask) -> None:
    one, other = EditingSite(logged_in(app, UserRole.EDITOR)), EditingSite(logged_in(app, UserRole.ADMIN))
    form = form_of(other.open("/entity/demir/rename?name=The+Second"))
    one.decide("/entity/demir/rename?name=The+First")
    refused = other.client.post("/decide", data=form)
    assert refused.status_code == 409
    assert "Nothing was changed" in text_of(refused)
    assert "The First" in text_of(refused)
    assert other.entity("demir")[0] == "The First"
    assert "The Second" in other.decide("/entity/demir/rename?name=The+Second")


def test_a_form_that_was_filled_in_before_the_log_out_is_told_to_log_in(app: Flask) -> None:
    site = EditingSite(logged_in(app, UserRole.EDITOR))
    form = form_of(site.open("/entity/demir/rename?name=The+First"))
    send(site.client, "/logout")
    refused = site.client.post("/decide", data=form)
    assert refused.status_code == 401
    assert "Log in first" in text_of(refused)
    assert '<a href="/login">' in refused.get_data(as_text=True)


# The description of the API


@pytest.mark.parametrize(("is_public", "first"), [(False, {"token": []}), (True, {})])
def test_the_description_of_the_api_says_how_to_log_in(
    settings: Settings, users: Users, is_public: bool, first: dict[str, list[str]]
) -> None:
    client = logged_in(app_with_users(settings, users, is_public=is_public), UserRole.VIEWER)
    description = client.get("/api/openapi.json").json
    assert description["security"][0] == first
    schemes = description["components"]["securitySchemes"]
    assert {name: (scheme["type"], scheme.get("in")) for name, scheme in schemes.items()} == {
        "token": ("http", None),
        "session": ("apiKey", "cookie"),
    }
    assert schemes["session"]["name"] == session_of(client)[0]
    assert {"401", "429"} <= set(description["paths"]["/api/v1/search"]["get"]["responses"])
    assert "Bearer TOKEN" in text_of(client.get("/api"))
