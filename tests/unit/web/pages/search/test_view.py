import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient

from index.ingest.indexer import Indexer
from index.settings import Settings
from web.app import create_app


def text_of(client: FlaskClient, path: str) -> str:
    """The page as text, tags left out."""
    page = client.get(path, follow_redirects=True).get_data(as_text=True)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


def total(client: FlaskClient, path: str) -> int:
    found = re.search(r'id="count">([\d,]+) article', client.get(path, follow_redirects=True).get_data(as_text=True))
    assert found is not None
    return int(found[1].replace(",", ""))


def test_the_count_is_the_only_first_heading(client: FlaskClient) -> None:
    page = client.get("/search?q=Patriot+withdrawal").get_data(as_text=True)
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == [
        '2 articles <span class="for">for <bdi>Patriot withdrawal</bdi></span>'
    ]


def test_the_page_says_how_the_words_were_read_and_what_else_they_are(client: FlaskClient) -> None:
    text = text_of(client, "/search?q=Patriot+withdrawal")
    assert "Read as all of: patriot + withdraw(al)" in text
    assert "“Patriot” is also MIM-104 Patriot system 4 articles" in text
    assert "3 more match only some of your words" in text


def test_words_find_more_than_the_system_of_that_name(client: FlaskClient) -> None:
    assert (total(client, "/search?q=Patriot"), total(client, "/search?system=mim-104-patriot")) == (5, 4)


def test_words_and_entities_are_marked_in_whole_sentences(client: FlaskClient) -> None:
    page = client.get("/search?q=Patriot+withdrawal").get_data(as_text=True)
    assert "decided in 2015 to <mark>withdraw</mark> its" in page
    assert '<span class="e systems"><mark>Patriot</mark></span>' in page


def test_what_stands_in_brackets_stays(client: FlaskClient) -> None:
    assert "[for the purchase of US-built Patriot air defense systems]" in text_of(
        client, "/search?q=Patriot+proposals"
    )


def test_derived_titles_and_missing_dates_are_said(client: FlaskClient) -> None:
    text = text_of(client, "/search?q=Patriot+withdrawal")
    assert "title taken from the text" in text
    assert "undated" in text


def test_when_nothing_has_all_words_some_are_enough_and_it_is_said(client: FlaskClient) -> None:
    text = text_of(client, "/search?q=Patriot+xylophone")
    assert "No article contains all your words. 5 match only some of them." in text


def test_a_misspelled_name_is_asked_back(client: FlaskClient) -> None:
    assert re.search(r"Did you mean .*Erdo", text_of(client, "/search?q=Erdogen"))


def test_without_results_each_filter_says_what_there_is_without_it(client: FlaskClient) -> None:
    text = text_of(client, "/search?q=Patriot&from=1801&to=1802")
    assert "0 articles for Patriot" in text
    assert "Without Dates in the text: 1801 to 1802 5 articles" in text


def test_filters_that_are_not_in_the_way_are_not_offered(client: FlaskClient) -> None:
    text = text_of(client, "/search?q=Patriot&person=vladimir-putin&from=1801&to=1802")
    assert "Without Dates in the text: 1801 to 1802" in text
    assert "Without People" not in text


def test_without_results_for_any_filter_there_is_a_way_without_all(client: FlaskClient) -> None:
    text = text_of(client, "/search?q=Patriot&source=nobody&from=1801&to=1802")
    assert "Without all filters 5 articles" in text


def test_no_way_is_offered_that_finds_nothing(client: FlaskClient) -> None:
    assert "Without" not in text_of(client, "/search?q=xylophone&cur=USD")


def test_endless_words_leave_room_for_the_results(client: FlaskClient) -> None:
    page = client.get("/search", query_string={"q": ("patriot " * 120).strip()}).get_data(as_text=True)
    heading = page[page.index("<h1") : page.index("</h1>")]
    assert "…" in heading
    assert len(heading) < 300
    assert f'value="{("patriot " * 120).strip()}"' in page


def test_an_unbalanced_quote_is_an_ordinary_search(client: FlaskClient) -> None:
    assert "Quotes don’t balance" in text_of(client, "/search?q=%22Patriot")


def test_the_two_boxes_for_amounts_become_one_parameter(client: FlaskClient) -> None:
    answer = client.get("/search?q=S-400&min=1bn&max=3bn&cur=USD")
    assert answer.status_code == 302
    assert parse_qsl(urlsplit(answer.headers["Location"]).query) == [
        ("q", "S-400"),
        ("cur", "USD"),
        ("amount", "1bn..3bn USD"),
    ]


def test_empty_boxes_ask_for_nothing(client: FlaskClient) -> None:
    answer = client.get("/search?q=S-400&min=&max=&from=&to=&sort=")
    assert answer.headers["Location"] == "/search?q=S-400"


def test_a_page_beyond_the_last_is_the_first(client: FlaskClient) -> None:
    assert client.get("/search?q=S-400&page=99").headers["Location"] == "/search?q=S-400"


def test_pages_are_numbered_and_told_in_the_title(client: FlaskClient) -> None:
    page = client.get("/search?page=2&size=2").get_data(as_text=True)
    assert '<a href="/search?page=2&amp;size=2" aria-current="page">' in page
    assert "<title>5 articles, page 2 of 3 · " in page
    assert '<link rel="next" href="/search?page=3&amp;size=2">' in page
    assert '<ol class="hits" start="3">' in page


def test_filters_that_the_form_does_not_show_are_carried_along(client: FlaskClient) -> None:
    path = "/search?q=S-400&person=-vladimir-putin&words=any&year=2018&size=50"
    page = client.get(path, follow_redirects=True).get_data(as_text=True)
    kept = re.findall(r'<input type="hidden" form="search" name="([^"]+)" value="([^"]*)">', page)
    assert kept == [("person", "-vladimir-putin"), ("year", "2018"), ("words", "any"), ("size", "50")]


def test_undated_articles_of_a_sorted_list_are_counted(client: FlaskClient) -> None:
    assert "4 undated at the end" in text_of(client, "/search?q=S-400&sort=newest")


@pytest.mark.parametrize("parameter", ["person", "org", "place", "system", "source", "lang", "cur", "amount_size",
                                       "year", "month", "published_year", "published_month"])  # fmt: skip
@pytest.mark.parametrize("rest", ["", "&q=Patriot+withdrawal", "&q=S-400+place:russia&amount=%3E1bn&from=2017"])
def test_the_number_beside_a_value_is_the_number_it_gives(client: FlaskClient, parameter: str, rest: str) -> None:
    answer = client.get(f"/api/v1/facets/{parameter}?limit=1000{rest}")
    values = answer.json["facet"]["values"]
    given = [(value["value"], client.get(value["toggle_url"]).json["total"]) for value in values]
    assert given == [(value["value"], value["count"]) for value in values]
    assert answer.json["facet"]["distinct"] == len(values)


def test_an_index_without_articles_says_what_to_do(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / ".dossier", workers=1, model="none")
    (tmp_path / "articles").mkdir()
    assert Indexer(settings).index([str(tmp_path / "articles")]).added == 0
    client = create_app(settings).test_client()
    assert "search-cli index FOLDER" in text_of(client, "/")
    assert "search-cli index FOLDER" in text_of(client, "/search")
