"""The way from a mention in an article to what it is instead."""

import html
import re

import pytest

from tests.support.editing import EditingSite

HASAN = ("Hasan Demir", "people", 3, 4)


def links(text: str) -> dict[str, str]:
    """The links of a page by their text; of several, the first."""
    found = re.findall(r'<a href="([^"]+)"[^>]*>(?:<bdi>)?([^<]+)', text)[::-1]
    return {html.unescape(name): html.unescape(address) for address, name in found}


def names_in(site: EditingSite, q: str) -> set[tuple[str, str]]:
    hit = site.client.get("/api/v1/search", query_string={"q": q}).json["hits"][0]
    kinds = ("people", "organizations", "places", "systems")
    return {(entity["name"], kind) for kind in kinds for entity in hit[kind]}


def mention_page(site: EditingSite, q: str, name: str, more: str = "") -> str:
    """The page of the first mention of a name in the article that has a word, opened from the article."""
    hit = site.client.get("/api/v1/search", query_string={"q": q}).json["hits"][0]
    article = site.open(f"/article/{hit['id']}")
    found = re.search(rf'<a href="(/mention\?[^"]+)">Wrong\?<span class="unseen"> {name}</span>', article)
    assert found is not None
    return site.open(html.unescape(found[1]) + more)


@pytest.mark.parametrize(
    ("choice", "more", "there"),
    [
        ("It is not this person", "", ("Hasan Demir", "people")),
        ("It is one of the organizations", "", ("Hasan Demir", "organizations")),
        ("It is one of the systems", "", ("Hasan Demir", "systems")),
        ("It is not a name", "", None),
        ("İsmail Demir", "&q=ismail", ("İsmail Demir", "people")),
    ],
)
def test_a_wrong_mention_is_mended_in_this_article_alone(
    site: EditingSite, choice: str, more: str, there: tuple[str, str] | None
) -> None:
    assert site.entity("hasan-demir") == HASAN
    after = site.decide(links(mention_page(site, "Kiel", "Hasan Demir", more))[choice])
    assert site.entity("hasan-demir") == ("Hasan Demir", "people", 2, 3)
    found = {named for named in names_in(site, "Kiel") if "Demir" in named[0]}
    assert found == {("İsmail Demir", "people"), *([there] if there else [])}
    site.undo(after)
    assert site.entity("hasan-demir") == HASAN


@pytest.mark.parametrize(
    ("choice", "more", "there"),
    [
        ("It is one of the people", "", ("Acme Corporation", "people")),
        ("It is not a name", "", None),
        ("Kiel Institute", "&q=kiel", ("Kiel Institute", "organizations")),
    ],
)
def test_the_only_mention_of_a_name_is_mended_everywhere(
    site: EditingSite, choice: str, more: str, there: tuple[str, str] | None
) -> None:
    text = mention_page(site, "Acme", "Acme Corporation", more)
    assert "In this article alone" not in text
    site.decide(links(text)[choice])
    found = {named for named in names_in(site, "Acme") if "Acme" in named[0] or "Kiel" in named[0]}
    assert found == ({there} if there else set())


def test_another_name_is_given_everywhere(site: EditingSite) -> None:
    address = links(mention_page(site, "Kiel", "Hasan Demir"))["It has another name"]
    site.decide(f"{address}?name=The+Minister")
    assert site.entity("hasan-demir")[0] == "The Minister"
