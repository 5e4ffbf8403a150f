"""The queue of possible duplicates, and the mentions of an article, while editing is switched on."""

import re

import pytest

from tests.support.editing import EditingSite, form_of


def test_a_pair_is_merged_and_the_next_one_is_shown(site: EditingSite) -> None:
    text = site.open("/suggestions")
    assert "<h1>3 possible duplicates</h1>" in text
    assert "person · fair ·" in text
    assert "search-cli entities accept" not in text
    answer = site.send("/suggestions", action="same")
    assert answer.headers["Location"] == "/suggestions?done=1-1#suggestion-2"
    text = site.open("/suggestions?done=1-1")
    assert "<h1>2 possible duplicates</h1>" in text
    assert "merged “Angela Merkl” into “Angela Merkel”".lower() in text.lower()
    assert site.entity("angela-merkel") == ("Angela Merkel", "people", 1, 2)


def test_a_pair_is_kept_apart_and_back_again_without_leaving(site: EditingSite) -> None:
    answer = site.send("/suggestions?kind=people", action="apart")
    assert answer.headers["Location"] == "/suggestions?kind=people&done=1-1#suggestion-2"
    text = site.open("/suggestions?kind=people&done=1-1")
    assert "<h1>2 possible duplicates</h1>" in text
    undone = site.client.post("/undo", data=form_of(text, "/undo")).headers["Location"]
    assert undone == "/suggestions?kind=people&undone=1-1"
    assert "<h1>3 possible duplicates</h1>" in site.open(undone)


def test_a_pair_of_which_one_changed_is_refused(site: EditingSite) -> None:
    text = site.open("/suggestions")
    site.decide("/entity/angela-merkl/rename?name=Somebody")
    answer = site.client.post("/decide", data={**form_of(text), "action": "same"})
    assert answer.status_code == 409
    assert "renamed" in answer.get_data(as_text=True)


def wrong_pages(site: EditingSite, words: str) -> dict[str, str]:
    """The pages where to say that a mention is wrong, by the mention, from the article that words find."""
    hit = site.client.get("/api/v1/search", query_string={"q": words}).json["hits"][0]["id"]
    text = site.open(f"/article/{hit}")
    found = re.findall(r'href="(/mention[^"]*)">Wrong\?<span class="unseen"> ([^<]*)<', text)
    return {name: address.replace("&amp;", "&") for address, name in found}


def test_a_mention_leads_to_what_it_may_be_instead(site: EditingSite) -> None:
    address = wrong_pages(site, "Kiel Institute")["Hasan Demir"]
    text = site.open(f"{address}&q=ismail").replace("&amp;", "&")
    assert "<mark>Hasan Demir</mark>" in text
    links = {name: url for url, name in re.findall(r'<li><a href="([^"]*)">(?:<bdi>)?([^<]*)', text)}
    assert {"It is not this person", "It is not a name", "İsmail Demir", "It is one of the places"} <= set(links)
    site.decide(links["İsmail Demir"])
    assert (site.entity("hasan-demir")[2:], site.entity("ismail-demir")[2:]) == ((2, 3), (2, 4))


def test_the_only_mention_of_an_entity_changes_the_whole_entity(site: EditingSite) -> None:
    text = site.open(wrong_pages(site, "Kiel Institute")["Kiel Institute"])
    assert "In this article alone" not in text
    assert 'href="/entity/kiel-institute/reject"' in text


def test_values_cannot_be_corrected(site: EditingSite) -> None:
    assert not [name for name in wrong_pages(site, "paid") if "million" in name]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("q=hasan", 1),
        ("q=angel", 1),
        ("q=nobody", 0),
        ("strength=fair", 1),
        ("strength=weak", 2),
        ("strength=strong", 0),
        ("strength=nonsense", 3),
        ("q=demir&strength=fair", 0),
        ("q=demir&kind=people", 2),
        ("q=demir&kind=places", 0),
    ],
)
def test_the_queue_is_searched_by_name_kind_and_strength(site: EditingSite, query: str, count: int) -> None:
    text = site.open(f"/suggestions?{query}")
    heading = {0: "Possible duplicates", 1: "1 possible duplicate"}.get(count, f"{count} possible duplicates")
    assert f"<h1>{heading}</h1>" in text
    assert text.count('class="pair"') == count


def test_the_next_pair_is_one_of_those_that_were_searched_for(site: EditingSite) -> None:
    answer = site.send("/suggestions?q=demir&strength=weak", action="apart")
    assert answer.headers["Location"] == "/suggestions?q=demir&strength=weak&done=1-1#suggestion-3"
