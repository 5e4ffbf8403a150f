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
        # A person whom the article names later, and one whom it names before
        (
            "Quellmark Tool Co grew. Shares in Quellmark fell. Jane Quellmark left. He met Quellmark.",
            ["Quellmark Tool Co", "Quellmark"],
        ),
        ("Jane Quellmark left. Quellmark Tool Co grew. He met Quellmark.", ["Quellmark Tool Co"]),
        # What it is stands before the name.
        ("Kranbau Quellmark GmbH grew. Mr Lund sued Quellmark Corp.", ["Kranbau Quellmark GmbH", "Quellmark Corp"]),
        ("The Sea Commission met. The Commission won; a Commission lost.", ["Sea Commission", "Commission"]),
        ("The Court of Audit met. The Court won.", ["Court of Audit", "Court"]),
        ("The Commission won. The Sea Commission met.", ["Sea Commission"]),
        ("The Sea Commission and the Air Commission met. The Commission won.", ["Sea Commission", "Air Commission"]),
        ("The Sea Commission met. The Commission of Audit won.", ["Sea Commission", "Commission of Audit"]),
        ("The Sea Company met. The Company won.", ["Sea Company"]),
        ("The Supreme Court met. The Court has a door.", ["Supreme Court"]),
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
