import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.model import FurnitureReason, Span
from index.readers.article.boilerplate import BoilerplateFinder, compile_row
from index.readers.article.layout import read_layout
from index.readers.article.tables import read_table

ROWS = read_table("boilerplate")
PROSE = "The ferries between the islands returned to service on Monday after a week of strikes, the union said."
STORY = "\n\n".join([PROSE] * 12)


def marked(text: str, title: str = "") -> dict[str, FurnitureReason]:
    finder = BoilerplateFinder(read_layout(text))
    span = Span(text.index(title), text.index(title) + len(title)) if title else None
    finder.find(title=span)
    finder.find_after_title(span or Span(0, 0))
    return {text[item.span.start : item.span.end]: item.reason for item in finder.results()}


@pytest.mark.parametrize("row", ROWS, ids=[row["example"][:40] for row in ROWS])
def test_every_row_matches_its_example(row: dict[str, str]) -> None:
    assert compile_row(row["pattern"]).fullmatch(row["example"])


@pytest.mark.parametrize("row", ROWS, ids=[row["example"][:40] for row in ROWS])
def test_every_row_is_well_formed(row: dict[str, str]) -> None:
    assert FurnitureReason(row["reason"])
    assert row["scope"] in ("head", "tail", "lead", "any")


@pytest.mark.parametrize("row", ROWS, ids=[row["example"][:40] for row in ROWS])
@pytest.mark.parametrize("text", ["", "a" * 800, "A. " * 260, "Photo " * 130, "By (" * 200, " | x" * 190])
def test_no_pattern_runs_away(row: dict[str, str], text: str) -> None:
    assert compile_row(row["pattern"]).fullmatch(text + "\u2603") is None


@pytest.mark.parametrize(
    "sentence",
    [
        PROSE,
        "Follow the money, he said, and you will find out who ordered the aircraft.",
        "Read the report: it says that the missiles were delivered in July 2019.",
        "The photo shows the minister shaking hands with his counterpart, the ministry said in a statement.",
        "Reporters from AFP and Reuters were at the scene.",
        "The agency (AFP) confirmed the report on Monday.",
        "Support for the government fell to 31 percent in May, a poll showed.",
        "Related companies were sanctioned in December.",
        "Donations to the party rose by a third, the paper wrote.",
        "Turkey is to buy a second batch, said Demir (Photo credit agencies did not reply).",
        "Home to 1,000 people, the village was evacuated.",
        "News / analysis is what the paper sells.",
        "Copyright law was changed in 2019, and the courts followed.",
        "The press conference was closed.",
        "Comments by the president followed the vote.",
        "Tags were found on the wreckage.",
        "All rights were reserved for the state under the old constitution.",
        "Share prices fell on Facebook and Twitter stocks.",
        "Turkey, Russia and the US are members of the group.",
        "He spoke in Ankara. Turkey | Russia talks go on.",
    ],
)
def test_sentences_of_a_story_are_not_boilerplate(sentence: str) -> None:
    assert marked(f"{PROSE}\n\n{sentence}\n\n{PROSE}") == {}


def test_head_and_tail_patterns_hold_at_the_ends_only() -> None:
    text = f"News / Turkey\n\n{STORY}\n\nNews / Turkey\n\nExit mobile version\n\n{STORY}\n\nExit mobile version"
    finder = BoilerplateFinder(read_layout(text))
    finder.find(title=None)
    assert [item.span.start for item in finder.results()] == [0, text.rindex("Exit")]


def test_title_is_never_boilerplate() -> None:
    text = f"Photo: what the pictures show\n\n{STORY}"
    assert marked(text, "Photo: what the pictures show") == {}


def test_publisher_is_read_from_boilerplate() -> None:
    finder = BoilerplateFinder(read_layout(f"Site icon Example Gazette\n\n{STORY}"))
    finder.find(title=None)
    assert finder.source == "Example Gazette"


def test_list_below_a_footer_belongs_to_it() -> None:
    text = f"{STORY}\n\nThe site can also be reached at the following addresses:\n\nwww.example.org\n\nExample on air"
    assert list(marked(text).values()) == [FurnitureReason.FOOTER] * 3


def test_caption_below_the_title_is_told_by_its_place() -> None:
    caption = "The frigate lies at the pier in Gdansk, Poland, Sept. 3, 2018."
    assert marked(f"Title\n{caption}\n\n{STORY}", "Title") == {caption: FurnitureReason.CAPTION}
    assert marked(f"Title\n\n{STORY}\n\n{caption}\n\n{STORY}", "Title") == {}


def test_text_of_a_picture_goes_with_its_caption() -> None:
    text = f"Title\n\nFrigate Gdansk\n\nThe frigate at sea. Jane ROE / AFP\n\n{STORY}"
    assert list(marked(text, "Title").values()) == [FurnitureReason.CAPTION] * 2


def test_lines_inside_a_wrapped_paragraph_are_not_boilerplate() -> None:
    paragraph = "it is to issue\nmore commercial\npaper in May (CP)\nand that it\nwill use it for\nshare\ndeals."
    assert marked(f"{paragraph}\n\n{paragraph}") == {}


@given(st.lists(st.sampled_from([*(row["example"] for row in ROWS), PROSE, "Title", ""]), max_size=20))
def test_spans_are_sorted_and_disjoint(lines: list[str]) -> None:
    text = "\n".join(lines)
    finder = BoilerplateFinder(read_layout(text))
    finder.find(title=None)
    spans = [item.span for item in finder.results()]
    assert spans == sorted(set(spans))
    assert all(text[span.start : span.end].strip() in lines for span in spans)
