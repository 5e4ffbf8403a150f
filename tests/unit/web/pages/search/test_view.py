import re
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from flask.testing import FlaskClient

from index.ingest.indexer import Indexer
from index.settings import Settings
from tests.awkward.names import SYSTEMS
from web.app import create_app
from web.parts.facets import SHOWN_VALUES


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


@pytest.mark.parametrize(
    ("filters", "heading"),
    [
        ("person=hulusi-akar", "2 articles that name Hulusi Akar"),
        ("system=mim-104-patriot", "4 articles that name MIM-104 Patriot"),
        (
            "person=ismail-demir&person=vladimir-putin&person.op=all&org=nato",
            "2 articles that name İsmail Demir and Vladimir Putin and NATO",
        ),
        ("person=ismail-demir&person=vladimir-putin", "4 articles that name İsmail Demir or Vladimir Putin"),
        ("amount=1bn..3bn+USD", "3 articles with amounts 1bn to 3bn USD"),
        ("from=2018&to=2019", "5 articles that mention dates from 2018 to 2019"),
        ("from=2018", "5 articles that mention dates from 2018"),
        ("from=2018&to=2018", "2 articles that mention 2018"),
        ("to=2021&axis=published", "1 article published up to 2021"),
        ("person=joe-biden", "1 article that names Joe Biden"),
        ("q=S-400&undated=yes", "4 articles for S-400 without a publication date"),
        ("person=-vladimir-putin", "2 articles without Vladimir Putin"),
    ],
)
def test_heading_title_and_status_name_the_filters(client: FlaskClient, filters: str, heading: str) -> None:
    page = client.get(f"/search?{filters}").get_data(as_text=True)
    found = " ".join(unescape(re.sub(r"<[^>]+>", "", page[page.index("<h1") : page.index("</h1>")])).split())
    assert found == heading
    title = unescape(page[page.index("<title>") + 7 : page.index("</title>")])
    assert title.removeprefix("S-400 · ").startswith(heading.replace(" for S-400", ""))
    assert f'data-status="{heading}' in unescape(page)


def axis_of(client: FlaskClient, address: str) -> str:
    page = client.get(address, follow_redirects=True).get_data(as_text=True)
    found = re.search(r'class="axes">.*?aria-current="true">([^<]+)<', page, re.DOTALL)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    ("address", "axis"),
    [
        ("/search", "published"),
        ("/search?q=kelpmoth", "published"),
        ("/search?undated=yes", "mentioned in the text"),
        ("/search?axis=dates", "mentioned in the text"),
        ("/search?from=1990", "mentioned in the text"),
        ("/search?year=1990", "mentioned in the text"),
        ("/search?published_year=1990", "published"),
        ("/search?from=1990&axis=published", "published"),
        ("/search?from=1990&range_axis=published", "published"),
    ],
)
def test_dates_are_those_of_publication_where_most_articles_have_one(
    awkward_client: FlaskClient, address: str, axis: str
) -> None:
    assert axis_of(awkward_client, address) == axis


def test_dates_are_those_in_the_text_where_few_articles_have_one(client: FlaskClient) -> None:
    assert axis_of(client, "/search") == "mentioned in the text"


def test_the_boxes_for_dates_ask_on_the_axis_that_is_drawn(awkward_client: FlaskClient) -> None:
    page = awkward_client.get("/search?q=kelpmoth").get_data(as_text=True)
    assert '<input type="hidden" form="search" name="range_axis" value="published">' in page
    answer = awkward_client.get("/search?q=kelpmoth&from=1990&range_axis=published")
    assert answer.headers["Location"] == "/search?q=kelpmoth&from=1990&axis=published"
    assert awkward_client.get("/search?q=kelpmoth&range_axis=published").headers["Location"] == "/search?q=kelpmoth"


def test_all_with_one_value_counts_who_is_with_it(client: FlaskClient) -> None:
    page = client.get("/search?person=hulusi-akar&person.op=all").get_data(as_text=True)
    people = page[page.index('id="f-person"') : page.index('id="f-system"')]
    assert '<bdi>Vladimir Putin</bdi> <span class="n">1</span>' in people
    assert 'id="person-all" value="all" checked' in people


@pytest.mark.parametrize(
    ("filters", "marked"),
    [
        ("person=hulusi-akar", {"Hulusi Akar", "Akar"}),
        ("amount=%3E3bn+USD", {"$3.4-billion", "$3.4 billion"}),
        ("year=2015", {"2015"}),
    ],
)
def test_what_a_filter_asks_for_is_shown_and_marked(client: FlaskClient, filters: str, marked: set[str]) -> None:
    page = client.get(f"/search?{filters}").get_data(as_text=True)
    hits = page.split('<ol class="hits"')[1].split("<li")[1:]
    found = [set(re.findall(r"<mark[^>]*>([^<]+)</mark>", hit)) for hit in hits]
    assert found
    assert all(found)
    assert set().union(*found) <= marked


def test_what_a_filter_asks_for_comes_first_among_the_names_and_amounts(client: FlaskClient) -> None:
    assert '<span class="k amounts">USD 3.4 billion' in client.get("/search?amount=%3E3bn+USD").get_data(as_text=True)
    page = client.get("/search?person=hulusi-akar").get_data(as_text=True)
    assert re.search(r'<p class="names"[^>]*><a [^>]*>Hulusi Akar</a>', page)


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


