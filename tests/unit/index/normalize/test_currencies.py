import pytest

from index.normalize.currencies import Currencies, Written


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


def test_a_shared_noun_without_a_country_has_no_code(currencies: Currencies) -> None:
    assert [match.code for match in currencies.find("pesos")] == [None]


def test_a_shared_noun_takes_the_currency_of_the_country_that_the_text_names(currencies: Currencies) -> None:
    assert currencies.find("Mexico paid in pesos")[0].code == "MXN"


def test_a_default_gives_way_to_the_only_country_that_the_text_names(currencies: Currencies) -> None:
    assert [currencies.find(text)[0].code for text in ("crowns", "Oslo: crowns", "Oslo, Stockholm: crowns")] == [
        "SEK",
        "NOK",
        "SEK",
    ]


def test_a_firm_default_gives_way_to_none(currencies: Currencies) -> None:
    assert currencies.find("In Canada and in Cairo: pounds, dollars")[1].code == "USD"


def test_two_countries_named_equally_often_leave_a_shared_noun_open(currencies: Currencies) -> None:
    assert currencies.find("Mexico and Chile paid in pesos")[0].code is None


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
