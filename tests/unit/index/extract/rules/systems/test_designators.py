from collections.abc import Callable

import pytest

from index.model import Kind

Names = Callable[[str, Kind], list[str]]


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        ("the XQ-77A drone flew", ["XQ-77A"]),
        ("a missile called 9Q411", ["9Q411"]),
        ("two Zu-87s, old fighter jets; the Zu-87 is slow.", ["Zu-87s", "Zu-87"]),
        ("take the QF-12 highway past the radar", []),
        ("the XQ-77A form has to be signed", []),
        ("Boeing 747 and 2019 and A4", []),
    ],
)
def test_unknown_designators_need_a_word_for_what_has_one(text: str, systems: list[str], names: Names) -> None:
    assert names(text, Kind.SYSTEMS) == systems
