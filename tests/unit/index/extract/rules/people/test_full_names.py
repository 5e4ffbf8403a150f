from collections.abc import Callable

import pytest

from index.model import Kind, Mention

Names = Callable[[str, Kind], list[str]]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Turkish Foreign Minister Orlan Tesvik told reporters.", ["Orlan Tesvik"]),
        ("US Rep. Tovah Brunt spoke.", ["Tovah Brunt"]),
        ("Lieutenant-General Zoltar Quell resigned.", ["Zoltar Quell"]),
        ("Mr. Brunt left.", ["Brunt"]),
        ("Defense Department spokesman Tovah Brunt said no.", ["Tovah Brunt"]),
        ("Ismail Demir, chairperson of the agency, spoke.", ["Ismail Demir"]),
        ("Tovah Brunt, 45, was found.", ["Tovah Brunt"]),
        ("Tovah Brunt, head of the firm, agreed.", ["Tovah Brunt"]),
        ("Tovah Brunt said so.", ["Tovah Brunt"]),
        ("He met Jonathan Hoffman there.", ["Jonathan Hoffman"]),
        ("Alexander NEMENOV / AFP", ["Alexander NEMENOV"]),
        ("Secretary of Defense Donald Rumsfeld agreed.", ["Donald Rumsfeld"]),
        ("Minister of Education Maria Quell agreed.", ["Maria Quell"]),
        ("President Lee Myung-bak flew home.", ["Lee Myung-bak"]),
        ("They read Ahmed bin Rashid Al Tarifi there.", ["Ahmed bin Rashid Al Tarifi"]),
        ("PRESIDENT JOSE NAPOLEON DUARTE SPOKE TO THE TROOPS.", ["JOSE NAPOLEON DUARTE"]),
        ("The Andrew Carnegie Foundation paid.", []),
        ("Deputy Prime Minister Tovah Brunt agreed.", ["Tovah Brunt"]),
        ("NEW YORK, March 26 - Reserve board governor Tovah Brunt spoke.", ["Tovah Brunt"]),
        ("General Electric grew.", []),
        ("Will the talks end? Will Buy sells.", []),
        ("Prince Edward Island is cold.", []),
    ],
)
def test_people_are_known_by_what_stands_around_their_names(text: str, people: list[str], names: Names) -> None:
    assert names(text, Kind.PEOPLE) == people


def test_a_headline_in_title_case_gives_only_known_names(names: Names) -> None:
    headline = "'I Explained Everything to Biden': Erdogan Reiterates Ankara Will Buy More S-400s From Russia"
    assert names(headline, Kind.PEOPLE) == ["Biden", "Erdogan"]


def test_evidence_is_the_sign_that_was_seen(find: Callable[[str], list[Mention]]) -> None:
    (mention,) = find("spokesman Tovah Brunt agreed.")
    assert (mention.component, mention.evidence) == ("people", "'spokesman' before name")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Lawmaker Ayla Brunt said no.", ["Ayla Brunt"]),
        ("Chief Executive Ayla Brunt said no.", ["Ayla Brunt"]),
        ("They met Brontek Corp Executive Ayla Brunt.", ["Ayla Brunt"]),
        ("Suspect Ayla Brunt, 45, left.", ["Ayla Brunt"]),
        # A given name, a surname, and what is no person
        ("Dean Brunt said no.", ["Dean Brunt"]),
        ("Ayla Driver said no.", ["Ayla Driver"]),
        ("Maria Pilot Brunt said no.", ["Maria Pilot Brunt"]),
        ("Partner Brontek left.", []),
    ],
)
def test_what_somebody_is_is_no_part_of_the_name(text: str, people: list[str], names: Names) -> None:
    assert names(text, Kind.PEOPLE) == people
