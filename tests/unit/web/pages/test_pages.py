"""The other pages, on the index of the seeds."""

import csv
import io
import re
from html import unescape
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient

from search.query.parser import parse
from web.pages.article.cards import MAX_CARDS
from web.pages.help import EXAMPLES

_QUERIES = [q for _, examples in EXAMPLES for q, _ in examples]


def page_of(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def text_of(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", page)).split())


@pytest.fixture
def article_id(client: FlaskClient) -> str:
    """The article of Press TV."""
    found: str = client.get("/api/v1/search?q=Patriot+withdrawal&person=ismail-demir").json["hits"][0]["id"]
    return found


def test_the_first_page_shows_who_and_what_the_archive_speaks_of(client: FlaskClient) -> None:
    text = text_of(page_of(client, "/"))
    assert "5 articles, 4 without a date of publication." in text
    assert "Recep Tayyip Erdoğan" in text
    assert "All systems" in text


def test_a_search_in_the_address_of_the_first_page_is_a_search(client: FlaskClient) -> None:
    assert client.get("/?q=S-400").headers["Location"] == "/search?q=S-400"


def test_a_facet_page_lists_all_values_and_finds_them_by_alias(client: FlaskClient) -> None:
    assert "7 people in 2 articles for Patriot withdrawal" in text_of(
        page_of(client, "/facet/person?q=Patriot+withdrawal")
    )
    found = text_of(page_of(client, "/facet/person?q=Patriot+withdrawal&find=Erdogan"))
    assert "Recep Tayyip Erdoğan" in found
    assert "Vladimir Putin" not in found


def test_a_facet_page_keeps_what_was_ticked_but_is_not_shown(client: FlaskClient) -> None:
    page = page_of(client, "/facet/person?q=S-400&person=vladimir-putin&find=Erdogan")
    values = page[page.index('<form id="values"') :]
    assert '<input type="hidden" name="person" value="vladimir-putin">' in values


def test_a_facet_page_can_exclude(client: FlaskClient) -> None:
    page = page_of(client, "/facet/person?q=S-400")
    assert 'href="/search?q=S-400&amp;person=-vladimir-putin">exclude' in page


def test_an_article_shows_its_title_once_and_links_what_it_names(client: FlaskClient, article_id: str) -> None:
    page = page_of(client, f"/article/{article_id}")
    title = "Ankara, Moscow reach agreement over another S-400 batch: Official"
    assert text_of(page).count(title) == 3  # in <title>, as the heading, and in the reference
    assert re.search(
        r'<a class="e systems" id="m-\d+" href="#c-s-400" title="S-400: [^"]+"><span class="nb">S-400</span></a>', page
    )


def test_a_card_says_what_a_name_means_and_why(client: FlaskClient, article_id: str) -> None:
    page = page_of(client, f"/article/{article_id}?q=Patriot&person=vladimir-putin")
    [card] = re.findall(r'<section class="card" id="c-mim-104-patriot".*?</section>', page, re.DOTALL)
    assert [unescape(url) for url in re.findall(r'href="([^"]+)"', card)] == [
        "/entity/mim-104-patriot",
        "/search?system=mim-104-patriot",
        "/search?q=Patriot&person=vladimir-putin&system=mim-104-patriot",
        "/search?q=Patriot&person=vladimir-putin&system=-mim-104-patriot",
        "/entity/mim-104-patriot",
        re.findall(r'id="(m-\d+)" href="#c-mim-104-patriot"', page)[0].join(("#", "")),
    ]
    text = " ".join(text_of(card).split())
    assert "system, air defence" in text
    assert "Also written Patriot" in text
    assert "4 articles" in text
    assert "was found by" in text


def test_without_a_search_a_card_offers_no_filters(client: FlaskClient, article_id: str) -> None:
    page = page_of(client, f"/article/{article_id}")
    assert ">only</a>" not in page
    assert ">exclude</a>" not in page


def test_the_cards_of_an_article_are_bounded(awkward_client: FlaskClient) -> None:
    hits = awkward_client.get("/api/v1/search?q=came&size=1").json["hits"]
    page = page_of(awkward_client, f"/article/{hits[0]['id']}")
    assert page.count('<section class="card"') == MAX_CARDS
    assert page.count('class="e people"') > MAX_CARDS
    targets = set(re.findall(r'\bid="([^"]+)"', page))
    assert {unquote(link) for link in re.findall(r'href="#([^"]+)"', page)} <= targets


def test_every_link_into_an_article_has_a_target(client: FlaskClient, article_id: str) -> None:
    page = page_of(client, f"/article/{article_id}?q=Patriot+withdrawal")
    targets = set(re.findall(r'\bid="([^"]+)"', page))
    links = set(re.findall(r'href="#([^"]+)"', page))
    assert len(links) > 20
    assert links - targets == set()


def test_ids_of_an_article_are_unique(client: FlaskClient, article_id: str) -> None:
    identifiers = re.findall(r'\bid="([^"]+)"', page_of(client, f"/article/{article_id}?q=S-400"))
    assert len(identifiers) == len(set(identifiers))


def test_snippets_lead_to_the_sentence_that_they_show(client: FlaskClient) -> None:
    results = page_of(client, "/search?q=Patriot+withdrawal")
    links = re.findall(r'class="to" lang="en" href="([^"#]+)#([^"]+)"', results)
    article = page_of(client, unescape(links[0][0]))
    sentence = article[article.index(f'id="{links[0][1]}"') :]
    assert "decided in" in sentence[:600]


def test_an_article_keeps_all_of_its_text(client: FlaskClient, article_id: str) -> None:
    text = text_of(page_of(client, f"/article/{article_id}"))
    assert "[for the purchase of US-built Patriot air defense systems]" in text
    assert "US Rep. Ilhan Omar" in text


def test_page_furniture_is_dimmed_and_counted(client: FlaskClient, article_id: str) -> None:
    page = page_of(client, f"/article/{article_id}")
    assert re.search(r"parts look like boilerplate \(.*\): dimmed, not removed", page)
    assert '<p dir="auto" class="furniture">' in page


def test_words_of_the_query_are_marked_in_the_article(client: FlaskClient, article_id: str) -> None:
    page = page_of(client, f"/article/{article_id}?q=withdrawal")
    assert "<mark>withdraw</mark>" in page
    assert re.search(r"<bdi>“withdrawal”</bdi></span> <span class=.n.>\d match", page)


def test_the_beginning_of_an_id_leads_to_the_article(client: FlaskClient, article_id: str) -> None:
    assert client.get(f"/article/{article_id[:10]}").headers["Location"] == f"/article/{article_id}"


def test_an_entity_page_shows_names_company_and_sentences(client: FlaskClient) -> None:
    page = page_of(client, "/entity/ismail-demir")
    text = text_of(page)
    assert "3 articles" in text
    assert "Ismail Demir" in text
    assert "<mark>" in page
    assert 'href="/entity/s-400"' in page
    assert 'href="/search?person=ismail-demir"' in page


@pytest.mark.parametrize("kind", ["people", "organizations", "places", "systems"])
def test_entities_of_a_kind_are_listed_with_links(client: FlaskClient, kind: str) -> None:
    page = page_of(client, f"/entities/{kind}")
    links = re.findall(r'href="(/entity/[^"]+)"', page)
    assert links
    assert client.get(links[-1]).status_code == 200


def test_the_list_of_a_kind_can_be_narrowed(client: FlaskClient) -> None:
    page = page_of(client, "/entities/people?prefix=vlad&order=name")
    assert re.findall(r'href="(/entity/[^"]+)"', page) == ["/entity/vladimir-putin"]


@pytest.mark.parametrize("q", _QUERIES)
def test_every_example_of_the_help_is_read_as_it_says(client: FlaskClient, q: str) -> None:
    assert parse(q).notices == ()
    assert client.get("/search", query_string={"q": q}).status_code == 200


def examples_of(client: FlaskClient) -> list[str]:
    return [
        unescape(q) for q in re.findall(r'<dt><a href="/search\?q=[^"]+"><code>(.*?)</code>', page_of(client, "/help"))
    ]


@pytest.mark.parametrize("site", ["client", "awkward_client"])
def test_every_example_of_the_help_finds_something_in_this_archive(site: str, request: pytest.FixtureRequest) -> None:
    client: FlaskClient = request.getfixturevalue(site)
    examples = examples_of(client)
    assert len(examples) >= 15
    answers = {q: client.get("/api/v1/search", query_string={"q": q, "size": 0}).json for q in examples}
    assert [q for q, answer in answers.items() if not answer["total_all"] or answer["notices"]] == []


def test_without_an_archive_the_help_has_examples_all_the_same(empty_client: FlaskClient) -> None:
    assert examples_of(empty_client) == _QUERIES


def test_the_search_description_names_the_host_that_was_asked(client: FlaskClient) -> None:
    text = client.get("/opensearch.xml", headers={"Host": "localhost:8000"}).get_data(as_text=True)
    assert 'template="http://localhost:8000/search?q={searchTerms}"' in text


def test_the_address_bar_gets_names(client: FlaskClient) -> None:
    answer = client.get("/opensearch.json?q=erdo")
    assert answer.json[0] == "erdo"
    assert "Recep Tayyip Erdoğan" in answer.json[1]


def test_robots_read_nothing(client: FlaskClient) -> None:
    assert client.get("/robots.txt").get_data(as_text=True) == "User-agent: *\nDisallow: /\n"


def rows(client: FlaskClient, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(path).get_data(as_text=True))))


