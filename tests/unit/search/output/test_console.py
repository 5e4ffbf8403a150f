from pathlib import Path

import pytest
from msgspec.structs import replace

import search
from search.request import SearchRequest

HOSTILE = "a\x1b]0;title\x07b\nc\u202ed"


@pytest.fixture(scope="module")
def archive(seed_index: Path) -> search.Archive:
    return search.open(seed_index)


def test_a_result_is_one_line_and_prints_its_hits(archive: search.Archive) -> None:
    result = archive.search("Patriot withdrawal")
    assert repr(result) == "<SearchResult 'Patriot withdrawal': 2 articles, 1–2 here>"
    lines = str(result).splitlines()
    assert lines[0].startswith("2 articles · read as ")
    assert lines[1] == f"  1  {result.hits[0].title}"
    assert lines[3].strip() == result.hits[0].snippets[0].text


def test_a_result_without_hits_says_so(archive: search.Archive) -> None:
    assert repr(archive.search(published="1900")) == "<SearchResult '': 0 articles>"


def test_a_result_with_some_of_the_words_says_so(archive: search.Archive) -> None:
    assert "with some of the words" in str(archive.search("Patriot zebedee"))


def test_a_hit_is_one_line_with_its_id(archive: search.Archive) -> None:
    hit = archive.search('"Explained Everything"').hits[0]
    assert repr(hit).startswith(f"<Hit {hit.id!r}: 25 September 2021, ")
    assert str(hit).splitlines()[0] == hit.title


def test_a_facet_prints_its_counts(archive: search.Archive) -> None:
    facet = archive.facets("person", limit=1)
    assert repr(facet) == f"<Facet 'person': 1 of {facet.distinct} values>"
    assert str(facet) == "People\n       4  Recep Tayyip Erdoğan"


def test_an_article_prints_its_text(archive: search.Archive) -> None:
    view = archive.article("000")
    assert repr(view).startswith(f"<ArticleView {view.article.id!r}: {view.word_count} words, ")
    assert str(view).startswith(f"{view.article.title}\n")
    assert "Ismail Demir" in str(view)


def test_an_entity_prints_its_articles(archive: search.Archive) -> None:
    view = archive.entity("Vladimir Putin")
    assert repr(view) == "<EntityView 'vladimir-putin': 'Vladimir Putin', person, 3 articles>"
    assert view.articles[0].id in str(view)


def test_no_text_can_control_the_terminal(archive: search.Archive) -> None:
    found = archive.search("S-400")
    hit = replace(found.hits[0], title=HOSTILE, source=HOSTILE)
    result = replace(found, hits=(hit,), interpretation=HOSTILE, request=SearchRequest(q=HOSTILE))
    for_reading = "".join(f"{record!r}{record!s}" for record in (hit, result))
    assert {"\x1b", "\x07", "\u202e"}.isdisjoint(for_reading)
