import pytest

from index.normalize.money.currencies.finding import Currencies
from index.normalize.money.currencies.owners import Owners
from index.normalize.money.currency_table import Written


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("$", "USD"),
        ("US$", "USD"),
        ("A$", "AUD"),
        ("HK$", "HKD"),
        ("R$", "BRL"),
        ("€", "EUR"),
        ("₺", "TRY"),
        ("₽", "RUB"),
        ("₹", "INR"),
        ("GBP", "GBP"),
        ("Rs", "INR"),
        ("stg", "GBP"),
        ("dollars", "USD"),
        ("Jordanian dinars", "JOD"),
        ("Hong Kong dollars", "HKD"),
        ("New Zealand dollars", "NZD"),
        ("turkish lira", "TRY"),
        ("pence", "GBP"),
        ("cts", "USD"),
        ("hryvnias", "UAH"),
        ("Dutch guilders", "NLG"),
    ],
)
def test_each_way_to_write_a_currency_gives_its_code(currencies: Currencies, text: str, code: str) -> None:
    assert [(match.code, match.start, match.end) for match in currencies.find(text)] == [(code, 0, len(text))]


def _codes(text: str, currencies: Currencies, language: str | None = None) -> list[str | None]:
    marks = currencies.find(text)
    owners = Owners(text, language, marks, currencies)
    return [owners.code_of(mark) for mark in marks]


@pytest.mark.parametrize(
    ("text", "language", "codes"),
    [
        pytest.param("pesos", "en", [None], id="no country"),
        pytest.param("Mexico paid in pesos", "en", ["MXN"], id="one country"),
        pytest.param("Mexico and Chile paid in pesos", "en", [None], id="two countries named equally often"),
        pytest.param("crowns", "en", ["SEK"], id="default"),
        pytest.param("Oslo: crowns", "en", ["NOK"], id="a default gives way to the only country"),
        pytest.param("Oslo, Stockholm: crowns", "en", ["SEK"], id="a default stays where its country is named too"),
        pytest.param("In Canada and in Cairo: £, dollars", "en", ["GBP", "USD"], id="a firm default stays"),
        pytest.param("In Cairo: pounds", "en", ["EGP"], id="the capital tells the country"),
        pytest.param("In London and in Cairo: pounds", "en", ["GBP"], id="a default stays where its country is named"),
        pytest.param("kr", "en", [None], id="a form without a default"),
        pytest.param("kr", "sv", ["SEK"], id="Swedish"),
        pytest.param("kr", "da", ["DKK"], id="Danish"),
        pytest.param("kr", "nb", ["NOK"], id="Norwegian"),
        pytest.param("Oslo: kr", "sv", [None], id="country and language say two things"),
        pytest.param("Oslo: kr", "en", ["NOK"], id="the country alone"),
        pytest.param("Moldova: lei", "ro", [None], id="a default of the language, and another country"),
        pytest.param("$", "es", [None], id="dollars or pesos"),
        pytest.param("México: $", "es", ["MXN"], id="pesos"),
        pytest.param("100元", "zh", ["CNY"], id="simplified characters"),
        pytest.param("100萬元", "zh", [None], id="traditional characters"),
        pytest.param("台灣 100萬元", "zh", ["TWD"], id="traditional characters and Taiwan"),
        pytest.param("Rs, Rs.", "en", ["INR", "INR"], id="rupees"),
        pytest.param("Pakistan: Rs, Rs.", "en", ["PKR", "PKR"], id="rupees of Pakistan"),
        pytest.param("¥ of China", "en", ["CNY"], id="a sign of two currencies"),
        pytest.param("C$ of Nicaragua", "en", ["NIO"], id="a sign of another one"),
    ],
)
def test_a_shared_form_means_the_currency_of_the_country_or_the_language(
    currencies: Currencies, text: str, language: str, codes: list[str | None]
) -> None:
    assert _codes(text, currencies, language) == codes


def test_minor_units_are_scaled_to_major_ones(currencies: Currencies) -> None:
    match = currencies.find("cents")[0]
    assert (match.written, str(match.scale)) == (Written.MINOR, "0.01")


def test_letters_of_a_word_are_no_sign(currencies: Currencies) -> None:
    assert currencies.find("złota jesień") == []


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Sen. Smith paid 100 sen in the Senate", [0, 20]),
        ("the Senate, a Senator and 3 sen", [28]),
        ("30mUSD, 5 M€, 3 k$, 200mlnEUR", [2, 10, 16, 23]),
        ("K2, K 2, (K), PK 2", [0, 4]),
        ("3万元的，120亿美元", [2, 9]),
        ("AUD $5, US $5, NT$5, U.S.$5", [0, 8, 15, 21]),
        ("us $ 5 of the US", [0]),
        ("us $ 5 for us", [0]),
        ("can $5 do?", [4]),
        ("100USD, USD100, MUSD 3, XUSD", [3, 8, 16]),
        ("it can. A dollar", [10]),
        ("10¢ a¢", [2]),
        # letters that the folding of regular expressions takes for i, s and k
        ("5 dınars, special drawing rıghts", []),
        ("5 dollarſ", []),
        ("Uſ$ 5", [2]),
    ],
)
def test_a_currency_begins_at_a_sign_or_where_a_word_does(currencies: Currencies, text: str, starts: list[int]) -> None:
    assert [match.start for match in currencies.find(text)] == starts


def test_an_empty_table_finds_nothing() -> None:
    assert Currencies.from_rows([]).find("$5") == []
