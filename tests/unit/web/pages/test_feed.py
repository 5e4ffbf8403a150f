"""The Atom feed of a search: what RFC 4287 asks for, and what stays the same."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from lxml import etree

from index.ingest.indexer import Indexer
from index.settings import Settings
from web.app import create_app

NAMES = {"a": "http://www.w3.org/2005/Atom"}


def feed_of(client: FlaskClient, address: str) -> etree._Element:
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return etree.fromstring(answer.get_data())


def texts(feed: etree._Element, path: str) -> list[str]:
    return [str(found if isinstance(found, str) else found.text) for found in feed.xpath(path, namespaces=NAMES)]


@pytest.mark.parametrize(
    "address",
    ["/search.atom", "/search.atom?q=S-400", "/search.atom?person=ismail-demir&from=2017", "/search.atom?q=xylophone"],
)
def test_a_feed_has_what_the_standard_asks_for(client: FlaskClient, address: str) -> None:
    feed = feed_of(client, address)
    for element in (feed, *feed.xpath("a:entry", namespaces=NAMES)):
        for name in ("id", "title", "updated"):
            assert len(texts(element, f"a:{name}")) == 1
        assert texts(element, "a:id")[0].startswith("urn:uuid:")
        assert len(texts(element, "a:link[@rel='alternate']/@href")) == 1
    assert texts(feed, "a:link[@rel='self']/@href") == [f"http://localhost{address}"]
    assert texts(feed, "a:author/a:name")
    ids = texts(feed, "//a:id")
    assert len(ids) == len(set(ids))


def test_a_feed_has_the_articles_of_its_search(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=Patriot&system=s-400").json["hits"]
    feed = feed_of(client, "/search.atom?q=Patriot&system=s-400")
    assert sorted(texts(feed, "a:entry/a:title")) == sorted(hit["title"] for hit in found)
    assert texts(feed, "a:title")[0].startswith("Articles for Patriot that name S-400 · ")
    assert "S-400 (system)" in texts(feed, "a:entry[1]/a:category/@label")
    assert all("Patriot" in summary for summary in texts(feed, "a:entry/a:summary"))


def test_an_entry_leads_to_its_article(client: FlaskClient) -> None:
    feed = feed_of(client, "/search.atom?q=Patriot")
    for address in texts(feed, "a:entry/a:link[@rel='alternate']/@href"):
        assert client.get(urlsplit(address)._replace(scheme="", netloc="").geturl()).status_code == 200


def test_an_entity_that_others_were_merged_into_has_a_feed(client: FlaskClient) -> None:
    assert len(texts(feed_of(client, "/search.atom?person=ismail-demir"), "a:entry")) > 1


def test_page_and_order_change_nothing(client: FlaskClient) -> None:
    plain = client.get("/search.atom?q=S-400").get_data()
    assert client.get("/search.atom?q=S-400&page=3&size=10&sort=oldest&order=words").get_data() == plain


def test_a_feed_does_not_fall_back_to_some_of_the_words(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?q=Patriot+xylophone").json["total"] > 0
    assert texts(feed_of(client, "/search.atom?q=Patriot+xylophone"), "a:entry") == []
    assert texts(feed_of(client, "/search.atom?q=Patriot+xylophone&words=any"), "a:entry") != []


def test_a_feed_that_has_not_changed_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/search.atom?q=S-400")
    again = client.get("/search.atom?q=S-400", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")


@pytest.mark.parametrize(("query", "status"), [("queery=x", 400), ("from=soon", 400), ("words=most", 400)])
def test_mistakes_are_told_to_programs(client: FlaskClient, query: str, status: int) -> None:
    answer = client.get(f"/search.atom?{query}")
    assert (answer.status_code, answer.json["ok"]) == (status, False)


@pytest.mark.parametrize("address", ["/search?q=S-400", "/search?q=xylophone", "/entity/nato"])
def test_pages_name_their_feed(client: FlaskClient, address: str) -> None:
    page = client.get(address).get_data(as_text=True)
    tree = etree.HTML(page)
    (named,) = tree.xpath("//head/link[@rel='alternate'][@type='application/atom+xml']/@href")
    assert tree.xpath("//body//a[starts-with(@href, '/search.atom')]/@href") == [named]
    feed_of(client, named)


@pytest.mark.parametrize("q", ["", "kelpmoth", "اجتماع", "Grandmaster"])
def test_awkward_articles_make_a_feed(awkward_client: FlaskClient, q: str) -> None:
    feed = feed_of(awkward_client, f"/search.atom?q={q}")
    assert texts(feed, "a:entry/a:title")


@pytest.fixture
def news(tmp_path: Path) -> Callable[..., FlaskClient]:
    """Writes articles by name, indexes them, and gives a client."""
    settings = Settings(index=tmp_path / ".dossier", workers=1, packs=("core",), model="none", meaning="none")
    folder = tmp_path / "news"
    folder.mkdir()

    def write(**articles: str) -> FlaskClient:
        for name, text in articles.items():
            (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        Indexer(settings, pool="local").index([str(folder)])
        return create_app(settings).test_client()

    return write


def test_what_came_or_changed_last_comes_first_under_the_same_id(news: Callable[..., FlaskClient]) -> None:
    news(a="Rome one.\n", b="Rome two.\n")
    before = feed_of(news(c="Rome three.\n"), "/search.atom?q=Rome")
    assert texts(before, "a:entry/a:title")[0] == "Rome three"
    client = news(a="Rome four, and Paris.\n")
    after = feed_of(client, "/search.atom?q=Rome")
    assert texts(after, "a:entry/a:title")[:2] == ["Rome four, and Paris", "Rome three"]
    assert texts(after, "a:id") == texts(before, "a:id")
    assert set(texts(after, "a:entry/a:id")) == set(texts(before, "a:entry/a:id"))
    assert texts(after, "a:updated")[0] == texts(after, "a:entry[1]/a:updated")[0]
    assert texts(feed_of(client, "/search.atom?q=Paris"), "a:entry/a:title") == ["Rome four, and Paris"]


def test_what_xml_cannot_hold_is_replaced(news: Callable[..., FlaskClient]) -> None:
    client = news(a="Rome & <Paris> \x0b \ufffe are towns.\n")
    (summary,) = texts(feed_of(client, "/search.atom?q=Rome"), "a:entry/a:summary")
    assert "Rome & <Paris>" in summary
    feed_of(client, "/search.atom?q=%22%01%EF%BF%BE")
