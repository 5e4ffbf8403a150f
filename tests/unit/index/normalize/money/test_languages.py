"""Sums in the forms of many countries, in English texts and in texts of their own languages."""

import pytest

from index.normalize.money import MoneyGrammar, find_amounts


def _read(text: str, grammar: MoneyGrammar, language: str | None) -> list[str]:
    """Return the amounts as "EUR 5" and "EUR 2-3"; "? 5" when the currency is not known."""
    return [
        f"{match.amount.currency or '?'} {match.amount.value:f}"
        + (f"-{match.amount.upper:f}" if match.amount.upper is not None else "")
        for match in find_amounts(text, grammar, language=language)
        if match.amount.value is not None
    ]


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("It won a US$30m order.", ["USD 30000000"]),
        ("It won a 30mUSD order.", ["USD 30000000"]),
        ("It cost EUR1.2bn to build.", ["EUR 1200000000"]),
        ("It cost 2bn euro to build.", ["EUR 2000000000"]),
        ("The grant of Rs 5 crore was paid in India.", ["INR 50000000"]),
        ("The plan needs ₹5 lakh crore.", ["INR 5000000000000"]),
        ("A fund of R$2 bi was made.", ["BRL 2000000000"]),
        ("A R2bn tender in South Africa.", ["ZAR 2000000000"]),
        ("They lost KSh500m in Nairobi.", ["KES 500000000"]),
        ("The bridge cost Tk 20 crore.", ["BDT 200000000"]),
        ("He paid RM3.2 million for it.", ["MYR 3200000"]),
        ("A sum of NT$50 million and HK$3bn.", ["TWD 50000000", "HKD 3000000000"]),
        ("The fee is Fr. 2.5 Mio a year.", ["CHF 2500000"]),
        ("The cost is 1,2 Mrd. € and more.", ["EUR 1200000000"]),
        ("Norway pays kr 200 mill. a year.", ["NOK 200000000"]),
        ("Ukraine gave ₴25 million and 3 млн ₴.", ["UAH 25000000", "UAH 3000000"]),
        ("The firm paid CHF 1'234'567.50 in all.", ["CHF 1234567.5"]),
        ("It was 12,34,567 rupees.", ["INR 1234567"]),
        ("Rs. 12,34,56,789 was spent.", ["INR 123456789"]),
        ("The price was 10\u202f000\u202f000,50\xa0\u20ac in the tender.", ["EUR 10000000.5"]),
        ("The price was 1\u2009234\u2009567 kr in Sweden.", ["SEK 1234567"]),
        ("He was fined shillings 500 for it in Kenya.", ["KES 500"]),
        ("He got euros 2 million from them.", ["EUR 2000000"]),
        ("He was fined rupees 5,000 and jailed.", ["INR 5000"]),
        ("The plan of 3 trillion rupees and 4 tn yen", ["INR 3000000000000", "JPY 4000000000000"]),
        ("a $5tn plan, a $3trn plan, a €2tn fund", ["USD 5000000000000", "USD 3000000000000", "EUR 2000000000000"]),
        ("Rs 500cr and Rs 20 lac", ["INR 5000000000", "INR 2000000"]),
        ("Rs 5 crore 20 lakh was spent", ["INR 52000000"]),
        ("AUD $5 million was paid", ["AUD 5000000"]),
        ("SGD$20 was paid, and EUR €30", ["SGD 20", "EUR 30"]),
        ("P5 billion was set aside by the Philippines", ["PHP 5000000000"]),
        ("N5bn fraud in Nigeria", ["NGN 5000000000"]),
        ("K2 billion loan, says Zambia", ["ZMW 2000000000"]),
        ("Pakistan spent Rs 5 billion", ["PKR 5000000000"]),
        ("a fund of ¥5 billion in China", ["CNY 5000000000"]),
        ("a fund of ¥5 billion", ["JPY 5000000000"]),
        (
            "GH₵5 million, ₦300m, ₱20m, ₩3bn, ₪4m, ₫500bn, ₮2bn, ₭3bn",
            [
                "GHS 5000000",
                "NGN 300000000",
                "PHP 20000000",
                "KRW 3000000000",
                "ILS 4000000",
                "VND 500000000000",
                "MNT 2000000000",
                "LAK 3000000000",
            ],
        ),
        ("Rp 5 trillion and Rp500 billion", ["IDR 5000000000000", "IDR 500000000000"]),
        ("S/ 3.5 million and S/.200,000 in Peru", ["PEN 3500000", "PEN 200000"]),
        (
            "B/.3 million in Panama; ₡500 million; Q5 million in Guatemala",
            ["PAB 3000000", "CRC 500000000", "GTQ 5000000"],
        ),
        (
            "J$5 million, TT$3m, EC$20,000, Bds$5m, BZ$2m",
            ["JMD 5000000", "TTD 3000000", "XCD 20000", "BBD 5000000", "BZD 2000000"],
        ),
        (
            "QR500m in Qatar; SR5 billion; KD 3 million; BD1.2bn; RO 5 million; JD 3 million; Dh5 million; Dhs 200m",
            [
                "QAR 500000000",
                "SAR 5000000000",
                "KWD 3000000",
                "BHD 1200000000",
                "OMR 5000000",
                "JOD 3000000",
                "AED 5000000",
                "AED 200000000",
            ],
        ),
        ("LE 5 million, EGP 3bn, E£20m", ["EGP 5000000", "EGP 3000000000", "EGP 20000000"]),
        (
            "Birr 5 million, 300 million birr, Br 20 million in Ethiopia",
            ["ETB 5000000", "ETB 300000000", "ETB 20000000"],
        ),
        ("30 MUSD and TEUR 500 and 5 MEUR", ["USD 30000000", "EUR 500000", "EUR 5000000"]),
        ("C$5 million", ["CAD 5000000"]),
        ("Nicaragua pays C$5 million", ["NIO 5000000"]),
        ("It cost 25 million, 300 thousand dollars.", ["USD 25300000"]),
        ("one million, two hundred thousand, five hundred dollars", ["USD 1200500"]),
        ("two hundred thousand, five hundred dollars", ["USD 200500"]),
        ("a list of 5 million, 300 dollars each", ["USD 300"]),
        ("from 2012 $3m to $4m", ["USD 3000000-4000000"]),
        ("rose from 2012 to 5 million dollars", ["USD 5000000"]),
        ("up in 2012 to 5 million dollars", ["USD 5000000"]),
        ("$2-3bn", ["USD 2000000000-3000000000"]),
        ("between 2 and 3 million euros", ["EUR 2000000-3000000"]),
        ("2 to 3 bn euros", ["EUR 2000000000-3000000000"]),
        ("half a million dollars", ["USD 500000"]),
        ("$1.2 to $1.5 billion", ["USD 1200000000-1500000000"]),
        ("$5 million a year, $50 per barrel", ["USD 5000000", "USD 50"]),
        ("1500 to 2500 dollars", ["USD 1500-2500"]),
        ("2000-3000 dollars", ["USD 2000-3000"]),
        ("2000 dollars, 1,999 euros, 1950 dollars were paid", ["USD 2000", "EUR 1999", "USD 1950"]),
        (".01 cent; a cost of $.75, $0.05", ["USD 0.0001", "USD 0.75", "USD 0.05"]),
        ("1/2 cent, 3/4 of it, 3 1/2 cents", ["USD 0.005", "USD 0.035"]),
        ("paid $5m. The next", ["USD 5000000"]),
        ("€2bn-plus", ["EUR 2000000000"]),
        ("a £1m-a-year deal; 5bn-dollar plan; a $100m-plus", ["GBP 1000000", "USD 5000000000", "USD 100000000"]),
        (
            "3.5 mn pounds, $4B, $300M, USD1.5B and EUR200mln",
            ["GBP 3500000", "USD 4000000000", "USD 300000000", "USD 1500000000", "EUR 200000000"],
        ),
        ("USD 10,000,000.50", ["USD 10000000.5"]),
        ("100 000 EUR, 1 000,00 EUR", ["EUR 100000", "EUR 1000"]),
        ("£5m (€6m)", ["GBP 5000000", "EUR 6000000"]),
        ("US$5 million Canadian dollars", ["CAD 5000000"]),
        ("5,000/- Rs 5,000/- was taken in India", ["INR 5000"]),
        ("a $3.5-$4 billion range", ["USD 3500000000-4000000000"]),
    ],
)
def test_a_sum_in_an_english_text_is_read_whole(grammar: MoneyGrammar, text: str, amounts: list[str]) -> None:
    assert _read(text, grammar, "en") == amounts