@pytest.mark.parametrize(
    ("q", "way"),
    [
        ("Patriot -Turkey", "Without “-Turkey” 5 articles"),
        ('Patriot NOT "Turkey"', 'Without “NOT "Turkey"” 5 articles'),
        ("-Turkey Patriot", "Without “-Turkey” 5 articles"),
        ("-(Turkey OR Russia)", "Without “-(Turkey OR Russia)” 5 articles"),
        ("Patriot -Turkey -Russia", "Without all exclusions 5 articles"),
        ("Patriot -xylophone -Turkey", "Without “-Turkey” 5 articles"),
    ],
)
def test_without_results_there_is_a_way_without_what_is_excluded(client: FlaskClient, q: str, way: str) -> None:
    assert way in text_of(client, f"/search?q={quote(q)}")


def test_without_results_the_beginning_of_a_word_is_tried(client: FlaskClient) -> None:
    assert "Words that begin with “missil” 5 articles" in text_of(client, "/search?q=missilery")
    assert "begin with" not in text_of(client, "/search?q=xylophone")


def test_an_exclusion_that_is_not_in_the_way_is_not_offered(client: FlaskClient) -> None:
    assert "Without “-xylophone”" not in text_of(client, "/search?q=Patriot+-xylophone+-Turkey")


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
    assert kept == [
        ("person", "-vladimir-putin"),
        ("year", "2018"),
        ("words", "any"),
        ("size", "50"),
        ("range_axis", "dates"),
    ]


def test_undated_articles_of_a_sorted_list_are_counted(client: FlaskClient) -> None:
    assert "4 undated at the end" in text_of(client, "/search?q=S-400&sort=newest")


@pytest.mark.parametrize("parameter", ["person", "org", "place", "system", "source", "lang", "cur", "amount_size",
                                       "year", "month", "published_year", "published_month"])  # fmt: skip
@pytest.mark.parametrize("rest", ["", "&q=Patriot+withdrawal", "&q=S-400+place:russia&amount=%3E1bn&from=2017",
                                  "&person=hulusi-akar&person.op=all"])  # fmt: skip
def test_the_number_beside_a_value_is_the_number_it_gives(client: FlaskClient, parameter: str, rest: str) -> None:
    answer = client.get(f"/api/v1/facets/{parameter}?limit=1000{rest}")
    facet = answer.json["facet"]
    # To choose a chosen value again removes it.
    values = [value for value in facet["values"] if not value["is_selected"]]
    given = [(value["value"], client.get(value["toggle_url"]).json["total"]) for value in values]
    assert given == [(value["value"], value["count"]) for value in values]
    assert facet["distinct"] == len(facet["values"])


def test_an_index_without_articles_says_what_to_do(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / ".dossier", workers=1, model="none")
    (tmp_path / "articles").mkdir()
    assert Indexer(settings).index([str(tmp_path / "articles")]).added == 0
    client = create_app(settings).test_client()
    assert "search-cli index FOLDER" in text_of(client, "/")
    assert "search-cli index FOLDER" in text_of(client, "/search")


def test_on_paper_stand_the_address_and_the_day(client: FlaskClient) -> None:
    page = client.get("/search?q=S-400&person=ismail-demir").get_data(as_text=True)
    [foot] = re.findall(r'<p class="printed">(.*?)</p>', page)
    assert unescape(foot).endswith(f": http://localhost/search?q=S-400&person=ismail-demir, {date.today()}")


def none_lines(client: FlaskClient, path: str) -> dict[str, int]:
    """The addresses of the articles that name nothing of a kind, each with the number beside it."""
    page = client.get(path).get_data(as_text=True)
    found = re.findall(r'class="lacks"><a href="([^"]+)"><span class="unseen">.*?<span class="n">([\d,]+)<', page)
    return {unescape(url): int(number.replace(",", "")) for url, number in found}


@pytest.mark.parametrize(
    "path", ["/search?q=kelpmoth", "/search", "/search?person=bai dran", "/search?system=-oxbow-2&org=tallow-exchange"]
)
def test_none_named_gives_as_many_articles_as_it_says(awkward_client: FlaskClient, path: str) -> None:
    lines = none_lines(awkward_client, path)
    assert {url: total(awkward_client, url) for url in lines} == lines


def test_some_articles_name_nobody(awkward_client: FlaskClient) -> None:
    lines = none_lines(awkward_client, "/search")
    assert {url for url, number in lines.items() if number} >= {"/search?none=person", "/search?none=cur"}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("none=person", "that name no person"),
        ("none=cur&none=source", "without amounts and without a known source"),
        ("system=oxbow-2&none=place", "that name Oxbow-2 and no place"),
    ],
)
def test_none_named_is_a_filter_with_a_name_that_can_be_removed(
    awkward_client: FlaskClient, query: str, words: str
) -> None:
    assert words in text_of(awkward_client, f"/search?{query}")
    page = awkward_client.get(f"/search?{query}").get_data(as_text=True)
    assert page.count('id="chip-none-') == query.count("none=")
    assert page.count('type="hidden" form="search" name="none"') == query.count("none=")


def test_systems_stand_below_what_they_are(awkward_client: FlaskClient) -> None:
    page = awkward_client.get("/search?q=kelpmoth").get_data(as_text=True)
    groups = re.findall(r'class="sort-of" id="f-system-\d">([^<]+)<(.*?)</div>', page, re.DOTALL)
    shown = [
        (name, heading.lower()) for heading, values in groups for name in re.findall(r"<bdi>([^<]+)</bdi>", values)
    ]
    assert len(shown) == SHOWN_VALUES
    assert set(shown) <= set(SYSTEMS)
    assert [heading for heading, _ in groups] == sorted({heading for heading, _ in groups})
