import pytest

from index.errors import ReadError
from index.readers.article.building import build_article
from index.readers.article.invisible import is_shown, remove_invisible
from index.readers.base import Draft


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Er\u00adna Sol\u00adberg", "Erna Solberg"),
        ("Mer\u200bkel, Мер\u200bкель, Πα\u200dπάς", "Merkel, Меркель, Παπάς"),
        ("Ana\u200b Prado\ufeff", "Ana Prado"),
        ("word\u2060joiner", "wordjoiner"),
        # Two words, a word in which the mark says how letters are joined, and a script without blanks
        ("Olaf\u200bLund", "Olaf\u200bLund"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("ที่\u200bนี่", "ที่\u200bนี่"),
        ("plain", "plain"),
    ],
)
def test_what_is_not_shown_inside_a_word_is_removed(text: str, left: str) -> None:
    assert remove_invisible(text) == left


NOTHING_SHOWN = (
    "\u00ad",
    "\u200b\n\u200b",
    "\u00a0\u2060",
    "\u200f\u202b\u202c",
    "\u2800",
    "\u3164\uffa0",
    "\ufe0f",
    "\U000e0041",
)


@pytest.mark.parametrize("text", ["", " \t\n\u3000", *NOTHING_SHOWN])
def test_nothing_of_a_text_is_shown(text: str) -> None:
    assert not is_shown(text)


@pytest.mark.parametrize(
    "text", ["a", "\u200f\u05d0", "\u200b.\u200b", "\ufffd", "\ue000", "\u2764\ufe0f", "\u0301", "\u0000"]
)
def test_something_of_a_text_is_shown(text: str) -> None:
    assert is_shown(text)


@pytest.mark.parametrize("body", NOTHING_SHOWN)
@pytest.mark.parametrize("title", [None, "\u00ad", "\u200b"])
def test_text_of_nothing_that_is_shown_is_no_article(body: str, title: str | None) -> None:
    with pytest.raises(ReadError, match="no text"):
        build_article(Draft(body, title=title), locator="a")


@pytest.mark.parametrize("unseen", NOTHING_SHOWN)
def test_title_is_something_that_is_shown(unseen: str) -> None:
    article = build_article(Draft(f"{unseen}\n\nThe ferries sail again.", title=unseen), locator="a")
    assert article.title == "The ferries sail again"