@pytest.mark.parametrize("query", ["q=Patriot", "q=Patriot+withdrawal&size=10&page=7", "system=mim-104-patriot", ""])
def test_an_export_has_every_article_found(client: FlaskClient, query: str) -> None:
    total = client.get("/api/v1/search", query_string=query.removesuffix("&page=7")).json["total"]
    assert len(rows(client, f"/search.csv?{query}")) == total
    assert len(client.get(f"/search.json?{query}").json) == total


def test_an_export_of_nothing_is_a_header_and_an_empty_array(client: FlaskClient) -> None:
    assert client.get("/search.csv?q=xylophone").get_data(as_text=True).startswith("id,score,date,title,")
    assert len(rows(client, "/search.csv?q=xylophone")) == 0
    assert client.get("/search.json?q=xylophone").json == []


def test_an_export_is_a_file(client: FlaskClient) -> None:
    assert client.get("/search.csv").headers["Content-Disposition"] == 'attachment; filename="articles.csv"'


def test_an_export_of_mentions_has_a_row_for_each(client: FlaskClient) -> None:
    query = "amount=>1bn&beside=S-400"
    assert [row["text"] for row in rows(client, f"/mentions.csv?{query}")] == ["$2.5 billion"] * 2
    assert [row["amount"] for row in client.get(f"/mentions.json?{query}").json] == [2_500_000_000] * 2
    assert client.get("/mentions.csv").headers["Content-Disposition"] == 'attachment; filename="mentions.csv"'
    assert client.get("/mentions.json?q=xylophone").json == []


