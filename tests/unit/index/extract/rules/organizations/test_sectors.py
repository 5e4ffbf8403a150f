from collections.abc import Callable

import pytest

from index.model import Kind, Mention

Find = Callable[[str], list[Mention]]
_SSB = "defence:presidency-of-defense-industries"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The head of Turkey's Defense Industry spoke.", [("Defense Industry", _SSB)]),
        ("The head of Turkey\N{RIGHT SINGLE QUOTATION MARK}s Defence Industry spoke.", [("Defence Industry", _SSB)]),
        ("Turkey's Defense Industry Presidency met.", [("Defense Industry Presidency", _SSB)]),
        # Of no known body: a part of the economy
        ("The head of Norway's Defense Industry spoke.", []),
        ("He is in the Defense Industry, they said.", []),
        ("Norway's Quell Industry grew.", [("Quell Industry", None)]),
        # The article names a body with these words
        (
            "Norway's Defense Industry Council met, and Defense Industry sold tanks.",
            [("Defense Industry Council", None), ("Defense Industry", None)],
        ),
    ],
)
def test_a_sector_behind_a_country_is_a_body_or_nothing(
    text: str, found: list[tuple[str, str | None]], find: Find
) -> None:
    assert [(each.text, each.reference) for each in find(text) if each.kind is Kind.ORGANIZATIONS] == found
