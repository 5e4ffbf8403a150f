"""The article page: the way back leads to the very search that led to it, and nowhere else."""

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

_SEARCHES = (
    "/search?q=Patriot+withdrawal",
    "/search?q=Patriot&person=ismail-demir&person=vladimir-putin&person=-ilhan-omar&sort=oldest",
    "/search?q=S-400&person=ismail-demir&person=recep-tayyip-erdogan&person.op=all",
    "/search?q=missile+deal&from=2017&to=2020-06&words=any&exact=yes",
    "/search?system=s-400&axis=published&undated=yes",
    "/search?cur=USD&amount=1bn..+USD",
    "/search?page=2&size=2",
)


def back_link(page: str) -> str:
    found = re.search(r'<nav class="back"[^>]*>\s*<a href="([^"]*)">', page)
    return unescape(found[1]) if found else ""


def neighbour_link(page: str, rel: str) -> str:
    found = re.search(rf'<a rel="{rel}" href="([^"]*)">', page)
    return unescape(found[1]) if found else ""


def links_of_hits(page: str) -> list[str]:
    hits = page[page.index('<ol class="hits"') :]
    return [unescape(link) for link in re.findall(r'href="(/article/[^"#]*)', hits)]


@pytest.fixture
def article_id(client: FlaskClient) -> str:
    found: str = client.get("/api/v1/search?q=Patriot+withdrawal").json["hits"][0]["id"]
    return found


@pytest.mark.parametrize("search", _SEARCHES)
def test_every_link_to_an_article_brings_the_whole_search_along_and_back(client: FlaskClient, search: str) -> None:
    links = links_of_hits(client.get(search).get_data(as_text=True))
    assert links
    assert {back_link(client.get(link).get_data(as_text=True)) for link in links} == {search}


def test_an_article_that_no_search_led_to_has_no_way_back(client: FlaskClient, article_id: str) -> None:
    assert back_link(client.get(f"/article/{article_id}").get_data(as_text=True)) == ""


@pytest.mark.parametrize(
    "parameters",
    [
        {"q": "//evil.example/"},
        {"q": "deal", "back": "https://evil.example/", "next": "//evil.example"},
        {"person": "https://evil.example/"},
        {"sort": "https://evil.example/", "q": "javascript:alert(1)"},
        {"q": '"><script>alert(1)</script>'},
    ],
)
def test_the_way_back_is_a_search_of_this_site_whatever_the_address_says(
    client: FlaskClient, article_id: str, parameters: dict[str, str]
) -> None:
    page = client.get(f"/article/{article_id}", query_string=parameters).get_data(as_text=True)
    assert re.fullmatch(r"/search\?(q|person)=[\w%.+-]*", back_link(page))
    assert "<script>alert" not in page


def test_the_beginning_of_an_id_keeps_the_search(client: FlaskClient, article_id: str) -> None:
    answer = client.get(f"/article/{article_id[:10]}?q=deal&sort=newest&unknown=1")
    assert answer.headers["Location"] == f"/article/{article_id}?q=deal&sort=newest"


def test_a_search_with_a_mistake_in_it_leads_back_to_what_could_be_read(client: FlaskClient, article_id: str) -> None:
    page = client.get(f"/article/{article_id}?q=deal&page=nine&from=soon").get_data(as_text=True)
    assert back_link(page) == "/search?q=deal"


def test_only_words_are_sent_to_the_json_of_an_article(client: FlaskClient, article_id: str) -> None:
    page = client.get(f"/article/{article_id}?q=deal&sort=newest").get_data(as_text=True)
    assert f'href="/api/v1/articles/{article_id}?q=deal"' in page


@pytest.mark.parametrize(
    "search", ["/search?q=S-400", "/search?q=S-400&size=2", "/search?q=deal&words=any&sort=oldest"]
)
def test_the_hits_can_be_read_one_after_another_over_all_pages(client: FlaskClient, search: str) -> None:
    answer = client.get("/api/v1" + search.replace("&size=2", "")).json
    wanted = [hit["id"] for hit in answer["hits"]]
    assert len(wanted) > 2
    link = links_of_hits(client.get(search).get_data(as_text=True))[0]
    seen, backwards = [], ""
    while link:
        page = client.get(link).get_data(as_text=True)
        seen.append(re.sub(r"[/?].*", "", link.removeprefix("/article/")))
        assert f"<span>{len(seen)} of {len(wanted)}</span>" in page
        assert neighbour_link(page, "prev") == backwards
        backwards, link = link, neighbour_link(page, "next")
    assert seen == wanted


