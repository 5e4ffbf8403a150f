from collections.abc import Callable

import pytest

from index.model import Kind, Mention

Names = Callable[[str, Kind], list[str]]


@pytest.mark.parametrize(
    ("text", "organizations"),
    [
        ("He left Quellmark Tool Co in May, and Quellmark fell.", ["Quellmark Tool Co", "Quellmark"]),
        ("Shares fell at Quellmark. Quellmark Industries grew.", ["Quellmark", "Quellmark Industries"]),
        ("Al Quell Brothers and Partners LLC won. Why Al Quell?", ["Al Quell Brothers and Partners LLC", "Al Quell"]),
        (
            "He sued Ola Brunt, Quell and Sons. The Brunt, Quell dam broke.",
            ["Ola Brunt, Quell and Sons", "Brunt, Quell"],
        ),
        ("Lungu Mining Plc fell because Lungu sold copper.", ["Lungu Mining Plc", "Lungu"]),
        ("Quellmark Tool Co grew. Mr. Quellmark left it to Jane Quellmark.", ["Quellmark Tool Co"]),
        ("Houston Oil Co grew in Houston.", ["Houston Oil Co"]),
        ("ICO Ltd grew. The ICO left.", ["ICO Ltd"]),
        ("Johnson & Brunt Inc grew. He met Johnson.", ["Johnson & Brunt Inc"]),
    ],
)
def test_an_organization_owns_its_short_form(text: str, organizations: list[str], names: Names) -> None:
    assert names(text, Kind.ORGANIZATIONS) == organizations


def test_a_pack_keeps_the_short_form_that_it_knows(find: Callable[[str], list[Mention]]) -> None:
    mentions = find("Ford Motor Co grew. Later Ford fell.")
    assert [(mention.text, mention.reference) for mention in mentions] == [
        ("Ford Motor Co", None),
        ("Ford", "core:ford"),
    ]
