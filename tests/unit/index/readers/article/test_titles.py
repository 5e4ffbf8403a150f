import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.article.layout import Line, read_layout
from index.readers.article.titles import Title, choose_title, locate_title

PROSE = "The ferries between the islands returned to service on Monday after a week of strikes."


def never(_: Line) -> bool:
    return False


def title(text: str) -> Title:
    return choose_title(read_layout(text), is_boilerplate=never)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Ferries return\n\n{PROSE}", "Ferries return"),
        (f"Ferries return\n{PROSE}", "Ferries return"),
        (f"\n\n  Ferries   return \n\n{PROSE}", "Ferries return"),
        (f"Will the ferries return?\n\n{PROSE}", "Will the ferries return?"),
        (f"Talks held in Washington D.C.\n\n{PROSE}", "Talks held in Washington D.C."),
        (f"'We are back': the ferries...\n\n{PROSE}", "'We are back': the ferries..."),
        (f"January 4, 2019\n\nFerries return\n\n{PROSE}", "Ferries return"),
        (f"By Jane Roe\n\nFerries return\n\n{PROSE}", "Ferries return"),
        (f"Ferries are back.\n\nFerries are back.\n\n{PROSE}", "Ferries are back."),
        (f"Ferries return\n=====\n{PROSE}", "Ferries return"),
        ("Ferries return\n--------------\nAll is well.\nBye.", "Ferries return"),
        (f"=========\nFerries return\n=========\n\n{PROSE}", "Ferries return"),
        (f"* * * * *\n\nFerries return\n\n{PROSE}", "Ferries return"),
        (f"Паромы вернулись\n~~~~~~\n{PROSE}", "Паромы вернулись"),
        ("Ferries return to all of\nthe islands at last\n\nThe strike is over\nand the crews\nare back.", None),
    ],
)
def test_first_line_can_be_a_headline(text: str, expected: str | None) -> None:
    found = title(text)
    assert not found.is_derived
    assert found.text == (expected or "Ferries return to all of the islands at last")
    assert found.span is not None
    assert " ".join(text[found.span.start : found.span.end].split()) == found.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{PROSE}\nThe union agreed.", PROSE.removesuffix(".")),
        (f"{PROSE} And more.", PROSE.removesuffix(".")),
        ("Dr. Roe met Gen. Doe of the U.S. Army. They spoke.", "Dr. Roe met Gen. Doe of the U.S. Army"),
        ("ANKARA (Reuters) - Talks went on. They ended.", "Talks went on"),
        ("One sentence on its own", "One sentence on its own"),
        ("-----\nDr. Roe came. He spoke.\n-----\nMore of it.", "Dr. Roe came"),
        ("東京\n第二", "東京"),
        ("word " * 40, "word " * 23 + "word…"),
        ("Showers continued throughout the week in\nthe cocoa zone, which\nended the drought.\nMore.", None),
    ],
)
def test_text_without_headline_gets_its_first_sentence(text: str, expected: str | None) -> None:
    found = title(text)
    assert found.is_derived
    assert found.span is None
    assert found.text == (
        expected or "Showers continued throughout the week in the cocoa zone, which ended the drought"
    )


def test_boilerplate_is_no_title() -> None:
    lines = read_layout(f"Home > News\n\nFerries return\n\n{PROSE}")
    assert choose_title(lines, is_boilerplate=lambda line: line is lines[0]).text == "Ferries return"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Ferries return\n\nText.", (0, 14)),
        ("Home\n\n  FERRIES  return\n\nText.", (8, 23)),
        ("Ferries\nreturn\n\nText.", (0, 14)),
        ("Ferries return to the islands.", None),
        ("a\nb\nc\nd\ne\nf\nFerries return", None),
    ],
)
def test_known_title_is_located(body: str, expected: tuple[int, int] | None) -> None:
    span = locate_title(read_layout(body), "Ferries return")
    assert (span and (span.start, span.end)) == expected


@given(st.text(min_size=1).filter(lambda text: bool(read_layout(text))))
def test_any_text_gets_a_title_on_one_line(text: str) -> None:
    found = title(text)
    assert found.text
    assert "\n" not in found.text
    assert len(found.text) <= 200
