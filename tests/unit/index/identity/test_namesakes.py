"""Father and son who stand in one sentence are two people."""

import pytest

from index.model import Kind
from tests.unit.index.identity.archives import is_one, links_in

PEOPLE = Kind.PEOPLE


@pytest.mark.parametrize(
    ("body", "marked", "names"),
    [
        ("Robert Kern Jr. sued Robert Kern.", ("Robert Kern Jr.", "Robert Kern"), ["Robert Kern Jr.", "Robert Kern"]),
        (
            "Robert Kern and Robert Kern Jr. met.",
            ("Robert Kern", "Robert Kern Jr."),
            ["Robert Kern", "Robert Kern Jr."],
        ),
        ("Robert Kern Jr. spoke. Robert Kern left.", ("Robert Kern Jr.", "Robert Kern"), ["Robert Kern Jr."] * 2),
        ("Robert Kern Jr. met Kern.", ("Robert Kern Jr.", "Kern"), ["Robert Kern Jr."] * 2),
        ("Robert B. Kern met Robert Kern.", ("Robert B. Kern", "Robert Kern"), ["Robert B. Kern"] * 2),
    ],
)
def test_a_name_beside_the_son_of_that_name(body: str, marked: tuple[str, ...], names: list[str]) -> None:
    assert [name for name, _ in links_in(body, *((PEOPLE, text) for text in marked))] == names


def test_a_father_stays_apart_in_the_archive() -> None:
    assert is_one(PEOPLE, "Robert Kern Jr.", "Robert Kern Jr")
    assert not is_one(PEOPLE, "Robert Kern II", "Robert Kern III")
