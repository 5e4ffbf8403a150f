import json
import socket

import pytest

from index.model import Article
from index.readers.base import Source
from index.readers.registry import read_source
from tests.unit.index.readers.web.pages import read as read_draft

PARAGRAPHS = (
    "The ferries between the islands returned to service on Monday after a week of strikes that had left thousands of"
    " people stranded.",
    "Union leaders said the agreement was a first step and that further talks would be held in April with the owners"
    " of the line.",
    "Passengers welcomed the news and said they were glad to be going home at last after days in crowded halls.",
)


def page(head: str = "", *, before: str = "", attributes: str = "") -> str:
    story = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<!doctype html><html {attributes}><head>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>Ferries return after strike</h1>{before}{story}</article><footer>About us</footer></body></html>"
    )


def json_ld(**fields: object) -> str:
    node = {"@type": "NewsArticle", **fields}
    return f"<script type='application/ld+json'>{json.dumps({'@graph': [{'@type': 'WebSite'}, node]})}</script>"


def read(html: str | bytes) -> Article:
    [article] = read_source(Source("a.html", data=html.encode() if isinstance(html, str) else html))
    assert isinstance(article, Article)
    return article


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a reader went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_story_is_told_from_the_page_around_it() -> None:
    article = read(page())
    assert article.body.split("\n") == ["Ferries return after strike", *PARAGRAPHS]
    assert article.title == "Ferries return after strike"
    assert article.title_span is not None


@pytest.mark.parametrize(
    ("head", "before", "origin"),
    [
        (json_ld(datePublished="2019-03-04T10:00:00+01:00"), "", "json-ld datePublished"),
        ("<meta property='article:published_time' content='2019-03-04T10:00:00Z'>", "", "meta article:published_time"),
        ("<meta name='DC.date.issued' content='2019-03-04'>", "", "meta dc.date.issued"),
        ("<meta itemprop='datePublished' content='2019-03-04'>", "", "itemprop datePublished"),
        ("", "<time datetime='2019-03-04' class='published'>Monday</time>", "time element"),
        ("<link rel='canonical' href='https://example.org/2019/03/04/ferries'>", "", "address of the page"),
    ],
)
def test_date_comes_with_its_origin(head: str, before: str, origin: str) -> None:
    article = read(page(head, before=before))
    assert article.published is not None
    assert (article.published.value, article.published_origin) == ("2019-03-04", origin)


def test_better_origin_wins() -> None:
    head = "<meta name='date' content='2018-01-01'><meta property='article:published_time' content='2018-02-02'>"
    article = read(page(head + json_ld(datePublished="2019-03-04")))
    assert article.published is not None
    assert article.published.value == "2019-03-04"


def test_page_without_date_stays_undated() -> None:
    assert read(page()).published is None


def test_broken_json_ld_is_passed_over() -> None:
    broken = "<script type='application/ld+json'>{\"@type\": </script>"
    deep = "<script type='application/ld+json'>" + "[" * 5000 + "</script>"
    article = read(page(broken + deep + json_ld(datePublished="2019-03-04", headline="Ferries return after strike")))
    assert article.published is not None


def test_source_author_language_and_address() -> None:
    head = json_ld(author=[{"name": "Jane Roe"}, {"name": "John Doe"}], publisher={"name": "Example Gazette"})
    article = read(page(head + "<link rel='canonical' href='https://example.org/a'>", attributes="lang='en-GB'"))
    assert (article.source, article.byline, article.language, article.url) == (
        "Example Gazette",
        "Jane Roe, John Doe",
        "en",
        "https://example.org/a",
    )


@pytest.mark.parametrize(
    "title", ["Crews agree to go back | Example Gazette", "Example Gazette – Crews agree to go back"]
)
def test_name_of_the_site_is_no_part_of_the_title(title: str) -> None:
    head = f"<meta property='og:site_name' content='Example Gazette'><title>{title}</title>"
    assert read(page(head)).title == "Crews agree to go back"


def test_declared_encoding_is_believed() -> None:
    html = page("<meta charset='iso-8859-9'><meta name='title' content='Şimdi İstanbul’da ne oluyor'>")
    assert read(html.encode("cp1254")).title == "Şimdi İstanbul’da ne oluyor"


def test_page_that_is_no_article_keeps_all_its_text() -> None:
    assert read("<html><body><div>Only words.</div><script>no()</script></body></html>").body.strip() == "Only words."


def test_deep_nesting_does_no_harm() -> None:
    [found] = read_source(Source("a.html", data=("<html>" + "<div>" * 20_000 + "words").encode()))
    assert getattr(found, "reason", "") != "reader-error"


def test_address_that_a_page_was_fetched_from_is_read_like_one_in_the_page() -> None:
    draft = read_draft(page(), address="https://example.org/2019/03/04/ferries/")
    assert draft.published is not None
    assert (draft.published.value, draft.url) == ("2019-03-04", "https://example.org/2019/03/04/ferries/")
