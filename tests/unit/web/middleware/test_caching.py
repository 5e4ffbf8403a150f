import re

from flask.testing import FlaskClient


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/search?q=S-400").headers["ETag"]
    answer = client.get("/search?q=S-400", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)


def test_another_search_has_another_tag(client: FlaskClient) -> None:
    assert client.get("/search?q=S-400").headers["ETag"] != client.get("/search?q=S-300").headers["ETag"]


def test_a_page_is_asked_for_again_each_time_and_kept_by_nobody_else(client: FlaskClient) -> None:
    assert client.get("/search?q=S-400").headers["Cache-Control"] == "private, no-cache"


def test_errors_are_not_kept(client: FlaskClient) -> None:
    answer = client.get("/entity/nobody")
    assert (answer.headers["Cache-Control"], answer.headers.get("ETag")) == ("no-store", None)


def test_exports_are_not_kept(client: FlaskClient) -> None:
    answer = client.get("/search.csv")
    assert (answer.headers["Cache-Control"], answer.headers.get("ETag")) == ("no-store", None)
    assert "X-No-Tag" not in answer.headers


def test_static_files_are_kept_under_an_address_of_their_content(client: FlaskClient) -> None:
    page = client.get("/help").get_data(as_text=True)
    address = re.search(r'href="(/static/site\.css\?v=\w+)"', page)
    assert address is not None
    with client.get(address[1]) as answer:
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_times_are_told(client: FlaskClient) -> None:
    assert re.fullmatch(r"search;dur=[\d.]+, total;dur=[\d.]+", client.get("/search?q=S-400").headers["Server-Timing"])
    assert re.fullmatch(r"total;dur=[\d.]+", client.get("/help").headers["Server-Timing"])
