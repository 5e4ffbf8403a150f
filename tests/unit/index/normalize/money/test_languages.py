"""Sums in texts of other languages than English."""

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
        ("pt", "US$ 1,5 bilhão", ["USD 1500000000"]),
        (
            "de",
            "Er zahlte 2,5 Mio. € und 300.000,50 € sowie 15.000 US-Dollar.",
            ["EUR 2500000", "EUR 300000.5", "USD 15000"],
        ),
        ("de", "Das Budget von EUR 1,2 Mrd. wurde auf 1.5 Mrd. Franken erhöht.", ["EUR 1200000000", "CHF 1500000000"]),
        ("de", "Der Umsatz stieg von 2 auf 3 Milliarden Euro.", ["EUR 3000000000"]),
        ("de", "zwischen zwei und drei Millionen Euro", ["EUR 2000000-3000000"]),
        ("fr", "Le budget passe de 2 à 3 milliards d'euros.", ["EUR 3000000000"]),
        ("fr", "de 2 à 3 milliards d'euros", ["EUR 2000000000-3000000000"]),
        ("fr", "3 000 euros, 3.000 euros, 3 000,50 €, 1,5 M$", ["EUR 3000", "EUR 3000", "EUR 3000.5", "USD 1500000"]),
        ("fr", "50 centimes d'euro, 20 centimes", ["EUR 0.5", "? 0.2"]),
        ("fr", "25 millions 300 000 euros", ["EUR 25300000"]),
        (
            "es",
            "1.500 millones de euros, 3,2 billones de dólares, 45.000 euros, 12,50 euros",
            ["EUR 1500000000", "USD 3200000000000", "EUR 45000", "EUR 12.5"],
        ),
        ("es", "USD 1.500 millones y US$2.5 millones", ["USD 2500000"]),
        ("es", "500 mil dólares y 2 millones 500 mil pesos en Argentina", ["USD 500000", "ARS 2500000"]),
        (
            "it",
            "1,3 miliardi di dollari, 20 milioni di sterline, 15mila euro, 1.500 euro, 2,5 mln",
            ["USD 1300000000", "GBP 20000000", "EUR 15000", "EUR 1500"],
        ),
        (
            "it",
            "tra 2 e 3 miliardi di euro; da 5 a 7 milioni di euro",
            ["EUR 2000000000-3000000000", "EUR 5000000-7000000"],
        ),
        ("it", "2 mila miliardi di lire", ["ITL 2000000000000"]),
        (
            "pt",
            "R$ 1,2 trilhão; 3 bilhões de dólares; 45 mil euros; meio milhão de euros",
            ["BRL 1200000000000", "USD 3000000000", "EUR 45000", "EUR 500000"],
        ),
        (
            "nl",
            "€ 1.250,- en € 2,5 miljoen; 1,2 mld. euro; anderhalf miljoen euro; 3 ton",
            ["EUR 1250", "EUR 2500000", "EUR 1200000000", "EUR 1500000"],
        ),
        (
            "tr",
            "15,5 milyon TL'lik, 2,3 milyar avroluk, 100 bin dolara, 1.250,75 TL, 50 kuruş",
            ["TRY 15500000", "EUR 2300000000", "USD 100000", "TRY 1250.75", "TRY 0.5"],
        ),
        (
            "tr",
            "10 milyon ABD doları, 3 milyon İngiliz sterlini, yarım milyon euro",
            ["USD 10000000", "GBP 3000000", "EUR 500000"],
        ),
        (
            "ru",
            "1,5 трлн руб., 25,3 млрд долл., 100 тыс. евро, полтора миллиона рублей, 12 500 руб.",
            ["RUB 1500000000000", "USD 25300000000", "EUR 100000", "RUB 1500000", "RUB 12500"],
        ),
        ("ru", "около 5 млн рублей, более 3 млн евро", ["RUB 5000000", "EUR 3000000"]),
        (
            "ru",
            "€5 млн и $3 млрд, 20 млн фунтов стерлингов, 5 фунтов мяса",
            ["EUR 5000000", "USD 3000000000", "GBP 20000000"],
        ),
        (
            "uk",
            "12,5 млн грн, 3 млрд євро, 500 тис. доларів США, 15 000 гривень",
            ["UAH 12500000", "EUR 3000000000", "USD 500000", "UAH 15000"],
        ),
        (
            "pl",
            "12,5 mln zł, 3 mld euro, 500 tys. dol., 15 000 złotych, 1,5 tys. zł, 2,50 zł",
            ["PLN 12500000", "EUR 3000000000", "USD 500000", "PLN 15000", "PLN 1500", "PLN 2.5"],
        ),
        ("pl", "od 2 do 3 mln zł", ["PLN 2000000-3000000"]),
        ("ru", "3 млрд тенге, 5 млн сомов, 2 млрд сумов", ["KZT 3000000000", "KGS 5000000", "UZS 2000000000"]),
        ("da", "25 kr. og 3 mio. kr.", ["DKK 25", "DKK 3000000"]),
        (
            "sv",
            "25 kronor, 3,5 miljoner kronor, 2 miljarder kronor, 500 kr",
            ["SEK 25", "SEK 3500000", "SEK 2000000000", "SEK 500"],
        ),
        (
            "no",
            "3,5 millioner kroner, 2 milliarder kroner, 500 kroner, kr 250",
            ["NOK 3500000", "NOK 2000000000", "NOK 500", "NOK 250"],
        ),
        ("fi", "3,5 miljoonaa euroa, 2 miljardia euroa", ["EUR 3500000", "EUR 2000000000"]),
        ("ro", "2,5 milioane de lei, 3 miliarde de euro, 500 lei", ["RON 2500000", "EUR 3000000000", "RON 500"]),
        (
            "id",
            "Rp 2,5 triliun, Rp 500 miliar, Rp 25 juta, Rp 1.500.000",
            ["IDR 2500000000000", "IDR 500000000000", "IDR 25000000", "IDR 1500000"],
        ),
        (
            "vi",
            "2,5 tỷ đồng, 500 triệu đồng, 1.500.000 đồng, 50.000đ",
            ["VND 2500000000", "VND 500000000", "VND 1500000", "VND 50000"],
        ),
        (
            "ja",
            "3兆5000億円、500万円、1,200円、20億ドル、5000万ユーロ",
            ["JPY 3500000000000", "JPY 5000000", "JPY 1200", "USD 2000000000", "EUR 50000000"],
        ),
        (
            "zh",
            "投资500亿元、3000万美元、2.5万亿元、100元、20亿欧元",
            ["CNY 50000000000", "USD 30000000", "CNY 2500000000000", "CNY 100", "EUR 2000000000"],
        ),
        (
            "ko",
            "5조 원, 3000억원, 500만 원, 20억 달러",
            ["KRW 5000000000000", "KRW 300000000000", "KRW 5000000", "USD 2000000000"],
        ),
    ],
)
def test_a_sum_is_read_in_the_language_of_its_text(
    grammar: MoneyGrammar, language: str, text: str, amounts: list[str]
) -> None:
    assert _read(text, grammar, language) == amounts
