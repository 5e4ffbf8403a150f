"""Decisions on pages: each form from its preview to the entity afterwards and back."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from index.archive import Archive
from index.deciding import Decider
from index.errors import DecisionError
from index.identity.decisions import KeepApart, Merge, Rename
from index.settings import Settings
from tests.support.editing import EditingSite, editing_app, form_of
from web.addresses.urls import decide_url
from web.app import create_app

DEMIR, HASAN = ("İsmail Demir", "people", 2, 3), ("Hasan Demir", "people", 3, 4)


def rows(text: str) -> list[str]:
    """The rows of the preview, as text: what is, and what would be."""
    found = re.findall(r"<tr.*?</tr>", text.partition("<tbody>")[2].partition("</tbody>")[0], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]*>", " ", row).split()) for row in found]


def done(text: str) -> str:
    """The notice at the top of a page."""
    return re.sub(r"<[^>]*>", "", text.partition('<section class="done"')[2].partition("</p>")[0].partition("<p>")[2])


def test_an_entity_offers_all_corrections(site: EditingSite) -> None:
    text = site.open("/entity/ismail-demir").partition('<nav class="decide"')[2].partition("</nav>")[0]
    found = re.findall(r'href="/entity/ismail-demir/(\w+)"', text)
    assert found == [
        "rename",
        "kind",
        "same",
        "split",
        "apart",
        "reject",
    ]


def test_renaming(site: EditingSite) -> None:
    address = "/entity/ismail-demir/rename?name=I.+Demir"
    assert rows(site.open(address)) == ["now İsmail Demir then I. Demir person 2 3"]
    text = site.decide(address)
    assert done(text) == "Renamed “İsmail Demir” to “I. Demir”."
    assert '<h1 dir="auto">I. Demir</h1>' in text
    assert done(site.undo(text)) == "Undone: renamed “İsmail Demir” to “I. Demir”."
    assert site.entity("ismail-demir") == DEMIR


def test_changing_the_kind(site: EditingSite) -> None:
    address = "/entity/acme-corporation/kind?kind=places"
    assert rows(site.open(address)) == ["Acme Corporation now organization then place 1 1"]
    text = site.decide(address)
    assert site.entity("acme-corporation") == ("Acme Corporation", "places", 1, 1)
    assert site.client.get("/api/v1/search?place=acme-corporation").json["total"] == 1
    site.undo(text)
    assert site.entity("acme-corporation") == ("Acme Corporation", "organizations", 1, 1)


def test_a_preview_shows_what_else_changes(site: EditingSite) -> None:
    # Without the minister, a single "Demir" is left for the surname alone.
    address = "/entity/ismail-demir/kind?kind=organizations"
    assert rows(site.open(address))[1:] == ["Demir gone person 1 2", "Hasan Demir person now 3 then 4 now 4 then 6"]
    site.decide(address)
    assert site.entity("hasan-demir")[2:] == (4, 6)


def test_rejecting_leads_to_the_decisions_and_back(site: EditingSite) -> None:
    address = "/entity/kiel-institute/reject"
    assert rows(site.open(address)) == ["Kiel Institute gone organization 1 1"]
    text = site.decide(address)
    assert "<h1>Decisions</h1>" in text
    assert site.client.get("/entity/kiel-institute").status_code == 404
    assert "Undone: rejected “Kiel Institute”" in site.undo(text)
    assert site.entity("kiel-institute") == ("Kiel Institute", "organizations", 1, 1)


def test_what_is_the_same_is_found_by_any_alias_and_shown_with_both_sides(site: EditingSite) -> None:
    found = site.open("/entity/ismail-demir/same?q=hasan")
    assert 'Hasan Demir</bdi></a> <span class="n">person · 3 articles' in found
    address = "/entity/ismail-demir/same?other=hasan-demir"
    text = site.open(address)
    assert "person · 2 articles · 3 mentions" in text
    assert "person · 3 articles · 4 mentions" in text
    assert "<mark>Hasan Demir</mark>" in text
    assert "<mark>İsmail Demir</mark>" in text
    assert rows(text) == ["İsmail Demir gone person 2 3", "Hasan Demir person now 3 then 4 now 4 then 7"]
    assert "Keep the name “İsmail Demir” instead" in text


def test_merging_in_both_directions(site: EditingSite) -> None:
    text = site.decide("/entity/ismail-demir/same?other=hasan-demir")
    assert '<h1 dir="auto">Hasan Demir</h1>' in text
    assert site.entity("hasan-demir") == ("Hasan Demir", "people", 4, 7)
    assert site.client.get("/entity/ismail-demir").headers["Location"] == "/entity/hasan-demir"
    assert site.client.get("/search?person=ismail-demir").headers["Location"] == "/search?person=hasan-demir"
    site.undo(text)
    assert (site.entity("ismail-demir"), site.entity("hasan-demir")) == (DEMIR, HASAN)
    text = site.decide("/entity/ismail-demir/same?other=hasan-demir&keep=this")
    assert '<h1 dir="auto">İsmail Demir</h1>' in text
    assert site.entity("hasan-demir") == ("İsmail Demir", "people", 4, 7)


def test_keeping_apart(site: EditingSite) -> None:
    text = site.decide("/entity/demir/apart?other=hasan-demir")
    assert done(text) == "Kept “Demir” apart from “Hasan Demir”."
    assert "No name and no count changes" in site.open("/entity/demir/apart?other=angela-merkel")
    refused = site.open("/entity/demir/same?other=hasan-demir")
    assert "Decision 1 kept “Demir” apart from “Hasan Demir”" in refused
    assert "What changes" not in refused


def test_splitting_a_written_form_off(site: EditingSite) -> None:
    text = site.open("/entity/mevlut-cavusoglu/split")
    forms = re.findall(r'name="form" value="([^"]*)"', text)
    assert {"Mevlut Cavusglu", "Cavusglu"} <= set(forms)
    address = "/entity/mevlut-cavusoglu/split?form=Mevlut+Cavusglu&form=Cavusglu"
    assert rows(site.open(address))[0].startswith("Mevlüt Çavuşoğlu person now 2 then 1 now 4 then 2")
    after = site.decide(address)
    assert site.entity("mevlut-cavusoglu")[2:] == (1, 2)
    (new,) = site.client.get("/api/v1/entities?kind=people&prefix=Cavusglu").json["entities"]
    assert (new["documents"], new["mentions"]) == (1, 2)
    site.undo(after)
    assert site.entity("mevlut-cavusoglu") == ("Mevlüt Çavuşoğlu", "people", 2, 4)


def article_with(site: EditingSite, words: str) -> str:
    return site.client.get("/api/v1/search", query_string={"q": words}).json["hits"][0]["id"]


@pytest.mark.parametrize(
    ("then", "expected"),
    [
        ("", ("Hasan Demir", "people", 2, 3)),
        ("reject", ("Hasan Demir", "people", 2, 3)),
        ("organizations", ("Hasan Demir", "people", 2, 3)),
        ("=ismail-demir", ("Hasan Demir", "people", 2, 3)),
    ],
)
def test_splitting_the_mentions_of_one_article_off(
    site: EditingSite, then: str, expected: tuple[str, str, int, int]
) -> None:
    article = article_with(site, "Kiel Institute")
    text = site.open("/entity/hasan-demir/split").replace("&amp;", "&")
    value = next(found for found in re.findall(r'name="in" value="([^"]*)"', text) if article in found)
    address = decide_url("hasan-demir", "split", [("in", value), ("then", then)])
    after = site.decide(address)
    assert site.entity("hasan-demir") == expected
    others = site.client.get("/api/v1/search", query_string={"q": "Kiel"}).json["hits"][0]
    names = {entity["name"] for kind in ("people", "organizations") for entity in others[kind]}
    assert ("Hasan Demir" in names) is (then in ("", "organizations"))
    assert site.entity("ismail-demir")[2:] == ((2, 4) if then.startswith("=") else (2, 3))
    site.undo(after)
    assert (site.entity("ismail-demir"), site.entity("hasan-demir")) == (DEMIR, HASAN)


def test_what_was_ticked_on_another_page_of_articles_is_kept(site: EditingSite) -> None:
    text = site.open("/entity/hasan-demir/split?in=article%3Dsomewhere%26name%3DHasan")
    assert '<input type="hidden" name="in" value="article=somewhere&amp;name=Hasan">' in text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/entity/demir/same?other=demir", "cannot be merged into itself"),
        ("/entity/demir/same?other=nobody", "No entity has the id"),
        ("/entity/demir/split?form=Demir", "is the only name"),
        ("/entity/demir/rename?name=" + "x" * 201, "at most 200 characters"),
    ],
)
def test_what_would_be_refused_says_so_before_it_is_done(site: EditingSite, address: str, words: str) -> None:
    text = site.open(address)
    assert words in text.partition('role="alert">')[2].partition("</p>")[0]
    assert 'action="/decide"' not in text


@pytest.mark.parametrize("address", ["/entity/demir/rename?name=Demir", "/entity/demir/kind?kind=people"])
def test_what_is_so_already_has_no_button(site: EditingSite, address: str) -> None:
    text = site.open(address)
    assert "Nothing would change" in text
    assert 'action="/decide"' not in text


def test_the_second_of_two_editors_is_told_and_can_go_on(site: EditingSite, settings: Settings) -> None:
    address = "/entity/ismail-demir/rename?name=The+Minister"
    text = site.open(address)
    Decider(settings).decide(Merge("demir", "ismail-demir"), decided_by="ben")
    again = site.send(address)
    assert again.status_code == 303
    site.undo(site.open(again.headers["Location"]))
    refused = _send_seen(site, text)
    page = refused.get_data(as_text=True)
    assert refused.status_code == 409
    assert "was merged into it by decision 1" in page.replace("&#39;", "'")
    assert f'href="{address}"' in page
    assert site.entity("ismail-demir")[0] == "İsmail Demir"
    assert '<h1 dir="auto">The Minister</h1>' in site.decide(address)


def _send_seen(site: EditingSite, text: str):  # type: ignore[no-untyped-def] # the answer of a test client

    return site.client.post("/decide", data=form_of(text))


def test_two_who_decide_at_once_wait_for_one_another_or_are_told(site: EditingSite) -> None:
    changes = site.client.application.extensions["dossier_editing"]
    address = "/entity/demir/rename?name=X"
    site.open(address)
    for _ in range(3):
        assert changes.turns.acquire(blocking=False)
    answer = site.send(address)
    assert answer.status_code == 503
    assert "Try again" in answer.get_data(as_text=True)
    for _ in range(3):
        changes.turns.release()
    assert site.send(address).status_code == 303


def test_readers_do_not_wait_while_another_program_writes_and_editors_are_told(settings: Settings) -> None:
    impatient = replace(settings, lock_seconds=0.1)
    site = EditingSite(editing_app(impatient).test_client())
    text = site.open("/entity/demir/rename?name=X")
    archive = Archive(settings)
    with archive.write_lock(), archive.open_catalog() as catalog, catalog.transaction():
        for path in ("/", "/search?q=Demir", "/entity/demir", "/suggestions", "/decisions", "/api/v1/entities/demir"):
            site.open(path)
        refused = site.client.post("/decide", data=form_of(text))
        assert "is being written to" in site.open("/entity/demir/rename?name=Y")
    assert refused.status_code == 503
    assert "Nothing was changed." in refused.get_data(as_text=True)
    assert site.client.post("/decide", data=form_of(text)).status_code == 303


def test_a_merged_id_leads_to_the_form_of_the_current_one(site: EditingSite) -> None:
    site.decide("/entity/ismail-demir/same?other=hasan-demir")
    answer = site.client.get("/entity/ismail-demir/rename?name=X")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/entity/hasan-demir/rename?name=X")


@pytest.mark.parametrize(
    "address", ["/entity/nobody/rename", "/entity/demir/explode", "/mention?article=news/a.txt&at=1"]
)
def test_what_is_not_there_is_not_found(site: EditingSite, address: str) -> None:
    assert site.client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("back", "location"),
    [
        ("/suggestions?kind=people#suggestion-2", "/suggestions?kind=people&done=1-1#suggestion-2"),
        ("/entity/demir", "/entity/demir?done=1-1"),
        ("https://evil.example/", "/?done=1-1"),
        ("//evil.example/", "/?done=1-1"),
        ("/\\evil.example/", "/?done=1-1"),
        ("/ok\r\nX: y", "/?done=1-1"),
    ],
)
def test_an_answer_leads_only_to_pages_of_this_site(site: EditingSite, back: str, location: str) -> None:
    assert site.send("/entity/demir/rename?name=X", back=back).headers["Location"] == location


def test_the_history_lists_and_undoes_any_decision(site: EditingSite, settings: Settings) -> None:
    decider = Decider(settings)
    decider.decide(Rename("demir", "First"), decided_by="ben")
    decider.decide(KeepApart("demir", "hasan-demir"), decided_by="ben")
    text = site.open("/decisions")
    assert re.findall(r"<bdi>(Renamed|Kept)", text) == ["Kept", "Renamed"]
    assert text.count(", ben") == 2
    answer = site.send("/decisions", "/undo", at=1)
    text = site.open(answer.headers["Location"])
    assert done(text) == "Undone: renamed “Demir” to “First”."
    assert text.count('class="undone"') == 1
    assert "undone 20" in text
    assert site.entity("demir")[0] == "Demir"


def test_the_history_can_be_read_while_editing_is_switched_off(site: EditingSite, settings: Settings) -> None:

    site.decide("/entity/demir/rename?name=X")
    text = create_app(settings).test_client().get("/decisions").get_data(as_text=True)
    assert "Renamed “Demir” to “X”." in text
    assert "<button>Undo" not in text


def test_an_entity_says_what_was_decided_about_it(site: EditingSite) -> None:
    text = site.decide("/entity/demir/rename?name=X")
    assert "<bdi>Renamed “Demir” to “X”.</bdi>" in text
    assert "<bdi>Renamed “Demir”" not in site.undo(text)


def test_readers_see_what_was_decided_and_by_whom_without_buttons(site: EditingSite, settings: Settings) -> None:
    site.decide("/entity/demir/rename?name=X")
    site.decide("/entity/demir/apart?other=hasan-demir")
    reading = create_app(settings).test_client()
    today = datetime.now(UTC).date().isoformat()
    for name, told in (
        ("demir", ["Kept “X” apart from “Hasan Demir”.", "Renamed “Demir” to “X”."]),
        ("hasan-demir", ["Kept “X” apart from “Hasan Demir”."]),
        ("angela-merkel", []),
    ):
        text = reading.get(f"/entity/{name}").get_data(as_text=True)
        rows = re.findall(r"<li><bdi>([^<]*)</bdi> <span class=\"n\">([^<]*)</span></li>", text)
        assert [row for row in rows if row[0].endswith(".")] == [(each, f"{today}, ana") for each in told]
        assert '<form method="post"' not in text
        answer = reading.get(f"/api/v1/entities/{name}").json["entity"]["decisions"]
        assert [f"{one['text'][:1].upper()}{one['text'][1:]}." for one in answer] == told
        assert {one["decided_by"] for one in answer} <= {"ana"}


def test_names_with_markup_stay_text(site: EditingSite) -> None:
    text = site.decide("/entity/demir/rename?name=%3Cb%3EX%3C/b%3E")
    assert "<b>X" not in text
    assert "&lt;b&gt;X" in text


def test_undoing_twice_is_harmless(site: EditingSite, settings: Settings) -> None:
    text = site.decide("/entity/demir/rename?name=X")
    site.undo(text)
    assert "Undone" in site.undo(text)
    with pytest.raises(DecisionError):
        Decider(settings).undo(99)
