from collections.abc import Callable

import pytest

from index.model import Kind, Mention

Names = Callable[[str, Kind], list[str]]
Find = Callable[[str], list[Mention]]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("FREEHOLD, N.J., March 2 - The firm grew.", ["FREEHOLD", "N.J."]),
        ("ELKHART, Ind. (AP) - The firm grew.", ["ELKHART", "Ind"]),
        ("ST. QUELL, Minn., March 2 \u2014 The firm grew.", ["ST. QUELL", "Minn"]),
        ("QUELLBORO, March 2 (Reuters) - The firm grew.", ["QUELLBORO"]),
        ("The news.\n\nQUELLBORO, March 2 - The firm grew.", ["QUELLBORO"]),
        ("SUFFIELD, Conn., Feb 26 - Quellfield Financial Corp", ["SUFFIELD", "Conn"]),
        ("OSLO, March 2 - The firm grew.", ["OSLO"]),
        ("QUELLBORO, March 2: the firm grew.", []),
        ("OSLO, 2nd March, 2017: The firm grew.", ["OSLO"]),
        ("OSLO - The firm grew.", ["OSLO"]),
        ("OSLO -- The firm grew.", ["OSLO"]),
        ("NEW YORK - Net income grew.", ["NEW YORK"]),
        ("QUELLBORO (Reuters) - The firm grew.", ["QUELLBORO"]),
        ("Quellboro (Dorn Post) - The firm grew.", ["Quellboro"]),
        ("ANKARA, March 3 (Agency) \u2014 The firm grew.", ["ANKARA"]),
        ("EXCLUSIVE - The firm grew.", []),
        ("Quellboro - the firm - grew.", []),
        ("QUELLBORO, the firm, grew - in March.", []),
        ("It grew. QUELLBORO, March 2 - in vain.", []),
        ("QUELLBORO,", []),
        ("QUELLBORO, March 2\n\n- a list", []),
        ("Floods\n\nTEHRAN (Quell) - The firm grew.", ["TEHRAN"]),
        ("OSLO, DORN POST - The firm grew.", ["OSLO"]),
        ("MANILA, Philippines - The firm grew.", ["MANILA", "Philippines"]),
        ("QUELLBORO, DORN POST - The firm grew.", []),
    ],
)
def test_a_dateline_says_where_a_report_is_from(text: str, places: list[str], names: Names) -> None:
    assert names(text, Kind.PLACES) == places


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("KIEL, Germany, April 9 (AP) — Two ships left.", ["AP"]),
        ("KIEL (AP) -- Two ships left.", ["AP"]),
        # Andhra Pradesh, and somebody's initials
        ("KIEL, April 9 - The clerk (AP) left.", []),
        ("The clerk (AP) - a friend - left.", []),
        ("OSLO, DORN POST - Two ships left.", ["DORN POST"]),
        ("OSLO, Dornpost.com – Two ships left.", ["Dornpost.com"]),
        ("OSLO, AP - Two ships left.", ["AP"]),
        ("OSLO — AP: Two ships left.", ["AP"]),
        ("OSLO, March 2 - AP: Two ships left.", ["AP"]),
        ("OSLO - DP: Two ships left.", []),
        # A state, a word, and a town that no pack knows
        ("OSLO/AP - Two ships left.", ["AP"]),
        ("OSLO, (DORN POST) - Two ships left.", ["DORN POST"]),
        ("Oslo, NTB - Two ships left.", []),
        ("Oslo, AP - Two ships left.", ["AP"]),
        ("Oslo, AP and others left - in vain.", []),
        ("OSLO, QX - Two ships left.", []),
        ("OSLO, yesterday - Two ships left.", []),
        ("QUELLBORO, DORN POST - Two ships left.", []),
        ("OSLO, DORN POST\n\n- Two ships left.", []),
    ],
)
def test_brackets_before_the_dash_of_a_dateline_hold_the_agency(text: str, agencies: list[str], names: Names) -> None:
    assert names(text, Kind.ORGANIZATIONS) == agencies


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("DAKAR, APS - Two ships left.", "core:agence-de-presse-senegalaise"),
        ("ALGIERS, APS - Two ships left.", "core:algeria-press-service"),
        ("Dakar (APS) - Two ships left.", "core:agence-de-presse-senegalaise"),
        ("OSLO, APS - Two ships left.", "core:algeria-press-service"),
    ],
)
def test_of_agencies_with_the_same_letters_that_of_the_country_is_meant(text: str, agency: str, find: Find) -> None:
    assert [each.reference for each in find(text) if each.kind is Kind.ORGANIZATIONS] == [agency]
