import hashlib
import json
from dataclasses import replace

import pytest

from index.errors import ReadError
from index.model import Span
from index.readers.article import building
from index.readers.article.building import build_article, clean_line
from index.readers.base import Draft

DRAFT = Draft("The strike is over.\nThe ferries sail.", title="Ferries return")


def test_title_kept_apart_becomes_the_first_paragraph() -> None:
    article = build_article(DRAFT, locator="a")
    assert article.body == "Ferries return\n\nThe strike is over.\nThe ferries sail."
    assert (article.title_span, article.title_is_derived) == (Span(0, 14), False)


def test_title_that_stands_in_the_body_is_not_repeated() -> None:
    article = build_article(replace(DRAFT, body="\nFERRIES RETURN\n\nThe strike is over."), locator="a")
    assert article.body == "\nFERRIES RETURN\n\nThe strike is over."
    assert article.title_span == Span(1, 15)


def test_text_without_letters_is_no_article() -> None:
    with pytest.raises(ReadError, match="no text"):
        build_article(Draft(" \r\n\x00 "), locator="a")


def test_id_depends_on_the_locator_alone() -> None:
    assert build_article(DRAFT, locator="a").id == build_article(Draft("Other."), locator="a").id
    assert build_article(DRAFT, locator="a").id != build_article(DRAFT, locator="b").id


@pytest.mark.parametrize(
    "changed",
    [{"body": "Other."}, {"title": "Other"}, {"source": "X"}, {"byline": "X"}, {"language": "de"}, {"url": "X"}],
)
def test_hash_depends_on_everything_else(changed: dict[str, str]) -> None:
    before = build_article(DRAFT, locator="a").content_hash
    assert build_article(DRAFT, locator="b").content_hash == before
    assert build_article(replace(DRAFT, **changed), locator="a").content_hash != before  # type: ignore[arg-type]


def test_agency_is_listed_under_one_name() -> None:
    assert build_article(Draft("ANKARA (REUTERS) - Talks went on."), locator="a").source == "Reuters"


@pytest.mark.parametrize(
    ("text", "line"),
    [("a\n b\x00\x1b", "a b"), ("", None), (None, None), (" \n", None), ("x" * 600, "x" * 500), ("\ud800", "\ufffd")],
)
def test_metadata_is_cleaned(text: str | None, line: str | None) -> None:
    assert clean_line(text) == line


@pytest.mark.parametrize("body", ["a", 'quoted "\\" \n\t ' * 3, "é😀İ" * 20])
def test_the_hash_is_of_all_content_at_once_though_a_body_is_read_in_pieces(
    body: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_CHARACTERS_AT_ONCE", 7)
    article = build_article(replace(DRAFT, body=body), locator="a")
    left_out = ("id", "locator", "content_hash", "encoding", "encoding_is_guessed")
    names = [name for name in article.__struct_fields__ if name not in left_out]
    content = json.dumps({name: str(getattr(article, name)) for name in names}, sort_keys=True)
    assert article.content_hash == hashlib.sha256(content.encode()).hexdigest()
