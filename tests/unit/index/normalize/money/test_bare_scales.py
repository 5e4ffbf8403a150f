"""Scales without a number, numbers in words before a scale, and sums in Greek, Arabic, Hebrew, Persian and Thai."""

import pytest

from index.normalize.money import MoneyGrammar, find_amounts


def _read(text: str, grammar: MoneyGrammar, language: str | None) -> list[str]:
    return [
        f"{match.amount.currency or '?'} {match.amount.value:f}"
        + (f"-{match.amount.upper:f}" if match.amount.upper is not None else "")
        for match in find_amounts(text, grammar, language=language)
        if match.amount.value is not None
    ]


@pytest.mark.parametrize(
    ("language", "text", "amounts"),
    [
        ("ru", "Штраф в миллион рублей и миллиард долларов.", ["RUB 1000000", "USD 1000000000"]),
        ("ru", "около миллиона рублей, более миллиарда рублей", ["RUB 1000000", "RUB 1000000000"]),
        ("ru", "от миллиона до двух миллионов рублей", ["RUB 1000000-2000000"]),
        ("ru", "около полумиллиона рублей", ["RUB 500000"]),
        ("ru", "1 000 рублей 50 коп., 99 рублей 90 копеек", ["RUB 1000.5", "RUB 99.9"]),
        ("uk", "квиток за 8 грн 50 коп. і 15 гривень 5 копійок", ["UAH 8.5", "UAH 15.05"]),
        ("de", "eine dreiviertel Million Euro und 3 ½ Mio. Euro", ["EUR 750000", "EUR 3500000"]),
        ("en", "3 ½ million dollars and 2½ million euros", ["USD 3500000", "EUR 2500000"]),
        ("fr", "le litre à 1 euro 50, soit plus", ["EUR 1.50"]),
        ("es", "pagó $ 3 millones de pesos chilenos y $5 millones de pesos mexicanos", ["CLP 3000000", "MXN 5000000"]),
        ("ru", "миллион двести тысяч рублей", ["RUB 1200000"]),
        ("ru", "1 млрд. 200 млн рублей", ["RUB 1200000000"]),
        ("ru", "двадцать один миллион рублей и 5 миллион рублей", ["RUB 21000000", "RUB 5000000"]),
        (
            "uk",
            "мільйон гривень, мільярд доларів, пів мільйона гривень",
            ["UAH 1000000", "USD 1000000000", "UAH 500000"],
        ),
        ("bg", "милион лева, половин милион лева", ["BGN 1000000", "BGN 500000"]),
        (
            "pl",
            "milion złotych, miliard dolarów, około miliona złotych",
            ["PLN 1000000", "USD 1000000000", "PLN 1000000"],
        ),
        ("cs", "milion korun, půl milionu korun, 3,5 milionu korun", ["CZK 1000000", "CZK 500000", "CZK 3500000"]),
        ("cs", "1 miliarda a 200 milionů korun", ["CZK 1200000000"]),
        ("fi", "miljoona euroa, puoli miljoonaa euroa", ["EUR 1000000", "EUR 500000"]),
        ("fi", "2 ja puoli miljoonaa euroa", ["EUR 2500000"]),
        ("sv", "en miljon kronor, en halv miljon kronor", ["SEK 1000000", "SEK 500000"]),
        ("sv", "två och en halv miljon kronor, tre miljarder dollar", ["SEK 2500000", "USD 3000000000"]),
        ("sv", "2 miljarder och 500 miljoner kronor", ["SEK 2500000000"]),
        ("da", "en million kroner, halvanden million kroner", ["DKK 1000000", "DKK 1500000"]),
        ("no", "en million kroner, en halv milliard kroner", ["NOK 1000000", "NOK 500000000"]),
        ("ro", "un milion de euro, jumătate de milion de euro", ["EUR 1000000", "EUR 500000"]),
        (
            "el",
            "5 εκατομμύρια ευρώ, 3 δισ. ευρώ, 1,5 δισ. δολάρια",
            ["EUR 5000000", "EUR 3000000000", "USD 1500000000"],
        ),
        ("el", "ένα εκατομμύριο ευρώ, μισό εκατομμύριο ευρώ", ["EUR 1000000", "EUR 500000"]),
        ("el", "2 δισ. και 500 εκατ. ευρώ", ["EUR 2500000000"]),
        ("ar", "5 ملايين دولار أمريكي و200 مليون جنيه مصري", ["USD 5000000", "EGP 200000000"]),
        ("ar", "3 مليارات و500 مليون دولار", ["USD 3500000000"]),
        (
            "ar",
            "300 مليون دولار كندي، 10 آلاف يورو، 20 مليون ريال سعودي",
            ["CAD 300000000", "EUR 10000", "SAR 20000000"],
        ),
        ("ar", "٥ ملايين دولار", ["USD 5000000"]),
        ("he", "5 מיליון שקלים, 3 מיליארד דולר", ["ILS 5000000", "USD 3000000000"]),
        ("he", 'בסך 20 מיליון ש"ח ו-5,000 שקלים; כ-3 מיליארד אירו', ["ILS 20000000", "ILS 5000", "EUR 3000000000"]),
        ("he", "3 מיליארד ו-500 מיליון שקל", ["ILS 3500000000"]),
        ("th", "5 ล้านบาท, 3 พันล้านบาท และ 1.5 ล้านล้านบาท", ["THB 5000000", "THB 3000000000", "THB 1500000000000"]),
        ("th", "2 หมื่นล้านบาท, 5 แสนบาท, 500 บาท", ["THB 20000000000", "THB 500000", "THB 500"]),
        ("th", "2 ล้าน 5 แสนบาท", ["THB 2500000"]),
        ("th", "1,200 ล้านบาท, 200 ล้านดอลลาร์สหรัฐ", ["THB 1200000000", "USD 200000000"]),
        ("th", "300 ล้านดอลลาร์สิงคโปร์, 20ล้านยูโร", ["SGD 300000000", "EUR 20000000"]),
        ("fa", "5 میلیون ریال و 3 میلیارد دلار", ["IRR 5000000", "USD 3000000000"]),
    ],
)
def test_a_scale_is_read(language: str, text: str, amounts: list[str], grammar: MoneyGrammar) -> None:
    assert _read(text, grammar, language) == amounts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "треть миллиона рублей"),
        ("ru", "миллионы рублей, несколько миллионов рублей, десятки миллионов рублей"),
        ("ru", "в миллион раз больше рублей"),
        ("pl", "kilka milionów złotych, ćwierć miliona złotych"),
        ("cs", "dvacet jeden milion korun, dva a půl milionu korun"),
        ("bg", "двадесет и един милион лева, няколко милиона лева"),
        ("fi", "kaksi ja puoli miljoonaa euroa"),
        ("el", "δύο και μισό εκατομμύρια ευρώ"),
        ("sv", "några miljoner kronor"),
        ("ar", "عشرين مليون دولار"),
        ("he", "עשרים מיליון שקל"),
        ("th", "ครึ่งล้านบาท หน่วย: ล้านบาท"),
        ("es", "миллион рублей"),
    ],
)
def test_a_scale_of_an_unknown_number_has_no_value(language: str, text: str, grammar: MoneyGrammar) -> None:
    assert _read(text, grammar, language) == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("The fine was R500, or 27 dollars, after the rand fell.", ["ZAR 500", "USD 27"]),
        ("The South African rand fell; tickets cost R50 or R120.", ["ZAR 50", "ZAR 120"]),
        ("Fuel is up R1 a liter as the rand falls.", []),
        ("The rand fell as the R500 was closed.", []),
        ("The rand fell; traffic on R27 and R300 highway stopped.", []),
        ("South Africa closed R500.", []),
        ("Take R500.", []),
    ],
)
def test_small_sums_in_rand_need_the_rand(text: str, amounts: list[str], grammar: MoneyGrammar) -> None:
    assert _read(text, grammar, "en") == amounts
