"""Entities that may be one, and why names mean what they mean, on pages and in the API."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from index.ingest.indexer import Indexer
from index.settings import Settings
from search.archive import open_archive
from web.app import create_app

TEXTS = {
    "a": "Defence minister Ismail Demir spoke in Ankara on Monday. Demir said the talks went well.",
    "b": "Mr Demir <b>arrived</b> in Moscow. Mr Demir paid $3 million.",
    "z": "Interior minister Hasan Demir spoke in Izmir. Hasan Demir laughed.",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The application over three articles with two namesakes and somebody who may be either."""
    folder = tmp_path_factory.mktemp("namesakes")
    (folder / "news").mkdir()
    for name, text in TEXTS.items():
        (folder / "news" / f"{name}.txt").write_text(text, encoding="utf-8")
    settings = Settings(index=folder / ".dossier", workers=1, packs=("core",), model="none")
    Indexer(settings, pool="local").index([str(folder / "news")])
    with open_archive(settings) as archive:
        yield create_app(settings, archive).test_client()


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_page_shows_evidence_sentences_and_the_commands_that_decide(client: FlaskClient) -> None:
    text = page(client, "/suggestions")
    assert "<h1>2 possible duplicates</h1>" in text
    assert re.search('<p class="meta">person · weak · <bdi>[^<]*“Hasan Demir”', text)
    assert "Mr <mark>Demir</mark> &lt;b&gt;arrived&lt;/b&gt; in Moscow." in text
    assert "<code>search-cli entities accept 1</code>" in text
    assert "<code>search-cli entities dismiss 2</code>" in text
    assert 'method="post"' not in text


def test_the_page_can_keep_to_a_kind(client: FlaskClient) -> None:
    assert "<h1>2 possible duplicates</h1>" in page(client, "/suggestions?kind=people")
    places = page(client, "/suggestions?kind=places")
    assert "<h1>Possible duplicates</h1>" in places
    assert "No pair matches." in places
    assert client.get("/suggestions?kind=ships").status_code == 404


def test_lists_of_entities_lead_to_the_suggestions(client: FlaskClient) -> None:
    assert '<a href="/suggestions?kind=people">2 possible duplicates</a>' in page(client, "/entities/people")
    assert "/suggestions" not in page(client, "/entities/places")


def test_an_entity_names_its_candidates(client: FlaskClient) -> None:
    text = page(client, "/entity/demir")
    assert '<a href="/entity/hasan-demir"><bdi>Hasan Demir</bdi></a>' in text
    assert re.search(r"“Hasan Demir”[^<]* · suggestion \d", text)
    assert '<a href="/entity/demir"><bdi>Demir</bdi></a>' in page(client, "/entity/hasan-demir")
    assert "May be the same as" not in page(client, "/entity/ankara")


def test_an_entity_counts_the_amounts_of_all_its_articles(client: FlaskClient) -> None:
    answer = client.get("/api/v1/entities/moscow").json["entity"]["amounts"]
    assert [(item["amount"]["value"], item["documents"]) for item in answer] == [(3_000_000, 1)]


def test_a_mention_says_what_it_means_where_the_pointer_rests_and_in_a_list(client: FlaskClient) -> None:
    text = page(client, "/article/news%2Fa.txt")
    assert 'title="Ismail Demir: surname of “Ismail Demir” in this article"' in text
    listed = text.partition('<details class="why"')[2].partition("</details>")[0]
    assert "<summary>Why these names and values?</summary>" in listed
    assert "person, found by <bdi>surnames: " in listed
    meaning = '<a href="/entity/ismail-demir"><bdi>Ismail Demir</bdi></a>'
    assert f"means {meaning}: <bdi>surname of “Ismail Demir” in this article (surname)</bdi>" in listed
    assert '<a href="#m-57"><span class="unseen">Mention </span>1</a>' in listed
    assert 'id="m-57"' in text


def test_mentions_with_the_same_reasons_stand_together(client: FlaskClient) -> None:
    listed = page(client, "/article/news%2Fb.txt").partition('<details class="why"')[2]
    assert listed.count('<span class="k people"><bdi>Demir</bdi></span>') == 1
    assert '<a href="#m-3"><span class="unseen">Mention </span>1</a> <a href="#m-38">' in listed
    assert "means USD 3 million" in listed


def test_the_api_gives_suggestions(client: FlaskClient) -> None:
    answer = client.get("/api/v1/suggestions?limit=1").json
    assert (answer["ok"], answer["total"], answer["html_url"]) == (True, 2, "/suggestions")
    assert answer["next_url"] == "/api/v1/suggestions?limit=1&offset=1"
    (first,) = answer["suggestions"]
    assert first["entity"]["id"] == "demir"
    assert first["entity_examples"][0]["snippet"]["text"].startswith("Mr Demir")
    last = client.get("/api/v1/suggestions?kind=people&limit=1&offset=1").json
    ids = {view["into"]["id"] for view in (first, *last["suggestions"])}
    assert (ids, last["next_url"]) == ({"hasan-demir", "ismail-demir"}, None)
    assert last["html_url"] == "/suggestions?kind=people"


@pytest.mark.parametrize("query", ["kind=ships", "kind=", "order=name", "limit=none"])
def test_the_api_refuses_what_it_cannot_read(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/v1/suggestions?{query}").status_code == 400


def test_the_api_says_why_of_every_mention(client: FlaskClient) -> None:
    mentions = client.get("/api/v1/articles/news/a.txt").json["mentions"]
    (demir,) = [item for item in mentions if item["text"] == "Demir"]
    assert (demir["span"], demir["kind"], demir["component"]) == ({"start": 57, "end": 62}, "people", "surnames")
    assert demir["link"] == {
        "entity_id": "ismail-demir",
        "name": "Ismail Demir",
        "rule": "surname",
        "evidence": "surname of “Ismail Demir” in this article",
    }
