import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

from index.model import Kind
from index.settings import Settings
from search.archive import open_archive
from search.output.wording import interval_in_words
from search.request import MentionChoice, SearchRequest, Selection


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
    expected = {
        other.entity.name: (other.documents, 0 if 0.8 < other.lift < 1.25 else round(other.lift, 1))
        for other in companions
    }
    assert shown
    assert "three times as many as by chance" in page
    assert {name: expected[name] for name, (count, _) in shown.items() if count > 1} == {
        name: values for name, values in shown.items() if values[0] > 1
    }


def test_often_with_keeps_to_itself_what_is_as_by_chance(awkward_client: FlaskClient) -> None:
    page = page_of(awkward_client, "/entity/porqua-pirquaou")
    assert re.search(r'Tallow Exchange</bdi></a> <span class="n">16</span>', page), "in nearly all articles"
    assert re.search(r'Guild of Lamplighters</bdi></a> <span class="n">8 · 11\.3×</span>', page)
    assert "Number of articles with both; “3×”: three times as many as by chance." in page


def test_often_with_does_not_explain_what_it_does_not_show(awkward_client: FlaskClient) -> None:
    page = page_of(awkward_client, "/entity/tallow-exchange")
    assert '<p class="hint">Number of articles with both.</p>' in page
    assert not re.search(r'<span class="n">[\d,]+ · [\d.]+×', page)


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
    assert labels == ["Published", "Dates mentioned in these articles"]
    charts = page.split('<section class="time"')[1:]
    assert re.search(r"&period=\d{3}0s&axis=published", charts[0].replace("&amp;", "&"))
    assert re.search(r'&period=\d{3}0s"', charts[1].replace("&amp;", "&"))


def test_dates_beside_the_name_lead_to_their_sentences(client: FlaskClient, seed_settings: Settings) -> None:
    page = page_of(client, "/entity/s-400")
    part = page[page.index("Dates beside the name") : page.index('id="articles"')]
    rows = re.findall(r'<li><a href="(/article/[^#]+)#([^"]+)">([^<]+)</a> <span class="n">(\d+) article', part)
    with open_archive(seed_settings) as archive, archive.view() as view:
        request = SearchRequest(selections=(Selection("systems", ("s-400",)),), size=20)
        choice = MentionChoice((Kind.DATES,), beside=("s-400",))
        found = view.service.mention_page(request, choice).mentions
    articles: dict[str, set[str]] = {}
    for mention in found:
        if mention.interval is not None and mention.interval.is_resolved:
            articles.setdefault(interval_in_words(mention.interval), set()).add(mention.article)
    assert rows
    assert {text: int(count) for _, _, text, count in rows} == {text: len(ids) for text, ids in articles.items()}
    for url, anchor, _, _ in rows:
        sentence = page_of(client, url).partition(f'id="{anchor}"')[2].partition('id="s-')[0]
        assert "S-400" in sentence
        assert 'class="e dates"' in sentence


def test_its_articles_stand_in_both_orders(awkward_app: Flask) -> None:
    client = awkward_app.test_client()
    answers = {
        order: client.get(f"/api/v1/entities/tallow-exchange{order}").json["entity"]["articles"]
        for order in ("", "?order=mentions", "?order=newest")
    }
    days = [article["published"]["start"] for article in answers["?order=newest"]]
    assert days == sorted(days, reverse=True)
    assert len(days) == 20
    assert answers[""] == answers["?order=mentions"] != answers["?order=newest"]
    page = client.get("/entity/tallow-exchange?order=newest").get_data(as_text=True)
    places = [page.index(f'"/article/{article["id"]}') for article in answers["?order=newest"]]
    assert places == sorted(places)
    assert '<a href="/entity/tallow-exchange?order=newest#articles" aria-current="true">newest first</a>' in page
    assert client.get("/entity/tallow-exchange?order=zz").status_code == 200
    assert client.get("/api/v1/entities/tallow-exchange?order=zz").status_code == 400


def test_one_article_has_no_orders(awkward_app: Flask) -> None:
    page = awkward_app.test_client().get("/entity/hollow-pier-trust").get_data(as_text=True)
    assert "newest first" not in page