@pytest.mark.parametrize(
    ("language", "text", "amounts"),
    [
        ("de", "Der Bau kostet 1,2 Mrd. € und mehr.", ["EUR 1200000000"]),
        ("no", "Prisen er kr 200 mill. i år.", ["NOK 200000000"]),
        ("pl", "Cena to 500 mln zł i 20 tys. zł.", ["PLN 500000000", "PLN 20000"]),
        ("cs", "Stavba stojí 2,5 mld. Kč ročně.", ["CZK 2500000000"]),
        ("hu", "Az ár 500 millió Ft lett, 25 000 Ft.", ["HUF 500000000", "HUF 25000"]),
        ("bg", "Цената е 2 млн. лв. годишно.", ["BGN 2000000"]),
        ("ru", "Бюджет — 5 млрд ₽ в год.", ["RUB 5000000000"]),
        ("tr", "Fatura ₺400 bin oldu.", ["TRY 400000"]),
        ("ja", "価格は5億円だった。", ["JPY 500000000"]),
        ("zh", "合同金额为3万元。", ["CNY 30000"]),
        ("zh", "合同金额为1.5亿元人民币，另有120亿美元。", ["CNY 150000000", "USD 12000000000"]),
        ("ja", "売上は1億2000万円。", ["JPY 120000000"]),
        ("es", "U$S 500 millones", ["USD 500000000"]),
        ("fr", "500 millions FCFA à Dakar au Senegal", ["XOF 500000000"]),
        ("fr", "5 millions de DH au Maroc", ["MAD 5000000"]),
        ("es", "500 mdd y 300 mdp", ["USD 500000000", "MXN 300000000"]),
        ("sv", "kostar 500 mkr", ["SEK 500000000"]),
        ("fr", "5 M€, 20 k€ et 3 Md€", ["EUR 5000000", "EUR 20000", "EUR 3000000000"]),
        (
            "de",
            "Die Kosten liegen bei 2,5 Milliarden Euro, 1.234 Mio. Euro und 3.500 Euro.",
            ["EUR 2500000000", "EUR 1234000000", "EUR 3500"],
        ),
        (
            "de",
            "Eine Billion Dollar und 2 Billionen Euro, 500.000 Franken.",
            ["USD 1000000000000", "EUR 2000000000000", "CHF 500000"],
        ),
        ("de", "Er zahlte zwei Millionen Euro und eine halbe Million Dollar.", ["EUR 2000000", "USD 500000"]),
        ("de", "zwischen 2 und 3 Milliarden Euro", ["EUR 2000000000-3000000000"]),
        ("de", "von 2 bis 3 Mio. Euro", ["EUR 2000000-3000000"]),
        ("de", "ein 500-Millionen-Euro-Paket und ein 50-Euro-Schein", ["EUR 500000000", "EUR 50"]),
        (
            "de",
            "5 Millionen US-Dollar, 3 Mio. kanadische Dollar, 2 Mrd. Rubel, 5 Mio. türkische Lira, 20 Mio. Franken",
            ["USD 5000000", "CAD 3000000", "RUB 2000000000", "TRY 5000000", "CHF 20000000"],
        ),
        ("de", "1,549 Euro je Liter und 2,10 Euro", ["EUR 1.549", "EUR 2.1"]),
        ("de", "25,- Euro und 1.234,56 €", ["EUR 25", "EUR 1234.56"]),
        ("de", "500 Tsd. Euro, 500 Tausend Euro", ["EUR 500000", "EUR 500000"]),
        (
            "fr",
            "deux millions d’euros, 2,5 milliards de dollars canadiens, 500 000 francs suisses",
            ["EUR 2000000", "CAD 2500000000", "CHF 500000"],
        ),
        ("fr", "1,2 billion d'euros", ["EUR 1200000000000"]),
        ("fr", "entre 2 et 3 millions d'euros", ["EUR 2000000-3000000"]),
        ("fr", "environ 3 millions d'euros", ["EUR 3000000"]),
        ("fr", "5 millions de livres sterling", ["GBP 5000000"]),
        ("es", "2 mil millones de euros y 1.500 millones de pesos", ["EUR 2000000000", "? 1500000000"]),
        ("es", "3 mil 500 millones de pesos en Mexico", ["MXN 3500000000"]),
        (
            "es",
            "2,5 millones de dólares, un millón de euros, medio millón de dólares, 1,2 billones de pesos",
            ["USD 2500000", "EUR 1000000", "USD 500000", "? 1200000000000"],
        ),
        ("es", "25 mil pesos y 12 mil 300 pesos en Mexico", ["MXN 25000", "MXN 12300"]),
        ("es", "entre 2 y 3 millones de euros", ["EUR 2000000-3000000"]),
        ("es", "de 2 a 3 millones de euros", ["EUR 2000000-3000000"]),
        ("es", "1.234 dólares y 2,5 euros", ["USD 1234", "EUR 2.5"]),
        ("es", "Mexico: 1,234.50 pesos y 3,500 pesos", ["MXN 1234.5", "MXN 3500"]),
        (
            "it",
            "2,5 miliardi di euro, 300 mila euro, 500mila euro, un milione di dollari, 3 mld di euro, 2 mln di euro",
            ["EUR 2500000000", "EUR 300000", "EUR 500000", "USD 1000000", "EUR 3000000000", "EUR 2000000"],
        ),
        (
            "pt",
            "R$ 2,5 milhões, R$ 3 bi, R$ 500 mil, 2 mil milhões de euros, 2 milhões e 300 mil reais",
            ["BRL 2500000", "BRL 3000000000", "BRL 500000", "EUR 2000000000", "BRL 2300000"],
        ),
        ("pt", "R$ 1.234,56 e R$ 3.500", ["BRL 1234.56", "BRL 3500"]),
        (
            "nl",
            "2,5 miljard euro, 3 miljoen euro, € 500.000, 500 duizend euro, twee miljoen dollar, € 2,5 mln",
            ["EUR 2500000000", "EUR 3000000", "EUR 500000", "EUR 500000", "USD 2000000", "EUR 2500000"],
        ),
        ("nl", "tussen 2 en 3 miljoen euro, 2 tot 3 miljoen euro", ["EUR 2000000-3000000", "EUR 2000000-3000000"]),
        (
            "tr",
            "2,5 milyar dolar, 400 bin lira, 3 milyon TL, iki milyon avro, 500 milyon dolarlık; 1.500 lira",
            [
                "USD 2500000000",
                "TRY 400000",
                "TRY 3000000",
                "EUR 2000000",
                "USD 500000000",
                "TRY 1500",
            ],
        ),
        ("tr", "2 milyon 300 bin lira", ["TRY 2300000"]),
        (
            "ru",
            "2,5 млрд рублей, 300 тыс. руб., 5 млн долларов США, 3 трлн рублей, два миллиона евро, 20 млн грн",
            [
                "RUB 2500000000",
                "RUB 300000",
                "USD 5000000",
                "RUB 3000000000000",
                "EUR 2000000",
                "UAH 20000000",
            ],
        ),
        ("ru", "от 2 до 3 млн евро; 2 млн 300 тыс. рублей", ["EUR 2000000-3000000", "RUB 2300000"]),
        ("ru", "10 000 000,50 рублей; 1 234 567 руб.", ["RUB 10000000.5", "RUB 1234567"]),
        (
            "uk",
            "2,5 млрд гривень, 300 тис. грн, 5 мільйонів доларів, два мільйони євро",
            ["UAH 2500000000", "UAH 300000", "USD 5000000", "EUR 2000000"],
        ),
        (
            "pl",
            "2,5 mld zł, 300 tys. złotych, 5 mln euro, 3 miliardy dolarów, dwa miliony złotych, 3 bln zł",
            ["PLN 2500000000", "PLN 300000", "EUR 5000000", "USD 3000000000", "PLN 2000000", "PLN 3000000000000"],
        ),
    ],
)
def test_a_sum_is_read_in_the_language_of_its_text(
    grammar: MoneyGrammar, language: str, text: str, amounts: list[str]
) -> None:
    assert _read(text, grammar, language) == amounts
