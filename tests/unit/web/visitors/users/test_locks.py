"""Locked filters are named to readers alone: a cookie may ask for the name of any entity."""

import pytest
from flask import Flask

import web.frame.rendering
from web.visitors.preferences import COOKIE


def test_without_a_log_in_no_name_is_looked_up_for_a_cookie(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web.frame.rendering, "lock_parts", _fail)
    client = app.test_client()
    client.set_cookie(COOKIE, "lock=org%3Dnato&theme=dark")
    answer = client.get("/login")
    assert answer.status_code == 200
    assert 'data-theme="dark"' in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/settings", "/settings?save=yes", "/lock?filter=org%3Dnato", "/unlock"])
def test_without_a_log_in_nothing_is_locked(app: Flask, path: str) -> None:
    answer = app.test_client().get(path, headers={"Sec-Fetch-Site": "same-origin"})
    assert answer.headers.get("Location", "").startswith("/login")
    assert "Set-Cookie" not in answer.headers


def _fail(*locked: object) -> None:
    raise AssertionError("names were looked up")
