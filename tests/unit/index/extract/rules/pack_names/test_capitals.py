"""A text in capitals does not tell words from the names that are written like them."""

import pytest

from index.model import Kind, Mention
from tests.unit.index.extract.conftest import Find

_END = " THE TALKS ARE TO GO ON AFTER THE WEEKEND."


def _in(mentions: list[Mention]) -> list[str]:
    return [mention.text for mention in mentions if mention.kind in (Kind.ORGANIZATIONS, Kind.PLACES, Kind.SYSTEMS)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("THEY TOLD US TO LEAVE LIMA. IT IS UP TO US, HE SAID.", ["LIMA"]),
        ("THE US SENT TROOPS. US TROOPS AND US EMBASSY CARS CAME.", ["US", "US", "US"]),
        ("THE PARTY HAS NO PLAN AND WILL NOT ACT FOR THE OPPOSITION PARTIES.", []),
        ("LIBERATION IS NEAR, AND THE NATIONAL POLICE WILL READ THE MAP.", []),
        ("THE INDEPENDENT UNIONS OF LIMA MET IN THE BATH HOUSE.", ["LIMA"]),
        (
            "NATO AND THE UNITED NATIONS MET IN NEW YORK WITH THE BANK OF ENGLAND.",
            ["NATO", "UNITED NATIONS", "NEW YORK", "BANK OF ENGLAND"],
        ),
    ],
)
def test_words_are_no_names_in_capitals(text: str, found: list[str], find: Find) -> None:
    assert _in(find(text + _END)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The National wrote so. Liberation wrote so in Lima.", ["The National", "Liberation", "Lima"]),
        ("US TROOPS LEAVE\n\nThe troops of the US left.", ["US", "US"]),
    ],
)
def test_elsewhere_letter_case_tells_names(text: str, found: list[str], find: Find) -> None:
    assert _in(find(text)) == found
