import pytest

from index.readers.web.parsing import parse_page
from index.readers.web.story import read_story
from tests.unit.index.readers.web.pages import page


def test_long_run_of_inline_elements_keeps_its_words_in_order() -> None:
    words = [f"word{number}" for number in range(1000)]
    run = "".join(f"<span>{word}</span> " for word in words)
    story = read_story(parse_page(page(after=f"<p>First, {run}<img src=x>then <b>last</b>.</p>")))
    assert " ".join(["First,", *words, "then last."]) in " ".join(story.split())


def test_menus_are_left_out_of_a_page_with_many_elements() -> None:
    story = read_story(parse_page(page(above="<nav><ul><li>Menu</li></ul></nav>", after="<p>More.<br>x</p>" * 6000)))
    assert "Menu" not in story
    assert "Engineers expect" in story


@pytest.mark.parametrize("tag", ["time", "label", "output", "dialog", "legend", "data", "small", "mark", "ins", "q"])
def test_words_in_any_element_of_a_sentence_stay(tag: str) -> None:
    sentence = f"<p>Engineers say that the fair of <{tag}>the harbour</{tag}> is off, and they regret it.</p>"
    story = read_story(parse_page(page(after=sentence)))
    assert "the fair of the harbour" in " ".join(story.replace('"', "").split())


def test_the_date_of_a_byline_is_no_part_of_the_story() -> None:
    story = read_story(parse_page(page(after="<p>Published <time>3 May 2019</time></p><p>Engineers agree.</p>")))
    assert "3 May 2019" not in story


def test_a_page_without_a_story_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    tree = parse_page("<html><head><title>Old</title></head><body><p></p></body></html>")
    read_story(tree)
    assert caplog.records == []


SECOND = (
    "<article><h2>Bridge closed</h2>"
    "<p>The bridge over the river in Porto was closed on Monday after cracks were found in two of its pillars.</p>"
    "<p>Repairs will take four months, and buses will go another way, according to the council of the city.</p>"
    "</article>"
)
TEASER = "<article><h2>Bridge closed</h2><p>The bridge over the river in Porto was closed.</p></article>"


@pytest.mark.parametrize(
    ("below", "is_read"),
    [(SECOND, True), (f"<aside>{SECOND}</aside>", False), (TEASER, False)],
)
def test_a_second_whole_article_is_read_too(below: str, is_read: bool) -> None:
    story = read_story(parse_page(page(below=below)))
    assert ("Repairs will take" in story) is is_read
    assert "Engineers expect" in story
