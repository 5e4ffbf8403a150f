import re
from html import unescape

from flask.testing import FlaskClient

from index.settings import Settings
from search.archive import open_archive


def page_of(client: FlaskClient, address: str) -> str:
    return unescape(client.get(address).get_data(as_text=True))


def test_often_with_says_how_many_articles_name_both_and_how_much_that_is(
    client: FlaskClient, seed_settings: Settings
) -> None:
    page = page_of(client, "/entity/hulusi-akar")
    shown = {
        name: (int(count), float(lift.rstrip("×").removeprefix(" · ") or 0))
        for name, count, lift in re.findall(r'<bdi>([^<]+)</bdi></a> <span class="n">(\d+)( · [\d.]+×|)</span>', page)
    }
    with open_archive(seed_settings) as archive, archive.view() as view:
        companions = view.service.companions("hulusi-akar", limit=1000)
    expected = {other.entity.name: (other.documents, round(other.lift, 1)) for other in companions}
    assert shown
    assert {name: expected[name] for name, (count, _) in shown.items() if count > 1} == {
        name: values for name, values in shown.items() if values[0] > 1
    }


def test_often_with_leads_to_the_articles_of_both_and_to_the_page_of_the_other(client: FlaskClient) -> None:
    page = page_of(client, "/entity/hulusi-akar")
    both = "/search?person=hulusi-akar&person=recep-tayyip-erdogan&person.op=all"
    assert f'<a href="{both}"><bdi>Recep Tayyip Erdoğan</bdi></a> <span class="n">2' in page
    assert '<a class="about" href="/entity/recep-tayyip-erdogan">' in page
    assert "2 articles that name Hulusi Akar and Recep Tayyip Erdoğan" in re.sub("<[^>]+>", "", page_of(client, both))


def test_all_who_are_with_an_entity_are_one_link_away(client: FlaskClient) -> None:
    page = page_of(client, "/entity/hulusi-akar")
    assert 'href="/facet/person?person=hulusi-akar&person.op=all">All people' in page
    assert 'href="/facet/system?person=hulusi-akar">All systems' in page


def test_both_kinds_of_dates_have_a_timeline(awkward_client: FlaskClient) -> None:
    page = page_of(awkward_client, "/entity/porqua-pirquaou")
    labels = re.findall(r'<section class="time" aria-label="([^"]+)">', page)
    assert labels == ["Published", "Years mentioned in these articles"]
    charts = page.split('<section class="time"')[1:]
    assert "published_year=" in charts[0]
    assert "&year=" in charts[1]
