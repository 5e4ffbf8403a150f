"""Numbers beside a currency, or beside what looks like one, that are no sums."""

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
    ("language", "text"),
    [
        ("fr", "10 000 livres et ses 3 fils"),
        ("es", "1,234 dólares"),
        ("en", "Output in constant 2015 US$ rose."),
        ("en", "In 2019-20 dollars it is less."),
        ("en", "in 2019 dollars"),
        ("en", "measured in 2012 euros"),
        ("en", "(constant 2010 US$)"),
        ("en", "since 2015 dollars flow"),
        ("en", "In 1957 Rand published it."),
        ("en", "In 2019 Rand Paul said"),
        ("en", "He lives at 10 Crown Street."),
        ("en", "the rapper 50 Cent sang"),
        ("en", "ALL 5 of us"),
        ("en", "ALL 5 MILLION VOTERS"),
        ("en", "TOP 10"),
        ("en", "TOP 100,000 players"),
        ("en", "MOP 12 floors"),
        ("en", "the CUP 2019 final"),
        ("en", "an R 18 rating"),
        ("en", "at L 500 street"),
        ("en", "He climbed K2 and K 2"),
        ("en", "COP 26 in Glasgow"),
        ("en", "SDG 13 and SDG 5"),
        ("en", "a 500-pound bomb, 20 pounds of cocaine"),
        ("en", "he weighed 210 pounds"),
        ("en", "200 kg (440 pounds)"),
        ("en", "500 pounds (227 kg) of rice"),
        ("en", "she won 3 of 5; 25 won prizes"),
        ("en", "Some 2 million won the right to vote"),
        ("en", "more than 50,000 won asylum"),
        ("en", "5 real people, 2 million real jobs"),
        ("en", "the Dinar Bank 5 branch"),
        ("en", "the engine meets Euro 6."),
        ("en", "Euro 2020 began"),
        ("en", "its 2026 dollar bonds"),
        ("en", "S-400 500 systems"),
        ("en", "chapter 5.3.2 euros"),
        ("en", "1,2,3 dollars"),
        ("en", "In 1997 Zaire fell"),
        ("en", "Milwaukee Bucks 112, Lakers 105"),
        ("en", "P 5 and Q 3"),
        ("en", "Vitamin K 2 and D 3"),
        ("en", "VT 5 route"),
        ("en", "LE 5 MAI"),
        ("en", "the SAT 1,200 score"),
        ("en", "PEN 15"),
        ("en", "the MAD 30 plan"),
        ("en", "E 5 road and N 1 road"),
        ("en", "Le 5 mai"),
        ("en", "Fr 5"),
        ("en", "Rock 5 million"),
        ("en", "he had 5 marks out of 10"),
        ("en", "at 3 sol per day"),
        ("en", "2 soles of shoes"),
        ("en", "K-2 500"),
        ("en", "$1,2,3"),
        ("en", "rose in March 2019 dollars"),
        ("en", "They want 25 million 300 dollars."),
        ("en", "from 1990 to 2000 dollars"),
        ("en", "Only 500 crowns"),
        ("en", "500 crowns of 2 million"),
        ("en", "5 million pounds (227 kg)"),
        ("en", "a sum in 2015 euros, in constant 2010 dollars dollars"),
        ("en", "(in 2020 US dollars), in real 2005 pounds, in chained 2012 dollars"),
        ("en", "GDP per capita, PPP (constant 2017 international $) was 3."),
        ("es", "millones de euros"),
        ("nl", "3 pond boter en 500 gram"),
        ("pl", "10 funtów mięsa"),
        ("en", "he won 3 gold medals"),
        ("en", "the 5 won prizes"),
        ("en", "25,000 won the right"),
        ("en", "two real friends"),
        ("en", "in 1994 Zaire"),
        ("en", "10 Mark Lane"),
        ("en", "10 Downing Street and 5 Dinar Road"),
        ("en", "Ayn Rand 1943"),
        ("en", "at 20 Dollar Tree stores"),
        ("en", "5 Pound Puppies"),
        ("en", "ALL 12 members"),
        ("en", "ALL 5,000 fans"),
        ("en", "the TOP 500 list"),
        ("en", "TOP 50,000"),
        ("en", "MOP 5"),
        ("en", "CUP 2022"),
        ("en", "World CUP 2019 Final"),
        ("en", "J.D. 5"),
        ("en", "R 16 film"),
        ("en", "R18"),
        ("en", "L 200 pickup"),
        ("en", "K9 unit, K-9, K2, K 2"),
        ("en", "M5 motorway"),
        ("en", "N1 road and N 7"),
        ("en", "P 38 aircraft"),
        ("en", "E 10 fuel"),
        ("en", "Q3 2020"),
        ("en", "D 5 junction"),
        ("en", "S 500"),
        ("en", "T 34"),
        ("en", "C 130"),
        ("en", "MAD 5 magazine"),
        ("en", "SOS 500"),
        ("en", "BAM 5"),
        ("en", "COP 21, COP26"),
        ("en", "PHP 8"),
        ("en", "SDG 5"),
        ("en", "ERN 3"),
        ("en", "GEL 2"),
        ("en", "LAK 5"),
        ("en", "5 real, 6 imagined"),
        ("en", "a 20-pound turkey"),
        ("en", "20 pounds of beef"),
        ("en", "the baby weighed 7 pounds"),
        ("en", "lost 30 pounds"),
        ("en", "2.2 pounds (1 kg)"),
        ("en", "1 kg (2.2 pounds)"),
        ("en", "2 million pounds of beef"),
        ("en", "the pound fell 2 percent"),
        ("en", "a crown of 12 stars"),
        ("en", "12 crowns"),
        ("en", "3 marks"),
        ("en", "10 marks out of 10"),
        ("en", "his mark 5"),
        ("en", "in March 2012 dollars"),
        ("en", "the 2008 dollar crisis"),
        ("en", "the 1990 euro debate"),
        ("en", "2025 euro bonds"),
        ("en", "its 2030 dollar notes"),
        ("en", "5:30 dollars"),
        ("en", "v1.2.3 dollars"),
        ("en", "1/2/3 dollars"),
        ("en", "$HOME and $PATH"),
        ("en", "$ 1,2,3"),
        ("en", "Number 10,000,0 dollars"),
        ("en", "1.2.3.4 euros"),
        ("en", "Section 5.1.2 £"),
    ],
)
def test_what_is_no_sum_or_not_one_for_certain_is_not_read(grammar: MoneyGrammar, language: str, text: str) -> None:
    assert _read(text, grammar, language) == []


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("South Africa: the R500 road", []),
        ("South Africa: R18.50 a litre and R1 500", ["ZAR 18.5", "ZAR 1500"]),
        ("the R1 500 pump", []),
        ("Tonga: TOP 20,000", ["TOP 20000"]),
        ("Tonga: TOP 20", []),
        ("Sudan: SDG 13", []),
        ("Zambia: K500", []),
        ("Zambia: K5,000", ["ZMW 5000"]),
        ("Jordan: JD 20", ["JOD 20"]),
        ("JD 20", []),
        ("JD 20 million", ["JOD 20000000"]),
        ("TRY 5 MILLION WAYS", []),
        ("The won rose in Korea to 1,300 won", ["KRW 1300"]),
    ],
)
def test_letters_that_are_words_too_need_a_large_number_or_their_country(
    grammar: MoneyGrammar, text: str, amounts: list[str]
) -> None:
    assert _read(text, grammar, "en") == amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("They paid 2000 dollars, 1999 dollars and 1950 euros.", ["USD 2000", "USD 1999", "EUR 1950"]),
        ("It was sold for $2019.", ["USD 2019"]),
        ("in 2019 $3 million went", ["USD 3000000"]),
        ("since 2019 500 million dollars were spent", ["USD 500000000"]),
        ("in 2019, 500 million dollars", ["USD 500000000"]),
        ("2000-2500 dollars", ["USD 2000-2500"]),
    ],
)
def test_a_number_that_could_be_a_year_is_a_sum_where_it_stands_as_one(
    grammar: MoneyGrammar, text: str, amounts: list[str]
) -> None:
    assert _read(text, grammar, "en") == amounts
