"""The text that a vector is made of: the title, then the story without boilerplate."""

import pytest

from index.model import Article, Furniture, FurnitureReason, Span
from index.recognizer.encoder.lead import is_known_language, lead_text


def article(body: str, **values: object) -> Article:
    title = str(values.pop("title", ""))
    return Article("1", "a.txt", "", title, body, **values)  # type: ignore[arg-type]  # the fields of the table


@pytest.mark.parametrize(
    ("given", "lead"),
    [
        (article("Storm\n\nIt rained.", title="Storm", title_span=Span(0, 5)), "Storm\nIt rained."),
        (article("Home\n\nStorm\n\nIt rained.", title="Storm", title_span=Span(6, 11)), "Storm\nHome\nIt rained."),
        (article("It rained.", title="Storm"), "Storm\nIt rained."),
        (article("It rained.", title="It rained.", title_is_derived=True), "It rained."),
        (article("", title="Storm"), "Storm"),
        (article(""), ""),
        (
            article(
                "Home | News\nIt rained.\nRead more\nAll day.\n© Press",
                title="Storm",
                furniture=(
                    Furniture(Span(0, 11), FurnitureReason.MENU),
                    Furniture(Span(23, 32), FurnitureReason.PROMOTION),
                    Furniture(Span(42, 49), FurnitureReason.FOOTER),
                ),
            ),
            "Storm\nIt rained.\nAll day.",
        ),
        (article("Menu", furniture=(Furniture(Span(0, 4), FurnitureReason.MENU),)), ""),
    ],
)
def test_the_lead_is_the_title_and_the_story(given: Article, lead: str) -> None:
    assert lead_text(given) == lead


def test_the_lead_of_a_long_text_is_short() -> None:
    assert len(lead_text(article("word " * 1_000_000, title="Storm"))) == 2_000


def test_a_long_menu_does_not_hide_the_story() -> None:
    menu = "Home | " * 10_000
    given = article(f"{menu}It rained.", furniture=(Furniture(Span(0, len(menu)), FurnitureReason.MENU),))
    assert lead_text(given) == "It rained."


@pytest.mark.parametrize(("language", "is_known"), [("en", True), (None, True), ("de", False), ("tr", False)])
def test_vectors_are_for_english(language: str | None, *, is_known: bool) -> None:
    assert is_known_language(language) is is_known