def test_an_article_that_its_search_does_not_find_has_no_neighbours(client: FlaskClient, article_id: str) -> None:
    page = client.get(f"/article/{article_id}?q=nowhere").get_data(as_text=True)
    assert neighbour_link(page, "next") + neighbour_link(page, "prev") == ""


@pytest.mark.parametrize(
    ("form", "mimetype", "begins"),
    [
        ("bibtex", "application/x-bibtex", "@article{"),
        ("ris", "application/x-research-info-systems", "TY  - NEWS\r\n"),
        ("csl", "application/vnd.citationstyles.csl+json", "[\n"),
    ],
)
def test_an_article_is_cited_in_the_formats_of_programs(
    client: FlaskClient, form: str, mimetype: str, begins: str
) -> None:
    hit = client.get("/api/v1/search?q=Patriot&size=1").json["hits"][0]
    page = unescape(client.get(f"/article/{hit['id']}").get_data(as_text=True))
    found = re.search(rf'href="(/cite/{form}/[^"]+)"', page)
    assert found is not None
    answer = client.get(found[1])
    assert answer.mimetype == mimetype
    assert answer.get_data(as_text=True).startswith(begins)
    assert f"“{hit['title']}”." in page[page.index('id="cite"') :]


def test_unknown_formats_and_articles_are_not_found(client: FlaskClient) -> None:
    assert client.get("/cite/word/000").status_code == 404
    assert client.get("/cite/ris/nothing-like-this").status_code == 404


def bar_of(client: FlaskClient, address: str) -> tuple[str, dict[str, str]]:
    """The text of the bar and its links by their words."""
    page = unescape(client.get(address).get_data(as_text=True))
    bar = page[page.index('class="steps-bar"') : page.index("</nav>", page.index('class="steps-bar"'))]
    links = re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', bar)
    text = " ".join(re.sub(r"<[^>]+>", "", bar.partition(">")[2]).split())
    return text, {re.sub(r"<span.*?</span>|[‹›]", "", words).strip(): url for url, words in links}


@pytest.mark.parametrize("start", ["?q=S-400", "?q=missile&person=ismail-demir", "?name=s-400", "?q=x&name=s-400"])
def test_the_bar_leads_to_every_place_in_order_and_back(client: FlaskClient, start: str) -> None:
    hit = client.get("/api/v1/search?q=Patriot+withdrawal&size=1").json["hits"][0]
    text, links = bar_of(client, f"/article/{hit['id']}{start}")
    total = int(re.findall(r"(\d+) (?:match|mention)", text)[0])
    anchors, words = [], "First"
    while words in links:
        address = links[words]
        anchors.append(address.partition("#")[2])
        page = client.get(address).get_data(as_text=True)
        assert f'id="{anchors[-1]}"' in page
        text, links = bar_of(client, address)
        assert f"{len(anchors)} of {total}" in text
        words = "Next"
    assert len(anchors) == len(set(anchors)) == total
    assert total > 1
    assert links["Previous"].endswith(f"#{anchors[-2]}")
    assert sorted(anchors, key=lambda anchor: int(anchor[2:])) == anchors


@pytest.mark.parametrize("rest", ["at=999", "at=x", "at=-1", "at=1" + "0" * 40, "names=some", "name=" + "x" * 3000])
def test_odd_places_are_an_ordinary_article(client: FlaskClient, rest: str) -> None:
    hit = client.get("/api/v1/search?q=Patriot+withdrawal&size=1").json["hits"][0]
    assert client.get(f"/article/{hit['id']}?q=Patriot&{rest}").status_code == 200


def test_a_chosen_name_is_marked_and_can_be_closed(client: FlaskClient) -> None:
    hit = client.get("/api/v1/search?q=Patriot+withdrawal&size=1").json["hits"][0]
    page = unescape(client.get(f"/article/{hit['id']}?q=Patriot").get_data(as_text=True))
    found = re.search(r'href="([^"]*name=s-400[^"]*)"', page)
    assert found is not None
    page = client.get(found[1]).get_data(as_text=True)
    assert page.count('class="e systems on"') == len(
        re.findall(r'class="e systems[^"]*" id="[^"]+" href="#c-s-400"', page)
    )
    assert bar_of(client, found[1])[1]["Close"] == f"/article/{hit['id']}?q=Patriot"


@pytest.mark.parametrize("names", ["all", "matched", "off"])
def test_names_can_be_marked_all_some_or_not_at_all(client: FlaskClient, names: str) -> None:
    hit = client.get("/api/v1/search?q=Patriot+withdrawal&size=1").json["hits"][0]
    page = client.get(f"/article/{hit['id']}?system=s-400&names={names}").get_data(as_text=True)
    assert f'class="body names-{names}"' in page
    assert ('class="legend"' in page) == (names != "off")
    assert 'class="e systems on"' in page
