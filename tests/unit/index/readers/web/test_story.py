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