@pytest.mark.parametrize(("query", "status"), [("kind=ships", 400), ("beside=nobody", 404), ("queery=x", 400)])
def test_an_export_of_mentions_refuses_what_it_cannot_read(client: FlaskClient, query: str, status: int) -> None:
    assert client.get(f"/mentions.csv?{query}").status_code == status


def test_a_search_without_results_offers_no_graph_and_no_files(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=nothinglikethis")
    assert "Follow this search" in page
    assert "/graph" not in page
    assert "Export all results" not in page
    assert "/graph?q=S-400" in page_of(client, "/search?q=S-400")


def test_a_sentence_that_is_cut_ends_with_an_ellipsis(client: FlaskClient) -> None:
    page = page_of(client, "/search?q=Patriot+withdrawal")
    assert "second batch of the … <a" in page
    whole = re.findall(r'<p class="passage" dir="auto">(.*?) <a class="to"', page)
    assert len([text for text in whole if text.endswith("…")]) == 1


def test_the_first_step_is_said_once(empty_client: FlaskClient) -> None:
    page = page_of(empty_client, "/")
    assert "There is no index in" in page
    assert page.count("search-cli index") == 1
    assert "search-cli serve" not in page


@pytest.mark.parametrize(
    ("q", "is_offered"),
    [
        ("Patriot+withdrawal", True),
        ("erdogan+putin", True),
        ("Demir+-Putin", False),
        ("person:%22Nobody+Atall%22", False),
        ("nothing+likethis", False),
    ],
)
def test_any_word_is_offered_where_it_finds_more(client: FlaskClient, q: str, is_offered: bool) -> None:
    assert ("any word instead" in page_of(client, f"/search?q={q}")) == is_offered
    shown, others = (client.get(f"/api/v1/search?q={q}&words={words}").json["total"] for words in ("all", "any"))
    assert (others > shown) == is_offered


def test_a_word_that_finds_nothing_is_an_entity_and_not_also_one(client: FlaskClient) -> None:
    assert "“<bdi>Эрдоган</bdi>” is</span>" in page_of(client, "/search?q=Эрдоган")
    assert "“<bdi>Patriot</bdi>” is also</span>" in page_of(client, "/search?q=Patriot")
