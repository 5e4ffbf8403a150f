from collections.abc import Callable

import pytest

from index.model import Kind, Mention

Names = Callable[[str, Kind], list[str]]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Ismail Demir, head of the firm, spoke. Demir left.", ["Ismail Demir", "Demir"]),
        ("Demir Speaks Again About Peace\n\nIsmail Demir, head of it, spoke.", ["Demir", "Ismail Demir"]),
        ("President Zhang Weiming spoke. Zhang left.", ["Zhang Weiming", "Zhang"]),
        ("President Lee Myung-bak spoke. Lee left.", ["Lee Myung-bak", "Lee"]),
        ("Lloyd Austin spoke in Paris. Austin left.", ["Lloyd Austin", "Austin"]),
        (
            "Minister Tovah van der Brunt spoke. Van der Brunt is old; van der Brunt left.",
            ["Tovah van der Brunt", "van der Brunt"],
        ),
        ("John Smith said so. Smith University agreed.", ["John Smith"]),
        ("John Smith said so. The Duke of Smith agreed.", ["John Smith"]),
        ("John Smith said so. A friend of Smith agreed.", ["John Smith", "Smith"]),
    ],
)
def test_a_full_name_gives_its_short_form_everywhere(text: str, people: list[str], names: Names) -> None:
    assert names(text, Kind.PEOPLE) == people


def test_the_short_form_has_the_reference_of_the_full_name(find: Callable[[str], list[Mention]]) -> None:
    mentions = find("Hulusi Akar spoke. Akar left.")
    assert [mention.reference for mention in mentions] == ["core:hulusi-akar", "core:hulusi-akar"]
