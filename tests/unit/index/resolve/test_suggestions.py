from index.resolve.records import Suggestion
from tests.unit.index.resolve.archives import PEOPLE, names, resolve


def test_a_surname_with_two_bearers_is_suggested_to_be_each_of_them() -> None:
    suggestions = resolve(names(PEOPLE, "Demir", "Ismail Demir", "Ahmet Demir")).suggestions
    assert suggestions == (
        Suggestion(PEOPLE, "demir", "ahmet-demir", "surname", "surname of “Ahmet Demir”, one of 2 in the archive", 40),
        Suggestion(
            PEOPLE, "demir", "ismail-demir", "surname", "surname of “Ismail Demir”, one of 2 in the archive", 40
        ),
    )


def test_a_surname_that_anybody_may_bear_is_not_suggested() -> None:
    given = ["Ismail", "Ahmet", "Hulusi", "Mevlut", "Zehra"]
    assert resolve(names(PEOPLE, "Demir", *(f"{name} Demir" for name in given))).suggestions == ()


def test_what_a_rule_linked_is_not_suggested() -> None:
    assert resolve(names(PEOPLE, "Demir", "Ismail Demir")).suggestions == ()
