from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec.structs import replace

import search
from index.model import Alias, Article, Entity, Kind, Span
from search.engines.base import MatchMode
from search.request import SearchRequest
from search.results import Facet, FacetValue, Highlight, Hit, Notice, Role, SearchResult, Snippet, Suggestion
from search.views import ArticleView, EntityMentions, EntityView, ParagraphView

EVIL = '<script>alert("1")</script><img src=x onerror=y>'
EVIL_ENTITY = Entity(EVIL, Kind.PEOPLE, EVIL, (Alias(EVIL + EVIL, 1),), description=EVIL)
HIT = Hit(
    id=EVIL, score=1.0, title=EVIL, title_is_derived=False, title_highlights=(), locator=EVIL, url=f"https://a/{EVIL}",
    source=EVIL, language=None, published=None, published_origin=None, word_count=1,
    snippets=(Snippet(EVIL, 0, 0, (Highlight(1, 7, Role.TERM),)),),
    people=(EVIL_ENTITY,), organizations=(EVIL_ENTITY,), places=(), systems=(), amounts=(), dates=(), reason=EVIL,
)  # fmt: skip
FACET = Facet("people", "person", EVIL, MatchMode.ANY, (FacetValue(EVIL, EVIL, 1),), 3)
RESULT = SearchResult(SearchRequest(q=EVIL), 1, (HIT,), (), EVIL, (Notice(EVIL),), suggestions=(Suggestion(EVIL, 1),))
ARTICLE = ArticleView(
    Article(EVIL, EVIL, "", EVIL, EVIL, source=EVIL, byline=EVIL, url=f"https://a/{EVIL}"),
    (ParagraphView(0, Span(0, len(EVIL)), (), None, False),), (Highlight(1, 7, Role.TERM),), (),
    (EntityMentions(EVIL_ENTITY, (Span(0, 1),)),), (), (), (), (), (), 1, 1,
)  # fmt: skip
ENTITY = EntityView(EVIL_ENTITY, "evil.0c5ff1a3a7f2.0.0", 1, 0, (), (), (), (), (), (), (), (HIT,))

_ALLOWED = {"div", "table", "tr", "td", "th", "b", "a", "mark", "details", "summary", "p"}


class Elements(HTMLParser):
    """Collects the elements and attributes of a text, and its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.depth = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs
        self.depth += 1

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.mark.parametrize("record", [RESULT, HIT, FACET, ARTICLE, ENTITY], ids=lambda record: type(record).__name__)
def test_hostile_texts_are_shown_and_do_nothing(record: SearchResult | Hit | Facet | ArticleView | EntityView) -> None:
    elements = Elements(record._repr_html_())
    assert set(elements.names) <= _ALLOWED
    assert {name for name, _ in elements.attributes} <= {"style", "href", "rel"}
    assert EVIL in elements.words
    assert elements.depth == 0


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://example.org/a?b=1&c=2", ["https://example.org/a?b=1&c=2"]),
        ("http://example.org", ["http://example.org"]),
        ("javascript:alert(1)", []),
        ("data:text/html,x", []),
        (None, []),
    ],
)
def test_only_web_addresses_become_links(url: str | None, leads: list[str]) -> None:
    elements = Elements(replace(HIT, url=url)._repr_html_())
    assert [value for name, value in elements.attributes if name == "href"] == leads


def test_words_of_the_query_are_marked() -> None:
    snippet = Snippet("a <b> c", 0, 0, (Highlight(2, 5, Role.PEOPLE, "b"), Highlight(2, 5, Role.TERM)))
    assert "a <mark>&lt;b&gt;</mark> c" in replace(HIT, snippets=(snippet,))._repr_html_()


def test_ranks_go_on_from_the_page_before() -> None:
    result = replace(RESULT, request=SearchRequest(page=3, size=10))
    assert ">21</td>" in result._repr_html_()


def test_a_facet_says_how_many_values_it_does_not_show() -> None:
    assert "and 2 more" in FACET._repr_html_()


@pytest.fixture(scope="module")
def archive(seed_index: Path) -> search.Archive:
    return search.open(seed_index)


def test_answers_of_an_archive_show_what_was_found(archive: search.Archive) -> None:
    result = archive.search("Patriot withdrawal")
    shown = Elements(result._repr_html_())
    assert "2 articles" in shown.words
    assert result.hits[0].title in shown.words
    assert "mark" in shown.names


def test_an_article_shows_what_it_names(archive: search.Archive) -> None:
    shown = Elements(archive.article("002")._repr_html_())
    assert "Recep Tayyip Erdoğan ×" in shown.words
    assert "USD 2.5 billion" in shown.words


def test_an_entity_shows_its_names_and_articles(archive: search.Archive) -> None:
    view = archive.entity("Erdogan")
    shown = Elements(view._repr_html_())
    assert "Also written" in shown.words
    assert all(hit.title in shown.words for hit in view.articles)
