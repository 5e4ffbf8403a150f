"""Every currency of the core pack in every form of its own, beside a number, in a text that names its country."""

from collections.abc import Iterator, Mapping

import pytest

from index.normalize.money import MoneyGrammar, find_amounts
from index.normalize.money.currencies.openings import is_unspaced
from index.normalize.money.currency_table import cell_values
from index.packs.loader import load_packs

_ROWS = load_packs(["core"]).rows("currencies")
_IN_USE = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR
MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD
XCG XDR XOF XPF YER ZAR ZMW ZWG ZWL
"""


def _texts(row: Mapping[str, str]) -> Iterator[str]:
    country = (cell_values(row, "countries") or [""])[0]
    for form in (row["code"], *cell_values(row, "signs"), *cell_values(row, "short")):
        if not is_unspaced(form):
            yield f"In {country} they paid {form}5 million for it."
            yield f"In {country} they paid {form} 5 million for it."
        if len(form) > 1 or not form.isalpha():  # One letter alone stands before a number.
            yield f"In {country} they paid 5 million {form} for it."


@pytest.mark.parametrize("row", [pytest.param(row, id=row["code"]) for row in _ROWS])
def test_a_currency_is_known_by_each_of_its_forms(grammar: MoneyGrammar, row: Mapping[str, str]) -> None:
    read = {
        text: [(match.amount.currency, str(match.amount.value)) for match in find_amounts(text, grammar, language="en")]
        for text in _texts(row)
    }
    assert read == {text: [(row["code"], "5000000")] for text in read}


def test_every_currency_in_use_is_known() -> None:
    assert set(_IN_USE.split()) - {row["code"] for row in _ROWS} == set()
