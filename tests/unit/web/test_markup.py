"""Every page of both archives as markup: what holds without a browser."""

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise, takewhile

import pytest
from flask import Flask

from tests.awkward.articles import CAPTION_PEOPLE, STORY_PEOPLE
from tests.support.html import Element, elements_of, names_of_controls, tab_stops
from tests.support.pages import PAGES, SitePage, resolved

_MOST_NODES = 900
_STORY, _CAPTION = list(STORY_PEOPLE), list(CAPTION_PEOPLE)


@pytest.fixture(scope="session")
def open_page(app: Flask, awkward_app: Flask) -> Callable[[SitePage], list[Element]]:
    def load(page: SitePage) -> list[Element]:
        client = {"seeds": app, "awkward": awkward_app}[page.site].test_client()
        answer = client.get(resolved(page.path, client), follow_redirects=True)
        return elements_of(answer.get_data(as_text=True))

    return load


@pytest.fixture(scope="session", params=PAGES, ids=str)
def elements(request: pytest.FixtureRequest, open_page: Callable[[SitePage], list[Element]]) -> list[Element]:
    return open_page(request.param)


@pytest.fixture
def awkward(open_page: Callable[[SitePage], list[Element]]) -> Callable[[str], list[Element]]:
    return lambda path: open_page(SitePage("awkward", path))


def test_the_first_heading_is_the_only_one_of_its_rank(elements: list[Element]) -> None:
    headings = [element.tag for element in elements if re.fullmatch("h[1-6]", element.tag)]
    assert headings[0] == "h1"
    assert headings.count("h1") == 1


def test_no_heading_skips_a_rank(elements: list[Element]) -> None:
    ranks = [int(element.tag[1]) for element in elements if re.fullmatch("h[1-6]", element.tag)]
    assert all(after <= before + 1 for before, after in pairwise(ranks)), ranks


def test_ids_are_unique_and_links_within_the_page_have_targets(elements: list[Element]) -> None:
    ids = Counter(element.get("id") for element in elements if element.get("id"))
    links = {element.get("href")[1:] for element in elements if element.get("href").startswith("#")}
    assert [name for name, count in ids.items() if count > 1] == []
    assert links - set(ids) == set()


def test_every_field_has_a_name(elements: list[Element]) -> None:
    assert [name for name, text in names_of_controls(elements).items() if not text.strip()] == []


def test_nothing_leads_out_of_the_site_but_sources(elements: list[Element]) -> None:
    links = {element.get("href") or element.get("src") for element in elements}
    assert [link for link in links if "//" in link.partition("?")[0] and "example.test" not in link
            and not link.startswith("data:") and "presstv" not in link] == []  # fmt: skip


def test_no_bar_leads_to_no_articles(elements: list[Element]) -> None:
    bars = [element.text for element in elements if element.tag == "title" and element.is_inside(_is_chart)]
    assert [text for text in bars if text.endswith(": 0")] == []


def test_what_an_article_says_is_no_markup(elements: list[Element]) -> None:
    scripts = [element for element in elements if element.tag in ("script", "img", "i", "b")]
    own = [element.get("src").rpartition("/")[2] for element in scripts]
    assert own[:1] == ["site.js"]
    assert own[1:] in ([], ["article.js"], ["settings.js"])
    assert {element.get("type") for element in scripts} == {"module"}


@pytest.mark.parametrize("path", ["/search?q=kelpmoth", "/search", "/search?q=kelpmoth&page=3"])
def test_the_first_hit_is_near_when_one_skips_to_the_results(
    awkward: Callable[[str], list[Element]], path: str
) -> None:
    elements = awkward(path)
    at = next(i for i, element in enumerate(elements) if element.get("id") == "results")
    stops = [stop for stop in tab_stops(elements[at:]) if stop.tag]
    before = list(takewhile(lambda stop: not stop.get("href").startswith("/article/"), stops))
    assert len(before) < 3


@pytest.mark.parametrize("path", ["{article:kelpmoth}?q=kelpmoth", "{article:Grandmaster}?q=Grandmaster"])
def test_the_text_of_an_article_is_near_for_the_tab_key(awkward: Callable[[str], list[Element]], path: str) -> None:
    elements = awkward(path)
    at = next(i for i, element in enumerate(elements) if element.has_class("body"))
    assert len(list(tab_stops(elements[:at]))) <= 25


