"""Sums in the forms of many countries in English texts."""

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
        ("The contract was for $12.5-million-a-year.", ["USD 12500000"]),
        (
            "A 3bn-euro plan, the 500m-dollar deal and a £40k-a-year job",
            ["EUR 3000000000", "USD 500000000", "GBP 40000"],
        ),
        ("Prices were 1 234 567,89 EUR; 45 000 EUR", ["EUR 1234567.89", "EUR 45000"]),
        ("CHF 12’345.60, CHF 7'500.- and Fr. 3'000.–", ["CHF 12345.6", "CHF 7500", "CHF 3000"]),
        (
            "seven million, five hundred thousand pounds; three billion, two hundred and fifty million yen",
            ["GBP 7500000", "JPY 3250000000"],
        ),
        ("thirty-two million, six hundred and forty thousand euros", ["EUR 32640000"]),
        ("It cost .5 cents a share, .02 cent, and .25 dlrs", ["USD 0.005", "USD 0.0002", "USD 0.25"]),
        ("R$3 mi, R$ 4 bilhões, R$ 25 mil", ["BRL 3000000", "BRL 4000000000"]),
        ("₺2 milyon, ₺3,5 milyar, ₺500 bin", ["TRY 2000000", "TRY 3500000000", "TRY 500000"]),
        ("2 Mio. Franken, 3 Mrd Euro, 4 Mill. Euro", ["CHF 2000000", "EUR 3000000000"]),
        ("5 mld euro, 6 mln zł, 7 mlrd euro", ["EUR 5000000000", "PLN 6000000", "EUR 7000000000"]),
        ("£5 million pounds", ["GBP 5000000"]),
        ("from 2010 to 3 billion euros", ["EUR 3000000000"]),
        ("in 2010-11 $5 million went", ["USD 5000000"]),
        ("In 2018, $5m; in 2019 $6m; 2020: $7m", ["USD 5000000", "USD 6000000", "USD 7000000"]),
        ("between 2015 and 2 million dollars", ["USD 2000000"]),
        ("$5m in 2012 to $7m in 2013", ["USD 5000000", "USD 7000000"]),
        (
            "500-600 million euros, €500-600m, 500m-600m euros",
            ["EUR 500000000-600000000", "EUR 500000000-600000000", "EUR 500000000-600000000"],
        ),
        ("$1,500-2,000", ["USD 1500-2000"]),
        ("between Rs 5 crore and Rs 7 crore", ["INR 50000000-70000000"]),
        ("Rs 2-3 crore", ["INR 20000000-30000000"]),
        (
            "1.5 lakh rupees, Rs 2.5 lakh crore, 50 lakh takas, Rs 3,45,678.50",
            ["INR 150000", "INR 2500000000000", "BDT 5000000", "INR 345678.5"],
        ),
        (
            "AED 3.5 billion, SAR 200m, QAR5bn, OMR 12.5 million, KWD 3m, BHD 40m, "
            "EGP 12bn, JOD 5m, ILS 3bn, IQD 5 trillion",
            [
                "AED 3500000000",
                "SAR 200000000",
                "QAR 5000000000",
                "OMR 12500000",
                "KWD 3000000",
                "BHD 40000000",
                "EGP 12000000000",
                "JOD 5000000",
                "ILS 3000000000",
                "IQD 5000000000000",
            ],
        ),
        (
            "THB500m, SGD 3.2m, MYR 5 million, IDR 3 trillion, VND 500 billion, PHP 3.5 billion, "
            "KRW 3 trillion, TWD 5bn, HKD 3m, JPY 500bn, CNY 3bn",
            [
                "THB 500000000",
                "SGD 3200000",
                "MYR 5000000",
                "IDR 3000000000000",
                "VND 500000000000",
                "PHP 3500000000",
                "KRW 3000000000000",
                "TWD 5000000000",
                "HKD 3000000",
                "JPY 500000000000",
                "CNY 3000000000",
            ],
        ),
        (
            "500 million Kenyan shillings, 3bn Ugandan shillings, KES 5m, UGX 3bn, TZS 4bn",
            ["KES 500000000", "UGX 3000000000", "KES 5000000", "UGX 3000000000", "TZS 4000000000"],
        ),
        (
            "N$5 million, P20 million in Botswana, E5 million in Eswatini, M3 million in Lesotho, "
            "MK5 billion, D5 million in Gambia, Le 5 billion in Sierra Leone",
            [
                "NAD 5000000",
                "BWP 20000000",
                "SZL 5000000",
                "LSL 3000000",
                "MWK 5000000000",
                "GMD 5000000",
                "SLE 5000000000",
            ],
        ),
    ],
)
def test_a_sum_in_an_english_text_is_read_whole(grammar: MoneyGrammar, text: str, amounts: list[str]) -> None:
    assert _read(text, grammar, "en") == amounts
