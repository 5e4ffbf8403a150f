import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from search.results import Highlight, Role
from web.parts.highlight import Layer, layers_of, mark_up

TEXT = "Ankara wants the Patriot."


def test_text_is_escaped() -> None:
    assert mark_up("<script>alert('1')</script> & more") == (
        "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; more"
    )


def test_an_address_cannot_leave_its_attribute() -> None:
    markup = mark_up("a", [Layer(0, 1, 0, "a", url='/entity/"><b>')])
    assert markup == '<a href="/entity/&#34;&gt;&lt;b&gt;">a</a>'


def test_words_of_the_query_are_inside_entities() -> None:
    highlights = [Highlight(17, 24, Role.TERM), Highlight(17, 24, Role.SYSTEMS, "mim-104-patriot")]
    assert mark_up(TEXT, layers_of(highlights), start=17, end=24) == (
        '<span class="e systems"><mark>Patriot</mark></span>'
    )


def test_entities_are_links_when_their_address_is_known() -> None:
    layers = layers_of([Highlight(0, 6, Role.PLACES, "ankara")], entity_url=lambda entity_id: f"/entity/{entity_id}")
    assert mark_up(TEXT, layers, end=6) == '<a class="e places" href="/entity/ankara">Ankara</a>'


def test_values_are_never_links() -> None:
    layers = layers_of([Highlight(0, 6, Role.AMOUNTS)], entity_url=lambda entity_id: f"/entity/{entity_id}")
    assert mark_up(TEXT, layers, end=6) == '<span class="e amounts">Ankara</span>'


def test_phrases_are_told_from_words() -> None:
    assert mark_up("a b", layers_of([Highlight(0, 3, Role.PHRASE)])) == '<mark class="phrase">a b</mark>'


def test_crossing_ranges_are_closed_and_opened_again() -> None:
    layers = [Layer(0, 6, 0, "span", identifier="s-0"), Layer(6, 9, 0, "span", identifier="s-1"), Layer(3, 8, 1, "b")]
    assert mark_up("abcdefghi", layers) == ('<span id="s-0">abc<b>def</b></span><span id="s-1"><b>gh</b>i</span>')


def test_an_id_is_given_once_when_an_element_is_opened_again() -> None:
    layers = [Layer(0, 3, 0, "i"), Layer(3, 6, 0, "i"), Layer(1, 5, 1, "b", identifier="m-1")]
    assert mark_up("abcdef", layers).count('id="m-1"') == 1


def test_only_the_asked_part_of_a_text_is_shown() -> None:
    assert mark_up(TEXT, [Layer(0, 6, 0, "b")], start=3, end=12) == "<b>ara</b> wants"


def test_highlights_of_a_snippet_move_by_its_place() -> None:
    layers = layers_of([Highlight(0, 7, Role.TERM)], offset=17)
    assert mark_up(TEXT, layers, start=17) == "<mark>Patriot</mark>."


texts = st.text(alphabet="ab <>&\"'\n\u0130\u05d0", max_size=40)
layers = st.lists(
    st.builds(
        lambda start, length, rank, element: Layer(start, start + length, rank, element),
        st.integers(0, 40),
        st.integers(1, 20),
        st.integers(0, 3),
        st.sampled_from(["span", "a", "mark"]),
    ),
    max_size=8,
)


@given(texts, layers)
def test_without_its_tags_markup_is_the_text(text: str, ranges: list[Layer]) -> None:
    assert unescape(re.sub(r"</?\w+>", "", mark_up(text, ranges))) == text


@given(texts, layers)
def test_tags_are_always_balanced(text: str, ranges: list[Layer]) -> None:
    tags = re.findall(r"<(/?)(\w+)>", mark_up(text, ranges))
    opened = [name for slash, name in tags if not slash]
    closed = [name for slash, name in tags if slash]
    assert sorted(opened) == sorted(closed)


@given(texts, layers)
def test_no_element_is_empty(text: str, ranges: list[Layer]) -> None:
    assert not re.search(r"<(\w+)></\1>", mark_up(text, ranges))
