import time
from collections.abc import Callable

import pytest

from index.errors import ReadError
from index.readers.formats.markup_text import markup_to_text
from index.readers.web.parsing import parse_page
from tests.unit.index.readers.web.pages import json_ld, page, read

TITLE = "Harbour board backs channel plan"
MARKED = "<time datetime='2020-03-05'>5 March 2020</time> "
SHAPES: dict[str, Callable[[int], str]] = {
    "attributes": lambda size: page(after=f"<p {' '.join(f'a{number}=1' for number in range(size // 9))}>x</p>"),
    "attributes with brackets": lambda size: page(
        after=f'<p {" ".join(f"""a{number}="<>" """ for number in range(size // 14))}>x</p>'
    ),
    "unclosed quotes": lambda size: page(after='<a b="' * (size // 6)),
    "inline elements": lambda size: page(after=f"<p>{'<span>5 March 2020</span> ' * (size // 26)}</p>"),
    "dates": lambda size: page(after=MARKED * (size // len(MARKED))),
    "lists": lambda size: page(after="<ul><li>x</li></ul>" * (size // 19)),
    "headings": lambda size: page(after=f"<h1>{TITLE}</h1>" * (size // 41)),
    "nested": lambda size: page(after="<div>" * 1500 + "<p>x</p>" * (size // 8)),
    "nested items": lambda size: page(after="<div itemscope><b itemprop=datePublished>x" * 500 + "x" * size),
    "JSON-LD": lambda size: page(json_ld(*[{"@type": "NewsArticle", "headline": TITLE}] * (size // 50))),
    "nested JSON-LD": lambda size: page(f"<script type='application/ld+json'>{'[' * size}</script>"),
    "broken JSON-LD": lambda size: page(
        "<script type='application/ld+json'>{" + '"datePublished":"2020-03-05",' * (size // 29) + "</script>"
    ),
    "scripts": lambda size: page("<script>" + 'var a="2020-03-05T10:00:00+01:00";' * (size // 34) + "</script>"),
    "metas": lambda size: page("<meta name=date content=x>" * (size // 26)),
    "names": lambda size: page(after=f"<div class='{'sidebar ' * (size // 8)}'>x</div>"),
    "separators": lambda size: page(f"<title>{' | x' * (size // 4)}</title>"),
    "one word": lambda size: page(after="x" * size),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_in_proportion_to_the_size(shape: str) -> None:
    make = SHAPES[shape]
    read(page())  # Loads what is loaded once.
    small, large = (_seconds(make(size)) for size in (64_000, 512_000))
    # Eight times the size: 64 times the time would be the square. Small times are measured badly.
    assert large < 20 * max(small, 0.1)


def _seconds(html: str) -> float:
    started = time.process_time()
    read(html)
    return time.process_time() - started


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "table><tr><td", "ul><li"])
def test_page_that_is_nested_too_deep_says_so(tag: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(page(after=f"<{tag}>" * 5000 + "words"))
    assert caught.value.reason == "too-deep"
    assert caught.value.hint


@pytest.mark.parametrize("depth", [50, 190, 250, 300, 1500])
def test_deep_page_keeps_its_text(depth: int) -> None:
    draft = read(page(after="<div>" * depth + "<p>The last words of the story are here.</p>"))
    assert "The last words of the story" in draft.body
    assert "Engineers expect" in draft.body


def test_fragment_that_is_nested_too_deep_keeps_its_words() -> None:
    assert markup_to_text("<b>" * 5000 + "words &amp; more") == "words & more"


def test_attributes_are_kept_up_to_a_bound() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(3000))
    tree = parse_page(f"<p id=x {attributes}>text</p><p id='y'>more</p>")
    [first, second] = tree.xpath("//p")
    assert (first.get("id"), len(first.attrib), first.text) == ("x", 1000, "text")
    assert (second.get("id"), second.text) == ("y", "more")


@pytest.mark.parametrize("html", ["", "   ", "<!-- only -->", "<?xml version='1.0'?>"])
def test_page_without_elements_is_empty(html: str) -> None:
    with pytest.raises(ReadError) as caught:
        parse_page(html)
    assert caught.value.reason == "empty"


@pytest.mark.parametrize(
    "page_of_frames",
    [
        "<frameset cols=1><frame src=a><noframes><body><p>The old harbour</p></body></noframes></frameset>",
        "<FRAMESET rows=1><NOFRAMES><p>The old harbour</p></NOFRAMES></FRAMESET>",
        "<frameset><frame src=a></frameset><noframes>The old harbour</noframes>",
    ],
)
def test_a_page_of_frames_shows_what_browsers_without_them_do(page_of_frames: str) -> None:
    assert parse_page(f"<html>{page_of_frames}</html>").text_content().strip() == "The old harbour"
