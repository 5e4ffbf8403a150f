"""Locked filters are named to readers alone: a cookie may ask for the name of any entity."""

from flask import Flask

from web.preferences import COOKIE


def test_without_a_log_in_no_page_names_what_a_cookie_asks_for(app: Flask) -> None:
    client = app.test_client()
    client.set_cookie(COOKIE, "lock=org%3Dnato&theme=dark")
    page = client.get("/login").get_data(as_text=True)
    assert 'data-theme="dark"' in page
    assert "NATO" not in page
    assert "locked filters" not in page
    for path in ("/settings", "/lock?filter=org%3Dnato", "/unlock"):
        answer = client.get(path, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.headers.get("Location", "").startswith("/login")
        assert "Set-Cookie" not in answer.headers
