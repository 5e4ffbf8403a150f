from collections.abc import Callable

import pytest

from index.model import Kind

Names = Callable[[str, Kind], list[str]]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("They crossed the Quell River.", ["Quell River"]),
        ("It lies on Lake Quell.", ["Lake Quell"]),
        ("the Gulf of Quell", ["Gulf of Quell"]),
        ("fighting in Quell province", ["Quell"]),
        ("a flood in Quell, Texas", ["Quell", "Texas"]),
        ("He lives in Arnsberg now.", ["Arnsberg"]),
        ("He is called Arnsberg now.", []),
        ("He lives in Waltham, Mass., with Miss Lee.", ["Waltham", "Mass"]),
        ("Mass was said, and all was Ill.", []),
        ("Rain fell in Arnsberg, Waltham and Getafe.", ["Arnsberg", "Waltham", "Getafe"]),
        ("Rain fell in Arnsberg and he met Waltham.", ["Arnsberg"]),
        ("Rain fell in Arnsberg, Brunt and Waltham.", ["Arnsberg"]),
        ("In Arnsberg, Waltham and Getafe met.", ["Arnsberg"]),
        ("It was shown in Kubinka Patriot Park outside Moscow.", ["Kubinka Patriot Park", "Moscow"]),
    ],
)
def test_places_are_known_by_the_words_in_and_around_them(text: str, places: list[str], names: Names) -> None:
    assert names(text, Kind.PLACES) == places
