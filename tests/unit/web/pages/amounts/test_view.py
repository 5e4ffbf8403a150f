import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient


def page_of(client: FlaskClient, address: str) -> str:
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200
    return unescape(answer.get_data(as_text=True))


def sums(page: str) -> list[str]:
    return re.findall(r'<span class="sum">([^<]+)</span>', page)


def heading(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", page[page.index("<h1>") : page.index("</h1>")]).split())


def test_a_sum_with_a_sign_of_its_currency_is_read_and_stands_in_the_field(client: FlaskClient) -> None:
    page = page_of(client, "/amounts?amount=%3E%242bn")
    assert "above $2bn" in heading(page)
    assert 'value=">$2bn"' in page
    assert "is not a range" not in page


def test_a_sum_that_cannot_be_read_stays_in_the_field_with_what_is_wrong(client: FlaskClient) -> None:
    page = page_of(client, "/amounts?q=S-400&min=much")
    assert "“much” is not an amount" in page
    assert 'name="min" value="much"' in page


def test_every_amount_stands_with_its_sentence_names_article_and_day(client: FlaskClient) -> None:
    page = page_of(client, "/amounts?q=batteries&by=newest")
    first = page[page.index("<tbody>") : page.index("</tr>", page.index("<tbody>"))]
    assert '<span class="sum">USD 2.5 billion</span>' in first
    assert "inked a <mark>$2.5 billion</mark> contract for the delivery of four" in first
    assert '<span class="nb">S-400</span> batteries' in first
    assert re.findall(r'<a class="k (\w+)" dir="auto" href="/entity/([^"]+)"', first) == [
        ("places", "russia"),
        ("places", "turkey"),
        ("systems", "s-400"),
    ]
    assert '<span class="day">25 September 2021</span>' in first
    assert "Sputnik International" in first
    assert re.search(r'href="/article/002-[^"]+\?q=batteries#s-9"', first)


@pytest.mark.parametrize(
    ("order", "shown"),
    [
        ("", ["USD 3.4 billion", "USD 3.4 billion", "USD 2.5 billion", "USD 2.5 billion", "USD 1.4 billion"]),
        ("smallest", ["USD 1.4 billion", "USD 2.5 billion", "USD 2.5 billion", "USD 3.4 billion", "USD 3.4 billion"]),
        ("nonsense", ["USD 3.4 billion", "USD 3.4 billion", "USD 2.5 billion", "USD 2.5 billion", "USD 1.4 billion"]),
    ],
)
def test_rows_are_ordered_by_amount(client: FlaskClient, order: str, shown: list[str]) -> None:
    page = page_of(client, f"/amounts?by={order}")
    assert sums(page) == shown
    assert f'aria-sort="{"ascending" if order == "smallest" else "descending"}"' in page


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/amounts", "How much: 5 amounts in USD in 5 articles"),
        ("/amounts?amount=%3E3bn", "How much: 2 amounts in USD in 2 articles with amounts above 3bn"),
        ("/amounts?q=batteries&person=hulusi-akar", "How much: 2 amounts in USD in 2 articles for batteries that name"
                                                     " Hulusi Akar"),
        ("/amounts?amount_size=USD:9", "How much: 5 amounts in USD in 5 articles with amounts of USD 1 billion to 10"
                                       " billion"),
        ("/amounts?in=EUR", "How much: 0 amounts in EUR in 5 articles"),
        ("/amounts?q=nothinglikethis", "How much: 0 amounts in 0 articles for nothinglikethis"),
    ],
)  # fmt: skip
def test_the_heading_says_how_many_of_what(client: FlaskClient, address: str, expected: str) -> None:
    assert heading(page_of(client, address)) == expected


def test_the_boxes_ask_in_the_currency_of_the_table(client: FlaskClient) -> None:
    answer = client.get("/amounts?q=S-400&in=USD&min=2bn&max=3bn")
    assert parse_qsl(urlsplit(answer.headers["Location"]).query) == [
        ("q", "S-400"),
        ("amount", "2bn..3bn USD"),
        ("in", "USD"),
    ]
    page = page_of(client, answer.headers["Location"])
    assert set(sums(page)) == {"USD 2.5 billion"}
    assert 'name="min" value="2bn"' in page
    assert 'name="max" value="3bn"' in page


@pytest.mark.parametrize("amount", ["zz..", "USD", "1bn..2bn..3bn"])
def test_a_range_that_cannot_be_read_is_said_beside_the_boxes(client: FlaskClient, amount: str) -> None:
    page = page_of(client, f"/amounts?amount={amount}")
    assert f"“{amount.rstrip('.')}” is not an amount" in page
    assert len(sums(page)) == 5


@pytest.mark.parametrize("rest", ["rows=99", "in=usd&rows=2", "page=7&size=50", "in=%3Cscript%3E"])
def test_odd_addresses_lead_to_the_table(client: FlaskClient, rest: str) -> None:
    assert len(sums(page_of(client, f"/amounts?{rest}"))) == 5


def test_a_bar_leads_to_the_articles_it_counts(awkward_client: FlaskClient) -> None:
    page = page_of(awkward_client, "/amounts?q=kelpmoth")
    links = re.findall(r'<a href="(/amounts[^"]+amount_size[^"]+)"><title>[^<]+: (\d+)</title>', page)
    given = [re.search(r"in (\d+) article", heading(page_of(awkward_client, url))) for url, _ in links]
    assert len(links) > 10
    assert [found and found[1] for found in given] == [count for _, count in links]


def test_pages_of_rows_hold_every_amount_once(awkward_client: FlaskClient) -> None:
    address = "/amounts?q=kelpmoth&in=EUR"
    first = page_of(awkward_client, address)
    total = re.search(r"(\d+) amounts in EUR", heading(first))
    assert total is not None
    pages = [page_of(awkward_client, f"{address}&rows={number}") for number in range(1, int(total[1]) // 50 + 2)]
    places = [place for page in pages for place in re.findall(r'class="to" lang="en" href="([^"]+)"', page)]
    assert len(places) == int(total[1])
    assert len(set(places)) == len(places)


def test_results_and_entities_lead_to_the_table(client: FlaskClient) -> None:
    assert 'href="/amounts?q=S-400&person=hulusi-akar"' in page_of(client, "/search?q=S-400&person=hulusi-akar")
    assert 'href="/amounts?person=hulusi-akar"' in page_of(client, "/entity/hulusi-akar")
