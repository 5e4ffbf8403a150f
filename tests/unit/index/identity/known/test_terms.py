import pytest

from index.identity.known.terms import was_grown_up, years_before_office, years_from_office, years_since_death


@pytest.mark.parametrize(
    ("term", "year", "years"),
    [
        ("2001-2009", 2001, 0),
        ("2001-2009", 2009, 0),
        ("2001-2009", 2012, 3),
        ("2001-2009", 1987, 14),
        ("2000-2008, 2012-", 2010, 2),
        ("2000-2008, 2012-", 2024, 0),
        ("1968", 1970, 2),
        ("1968 - 1970", 1970, 0),
        ("", 1970, None),
        ("since long ago", 1970, None),
    ],
)
def test_years_to_the_nearest_year_in_office(term: str, year: int, years: int | None) -> None:
    assert years_from_office(term, year) == years


@pytest.mark.parametrize(("term", "year", "years"), [("2001-2009", 1987, 14), ("2001-2009", 2030, 0), ("", 1987, 0)])
def test_years_before_the_first_term(term: str, year: int, years: int) -> None:
    assert years_before_office(term, year) == years


@pytest.mark.parametrize(
    ("life", "year", "grown_up", "dead"),
    [
        ("1924-2018", 1939, False, 0),
        ("1924-2018", 1940, True, 0),
        ("1924-2018", 2018, True, 0),
        ("1924-2018", 2025, True, 7),
        ("1946-", 2100, True, 0),
        ("", 1940, True, 0),
        ("unknown", 1940, True, 0),
    ],
)
def test_years_of_life(life: str, year: int, *, grown_up: bool, dead: int) -> None:
    assert (was_grown_up(life, year), years_since_death(life, year)) == (grown_up, dead)
