import pytest

from index.errors import PackError
from index.normalize.money.currency_table import CurrencyTable, Guard

_DANISH = {"code": "DKK", "nouns": "krone|crown", "minor": "øre", "countries": "Denmark|DK", "flags": "guarded:crown"}
_SWEDISH = {"code": "SEK", "nouns": "krona|crown", "minor": "øre", "flags": "default|firm"}


@pytest.mark.parametrize("row", [{"code": "usd"}, {"code": ""}, {"code": "USD", "digits": "two"}])
def test_a_row_without_a_proper_code_or_digits_is_refused(row: dict[str, str]) -> None:
    with pytest.raises(PackError, match="a currency needs a code"):
        CurrencyTable([row])


def test_one_noun_of_a_row_can_be_guarded() -> None:
    table = CurrencyTable([_DANISH])
    assert (table.nouns["krone"].guard, table.nouns["crown"].guard) == (Guard.NONE, Guard.GUARDED)


def test_a_noun_of_several_means_the_default_one() -> None:
    unit = CurrencyTable([_DANISH, _SWEDISH]).nouns["crown"]
    assert (unit.codes, unit.default, unit.is_firm) == (("DKK", "SEK"), "SEK", True)


def test_a_noun_of_several_without_a_default_means_none() -> None:
    assert CurrencyTable([_DANISH, {"code": "NOK", "nouns": "crown"}]).nouns["crown"].default is None


def test_minor_units_are_worth_a_part_of_the_major_one() -> None:
    assert str(CurrencyTable([_DANISH]).nouns["øre"].scale) == "0.01"


def test_a_name_of_a_country_stands_in_every_letter_case_unless_it_is_short() -> None:
    assert sorted(CurrencyTable([_DANISH]).countries) == ["DENMARK", "DK", "Denmark", "denmark"]
