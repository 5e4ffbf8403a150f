"""The name of an organization that a pack has is also the end of longer names, which mean others."""

import pytest

from index.model import Kind
from tests.unit.index.extract.conftest import Find

_END = " THE TALKS ARE TO GO ON AFTER THE WEEKEND, THEY SAID."


def _found(find: Find, text: str) -> list[tuple[str, str | None]]:
    return [(mention.text, mention.reference) for mention in find(text) if mention.kind is Kind.ORGANIZATIONS]


@pytest.mark.parametrize(
    ("text", "name", "reference"),
    [
        ("THE CHRISTIAN DEMOCRATIC PARTY MET.", "CHRISTIAN DEMOCRATIC PARTY", None),
        ("THE PROGRESSIVE DEMOCRATIC PARTY MET.", "PROGRESSIVE DEMOCRATIC PARTY", None),
        ("THE SOCIAL CHRISTIAN DEMOCRATIC PARTY MET.", "SOCIAL CHRISTIAN DEMOCRATIC PARTY", None),
        ("HE LEADS THE SOCIAL DEMOCRATS.", "SOCIAL DEMOCRATS", None),
        ("THE NATIONAL CONGRESS MET.", "NATIONAL CONGRESS", None),
        # Words of countries and common words are no part of them.
        ("THE DEMOCRATIC PARTY MET.", "DEMOCRATIC PARTY", "core:democratic-party-united-states"),
        ("ALL DEMOCRATS VOTED.", "DEMOCRATS", "core:democratic-party-united-states"),
        ("THERE CAME UNHAPPY DEMOCRATS.", "DEMOCRATS", "core:democratic-party-united-states"),
        ("THE LIBERAL DEMOCRATS MET.", "LIBERAL DEMOCRATS", "core:liberal-democrats"),
    ],
)
def test_the_words_before_a_name_in_capitals_make_a_longer_one(
    text: str, name: str, reference: str | None, find: Find
) -> None:
    assert _found(find, text + _END) == [(name, reference)]


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("The Australian team won.", []),
        ("The Australian said no.", []),
        ("The Hindu priest left.", []),
        ("The Sun rose at dawn.", []),
        ("The National Gallery closed.", []),
        ("The Sun reported it.", ["The Sun"]),
        ("The Atlantic wrote so.", ["The Atlantic"]),
        ("The Australian newspaper left.", ["The Australian"]),
        ("It was in The Sun. The Sun is sold.", ["The Sun", "The Sun"]),
        ("They read The Australian.", ["The Australian"]),
    ],
)
def test_an_article_with_a_capital_letter_of_the_sentence_makes_no_paper(
    text: str, papers: list[str], find: Find
) -> None:
    assert [name for name, reference in _found(find, text) if reference is not None] == papers


@pytest.mark.parametrize(
    ("text", "name", "reference"),
    [
        ("Talks with the Christian Democrats failed.", "Christian Democrats", None),
        ("Free Democrats won.", "Free Democrats", None),
        ("The National Congress met.", "National Congress", None),
        ("French Democrats won.", "Democrats", "core:democratic-party-united-states"),
        ("Few of them. Democrats won.", "Democrats", "core:democratic-party-united-states"),
        ("They are free. Democrats won.", "Democrats", "core:democratic-party-united-states"),
    ],
)
def test_words_with_a_capital_letter_do_so_in_other_texts(
    text: str, name: str, reference: str | None, find: Find
) -> None:
    assert _found(find, text) == [(name, reference)]