@pytest.mark.parametrize("path", ["/search?q=kelpmoth", "/search?q=Tallow", "/search", "/search?q=kelpmoth&person=-x"])
def test_results_have_at_most_nine_hundred_elements(awkward: Callable[[str], list[Element]], path: str) -> None:
    elements = awkward(path)
    assert sum(element.has_class("passage") for element in elements) >= 20
    assert len(elements) <= _MOST_NODES


def test_the_order_of_keys_is_the_order_seen(awkward: Callable[[str], list[Element]]) -> None:
    # The style sheet places the parts in this order, on phones as on desks: see the browser tests.
    order = [element.tag + element.get("class") for element in awkward("/search?q=kelpmoth") if element.ancestors[-1:]
             and element.ancestors[-1].get("id") == "view"]  # fmt: skip
    assert order == ["divhead", "aside", "divresults"]


def test_counts_are_part_of_the_name_of_a_check_box(awkward: Callable[[str], list[Element]]) -> None:
    elements = awkward("/search?q=kelpmoth")
    names = [" ".join(text.split()) for text in names_of_controls(elements).values()]
    assert "Tallow Exchange 45" in names


@pytest.mark.parametrize("field", ["person", "org", "place", "system", "source", "cur"])
def test_every_value_beside_the_results_leads_to_its_actions(
    awkward: Callable[[str], list[Element]], field: str
) -> None:
    elements = awkward("/search?q=kelpmoth")
    boxes = [element for element in elements if element.tag == "input" and element.get("name") == field]
    start = f"/facet/{field}?q=kelpmoth&find="
    more = [element.get("href") for element in elements if element.has_class("more")]
    links = [link for link in more if link.startswith(start)]
    assert len(links) == len(boxes) > 0
    page = awkward(links[-1])
    actions = [element for element in page if element.ancestors and element.ancestors[-1].has_class("acts")]
    texts = [element.text.split()[0] for element in actions if element.tag == "a"]
    wanted = ["only", "exclude", "about"] if field in ("person", "org", "place", "system") else ["only", "exclude"]
    assert texts[: len(wanted)] == wanted


def test_a_wrong_date_keeps_its_text_and_is_marked_and_told(awkward: Callable[[str], list[Element]]) -> None:
    elements = awkward("/search?q=kelpmoth&from=hello&to=2019")
    fields = {element.get("id"): element for element in elements if element.tag == "input"}
    message = next(element for element in elements if element.get("id") == "from-error")
    assert (fields["from"].get("value"), fields["from"].get("aria-invalid")) == ("hello", "true")
    assert fields["from"].get("aria-describedby") == "from-error"
    assert (fields["to"].get("value"), fields["to"].get("aria-invalid")) == ("2019", "")
    assert message.text.startswith("“hello” is not a date")
    assert message.text in next(element for element in elements if element.get("id") == "view").get("data-status")


def test_a_wrong_amount_keeps_its_text_and_is_no_filter(awkward: Callable[[str], list[Element]]) -> None:
    elements = awkward("/search?q=kelpmoth&min=much")
    field = next(element for element in elements if element.get("id") == "min")
    assert (field.get("value"), field.get("aria-invalid")) == ("much", "true")
    assert not [element for element in elements if element.has_class("chip")]


def test_a_range_the_wrong_way_round_is_said(awkward: Callable[[str], list[Element]]) -> None:
    texts = [element.text for element in awkward("/search?min=3bn&max=1bn") if element.has_class("notice")]
    assert texts == ["The smallest amount is above the largest – read the other way round"]


def test_people_of_captions_come_after_those_of_the_story(awkward: Callable[[str], list[Element]]) -> None:
    elements = awkward("/search?q=spoonweather")
    boxes = [element for element in elements if element.tag == "input" and element.get("name") == "person"]
    labels = [box.ancestors[-1].text.split()[:2] for box in boxes]
    names = [element.text.split() for element in elements if element.has_class("people") and element.tag == "a"]
    assert [" ".join(name) for name in names[:2]] == _STORY
    # Among equals of the story, the whole archive decides.
    shown = [" ".join(label) for label in labels]
    assert (sorted(shown[:2]), sorted(shown[2:])) == (sorted(_STORY), sorted(_CAPTION))


def test_nothing_can_be_sorted_where_nothing_was_found(awkward: Callable[[str], list[Element]]) -> None:
    assert not [element for element in awkward("/search?q=nothinglikethis") if element.get("id") == "sort"]


def _is_chart(element: Element) -> bool:
    return element.has_class("bars")
