import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.identity.similarity.likeness import Grade, Likeness, same_name
from index.model import ENTITY_KINDS, Kind
from tests.unit.index.identity.archives import ORGANIZATIONS, PEOPLE, PLACES, SYSTEMS, WORDS

CERTAIN, LIKELY, DIFFERENT = Grade
SYLLABLES = ["an", "ka", "ro", "mil", "ev", "ova", "ski", "ber", "ali", "jo", "hn", "son", "J. ", " Jr", " bin ", "al-"]
SYLLABLES += ["De ", "da ", "van ", "von ", " II ", "7", "S-400", " Ltd", " AG", "Bank ", " of ", "Iran"]
NAME_TEXTS = st.lists(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3).map("".join), max_size=4).map(
    " ".join
)


def likeness(kind: Kind, left: str, right: str) -> Likeness:
    return same_name(left, right, kind=kind, words=WORDS)


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        (PEOPLE, "Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        (PEOPLE, "Alexander Mikheev", "Aleksandr Mikheyev"),
        (PEOPLE, "Volodymyr Zelenskyy", "Vladimir Zelenskiy"),
        (PEOPLE, "Qasem Soleimani", "Qasim Soleimani"),
        (PEOPLE, "Volodymyr Zelensky", "Volodymyr Zelenskyj"),
        (PEOPLE, "Demir, Ismail", "Ismail Demir"),
        (PEOPLE, "John Kennedy", "John Fitzgerald Kennedy"),
        (PEOPLE, "Assad", "Bashar al-Assad"),
        (ORGANIZATIONS, "Samsung Co., Ltd.", "Samsung Inc"),
        (ORGANIZATIONS, "Seventh Fleet", "7th Fleet"),
        (ORGANIZATIONS, "Brigade Forty-Four", "Brigade 44"),
        (ORGANIZATIONS, "U.S. Department of State", "United States Dept. of State"),
        (ORGANIZATIONS, "FBI", "Federal Bureau of Investigation"),
        (SYSTEMS, "S-400", "S-400 Triumf"),
    ],
)
def test_spellings_and_short_forms_are_certain(kind: Kind, left: str, right: str) -> None:
    assert likeness(kind, left, right).grade is CERTAIN


@pytest.mark.parametrize(
    ("kind", "left", "right", "rule", "evidence"),
    [
        (PEOPLE, "I. Demir", "Ismail Demir", "initial", "the same surname, and “i” may stand for “ismail”"),
        (PEOPLE, "Emmanuel Macrone", "Emmanuel Macron", "slip", "“macron” and “macrone” differ in one letter"),
        (PEOPLE, "Ted Akar", "Theodore Akar", "slip", "“ted” may be short for “theodore”"),
        (PEOPLE, "Nur Bedreddin", "Nur Badruddin", "slip", "“badruddin” and “bedreddin” differ in vowels only"),
        (PEOPLE, "Shoigu Sergey", "Sergei Shoigu", "word order", "the same words in another order"),
        (PEOPLE, "Andrés Obrador", "Andrés Obrador López", "surnames", "“lopez” may be another surname"),
        (PEOPLE, "SergeiLavrov", "Sergei Lavrov", "words together", "“sergeilavrov” written as 2 words"),
        (ORGANIZATIONS, "Bank Deutsche", "Deutsche Bank", "word order", "the same words in another order"),
        (ORGANIZATIONS, "Lokheed Martin", "Lockheed Martin", "slip", "“lockheed” and “lokheed” differ in one letter"),
        (
            ORGANIZATIONS,
            "Good Will Industries",
            "Goodwil Industries",
            "words together",
            "nearly the same letters in other words",
        ),
    ],
)
def test_what_a_person_should_look_at_is_likely_and_says_why(
    kind: Kind, left: str, right: str, rule: str, evidence: str
) -> None:
    found = likeness(kind, left, right)
    assert (found.grade, found.rule, found.evidence) == (LIKELY, rule, evidence)


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        (PEOPLE, "Ismail Demir", "Ahmet Demir"),
        (PEOPLE, "Tom Cook", "Tim Cook"),
        (PEOPLE, "A. Demir", "Ismail Demir"),
        (PEOPLE, "John F. Kennedy", "John B. Kennedy"),
        (PEOPLE, "Robert Kennedy Jr.", "Robert Kennedy Sr."),
        (PEOPLE, "Robert Kennedy II", "Robert Kennedy III"),
        (PEOPLE, "Kennedy Jr.", "Robert Kennedy Sr."),
        (PEOPLE, "Ivan Petrov", "Ivan Petrova"),
        (PEOPLE, "Maria Petrov", "Mario Petrov"),
        (PEOPLE, "Ali Hassan", "Hassan Ali"),
        (PEOPLE, "Salman bin Mohammed", "Mohammed bin Salman"),
        (PEOPLE, "Kim Jong-un", "Kim Jong-il"),
        (PEOPLE, "Barack Obama", "Michelle Obama"),
        (PEOPLE, "De Silva", "Da Silva"),
        (PEOPLE, "Van Berg", "Von Berg"),
        (ORGANIZATIONS, "Deutsche Bank AG", "Deutsche Bank GmbH"),
        (ORGANIZATIONS, "Banco Santander", "Banco Santander Chile"),
        (ORGANIZATIONS, "Bank of Iran", "Bank of Iraq"),
        (ORGANIZATIONS, "Capital Fund VII", "Capital Fund VIII"),
        (ORGANIZATIONS, "7th Fleet", "5th Fleet"),
        (ORGANIZATIONS, "LXC Aviation", "LAU Aviation"),
        (PLACES, "Niger", "Nigeria"),
        (PLACES, "Mexico", "Mexico City"),
        (SYSTEMS, "S-300", "S-400"),
        (SYSTEMS, "S-300 Triumf", "S-400 Triumf"),
        (SYSTEMS, "", "S-400"),
    ],
)
def test_what_may_be_two_is_different(kind: Kind, left: str, right: str) -> None:
    assert likeness(kind, left, right).grade is DIFFERENT


@given(st.sampled_from(ENTITY_KINDS), NAME_TEXTS, NAME_TEXTS)
def test_the_order_of_two_names_makes_no_difference(kind: Kind, left: str, right: str) -> None:
    assert likeness(kind, left, right) == likeness(kind, right, left)


@given(st.sampled_from(ENTITY_KINDS), NAME_TEXTS, NAME_TEXTS)
def test_a_likeness_has_a_reason_and_a_score(kind: Kind, left: str, right: str) -> None:
    found = likeness(kind, left, right)
    assert (found.grade is DIFFERENT) == (found.score == 0) == (not found.rule) == (not found.evidence)
    assert 0 <= found.score <= 99
