import time

import pytest
from msgspec.structs import replace

from index.identity.within_article import link_mentions
from index.model import Kind, Mention, Span
from tests.unit.index.identity.archives import (
    ORGANIZATIONS,
    PEOPLE,
    PLACES,
    SYSTEMS,
    links_in,
    mentions_in,
)

SYLLABLES = (
    "ba",
    "chi",
    "do",
    "fe",
    "gul",
    "ka",
    "lo",
    "mi",
    "na",
    "or",
    "pe",
    "ri",
    "sa",
    "tu",
    "ve",
    "zo",
    "bru",
    "ken",
)


@pytest.mark.parametrize(
    ("kind", "first", "second", "expected"),
    [
        (PEOPLE, "Ismail Demir", "Demir", ("Ismail Demir", "surname")),
        (PEOPLE, "Demir", "Ismail Demir", ("Ismail Demir", "name")),
        (PEOPLE, "Recep Tayyip Erdogan", "Tayyip Erdogan", ("Recep Tayyip Erdogan", "short form")),
        (PEOPLE, "Recep Tayyip Erdogan", "President Erdoğan", ("Recep Tayyip Erdogan", "surname")),
        (PEOPLE, "Bashar al-Assad", "Assad", ("Bashar al-Assad", "surname")),
        (PEOPLE, "Bashar al-Assad", "al-Assad", ("Bashar al-Assad", "surname")),
        (PEOPLE, "Xi Jinping", "Xi", ("Xi Jinping", "surname")),
        (PEOPLE, "Robert Kennedy Jr.", "Kennedy", ("Robert Kennedy Jr.", "surname")),
        (PEOPLE, "Robert Kennedy Jr.", "Kennedy Jr.", ("Robert Kennedy Jr.", "surname")),
        (PEOPLE, "John Kennedy", "J. Kennedy", ("John Kennedy", "short form")),
        (PEOPLE, "William Clinton", "Bill Clinton", ("William Clinton", "short form")),
        (PEOPLE, "Ellen DeGeneres", "Ellen", ("Ellen DeGeneres", "given name")),
        (PEOPLE, "Ayla Brunt Kern", "Brunt", ("Ayla Brunt Kern", "surname")),
        (PEOPLE, "Ayla Brunt Kern", "Ayla Brunt", ("Ayla Brunt Kern", "surname")),
        (ORGANIZATIONS, "Lockheed Martin Corp.", "Lockheed Martin", ("Lockheed Martin Corp.", "legal form")),
        (ORGANIZATIONS, "Lockheed Martin", "Lockheed", ("Lockheed Martin", "short form")),
        (ORGANIZATIONS, "Indianapolis Colts", "the Colts", ("Indianapolis Colts", "short form")),
        (ORGANIZATIONS, "Gopal Rao, Patnaik and Sons", "Rao, Patnaik", ("Gopal Rao, Patnaik and Sons", "short form")),
        (
            ORGANIZATIONS,
            "Imprenta Hermanos Quell y Cía.",
            "Hermanos Quell",
            ("Imprenta Hermanos Quell y Cía.", "short form"),
        ),
        (ORGANIZATIONS, "Mama Quell and Daughters", "Quell and Daughters", ("Mama Quell and Daughters", "short form")),
        (ORGANIZATIONS, "Federal Bureau of Investigation", "FBI", ("Federal Bureau of Investigation", "acronym")),
        (ORGANIZATIONS, "Department of Defense", "DoD", ("Department of Defense", "acronym")),
        (
            PEOPLE,
            "Mohammed bin Rashid Al Maktoum",
            "Bin Rashid",
            ("Mohammed bin Rashid Al Maktoum", "surname"),
        ),
        (PLACES, "United Arab Emirates", "UAE", ("United Arab Emirates", "acronym")),
        (PLACES, "Betty Ford Center", "Betty Ford", ("Betty Ford Center", "short form")),
        (SYSTEMS, "S-400 Triumf", "S-400s", ("S-400 Triumf", "short form")),
        (SYSTEMS, "S-400 Triumf", "Triumf", ("S-400 Triumf", "short form")),
        (SYSTEMS, "Joint Strike Fighter", "JSF", ("Joint Strike Fighter", "acronym")),
    ],
)
def test_a_short_form_stands_for_the_long_one(kind: Kind, first: str, second: str, expected: tuple[str, str]) -> None:
    assert links_in(f"{first} and then {second}", (kind, first), (kind, second))[1] == expected


def test_a_surname_before_the_full_name_as_in_a_headline_is_linked_too() -> None:
    found = links_in("Demir speaks. Ismail Demir said", (PEOPLE, "Demir"), (PEOPLE, "Ismail Demir"))
    assert found == [("Ismail Demir", "surname"), ("Ismail Demir", "name")]


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (PEOPLE, "Ellen", "Ellen DeGeneres"),
        (ORGANIZATIONS, "Quellmark Workers Union", "Quellmark"),
        (ORGANIZATIONS, "Quell University Press", "Quell University"),
        (ORGANIZATIONS, "Agricultural Bank of Dorn", "Bank of Dorn"),
        (ORGANIZATIONS, "Quellmark Inc", "Quellmark Corp Ltd Brunt"),
        (PEOPLE, "Mohammed bin Salman", "Salman"),
        (PEOPLE, "Mohammed bin Salman", "King Salman"),
        (PEOPLE, "Ismail Demir", "Ahmet Demir"),
        (PEOPLE, "Brunt", "Ayla Brunt Kern"),
        (PEOPLE, "Ayla Maria Kern", "Maria"),
        (PEOPLE, "Ayla van Kern", "van"),
        (PEOPLE, "Ismail Demir", "A. Demir"),
        (PEOPLE, "Robert Kennedy Jr.", "Robert Kennedy Sr."),
        (ORGANIZATIONS, "Ministry of Defence", "the ministry"),
        (ORGANIZATIONS, "US State Department", "State Department"),
        (ORGANIZATIONS, "Boeing", "B"),
        (PLACES, "Moscow Airport", "Moscow"),
        (PLACES, "New York", "York"),
        (SYSTEMS, "S-400", "S-300"),
        (SYSTEMS, "F-16 Block 70", "F-16 Block 50"),
        (SYSTEMS, "T-72B3", "T-72"),
    ],
)
def test_a_name_that_may_be_another_is_left_alone(kind: Kind, first: str, second: str) -> None:
    rules = [rule for _, rule in links_in(f"{first} and then {second}", (kind, first), (kind, second))]
    assert rules == ["name", "name"]


@pytest.mark.parametrize(
    ("body", "names", "expected"),
    [
        ("Sea Commission; the Commission", ["Sea Commission", "Commission"], ("Sea Commission", "head")),
        ("Court of Audit; the Court", ["Court of Audit", "Court"], ("Court of Audit", "head")),
        ("Sea Commission; Brunt Commission", ["Sea Commission", "Commission"], ("Commission", "name")),
        (
            "Sea Commission; Air Commission; the Commission",
            ["Sea Commission", "Air Commission", "the Commission"],
            ("Commission", "name"),
        ),
        # Which of these are meant, the country tells.
        ("Ministry of Defence; the Ministry", ["Ministry of Defence", "Ministry"], ("Ministry", "name")),
        ("Lanz Bank; the Bank", ["Lanz Bank", "Bank"], ("Bank", "name")),
    ],
)
def test_the_word_that_heads_a_name_stands_for_it(body: str, names: list[str], expected: tuple[str, str]) -> None:
    assert links_in(body, *((ORGANIZATIONS, name) for name in names))[-1] == expected


def test_a_surname_with_two_bearers_is_left_alone() -> None:
    body = "Bill Clinton and Hillary Clinton; Clinton said"
    found = links_in(body, (PEOPLE, "Bill Clinton"), (PEOPLE, "Hillary Clinton"), (PEOPLE, "Clinton"))
    assert found[2] == ("Clinton", "name")


def test_two_lengths_of_one_name_are_one_bearer() -> None:
    body = "Recep Tayyip Erdogan, Tayyip Erdogan, Erdogan"
    found = links_in(body, (PEOPLE, "Recep Tayyip Erdogan"), (PEOPLE, "Tayyip Erdogan"), (PEOPLE, "Erdogan"))
    assert {text for text, _ in found} == {"Recep Tayyip Erdogan"}


def test_a_short_name_in_parentheses_is_explained_by_the_name_before_it() -> None:
    body = "Presidency of Defense Industries (SSB), and SSB again"
    marked = [(ORGANIZATIONS, "Presidency of Defense Industries"), (ORGANIZATIONS, "SSB"), (ORGANIZATIONS, "SSB")]
    assert links_in(body, *marked)[1:] == [("Presidency of Defense Industries", "acronym")] * 2


def test_a_name_in_a_list_is_not_explained_by_the_one_before_it() -> None:
    body = "Presidency of Defense Industries, TRT"
    found = links_in(body, (ORGANIZATIONS, "Presidency of Defense Industries"), (ORGANIZATIONS, "TRT"))
    assert found[1] == ("TRT", "name")


def test_a_short_name_explained_in_two_ways_is_left_alone() -> None:
    body = "Savunma Sanayii (SSB) and Suomen Sotilas (SSB)"
    long, other = (ORGANIZATIONS, "Savunma Sanayii"), (ORGANIZATIONS, "Suomen Sotilas")
    found = links_in(body, long, (ORGANIZATIONS, "SSB"), other, (ORGANIZATIONS, "SSB"))
    assert [rule for _, rule in found] == ["name"] * 4


def _known(text: str, start: int, reference: str | None, kind: Kind = PEOPLE) -> Mention:
    return Mention(Span(start, start + len(text)), text, kind, "gazetteer", "pack core", reference)


def test_what_a_pack_knows_keeps_its_reference() -> None:
    links = link_mentions([_known("US", 0, "core:united-states", PLACES), _known("US Virgin Islands", 9, None, PLACES)])
    assert (links[0].rule, links[0].name.reference, links[0].evidence) == ("pack", "core:united-states", "pack core")


def test_the_same_name_that_a_pack_knows_elsewhere_in_the_article_is_that_entity() -> None:
    links = link_mentions([_known("Vladimir Putin", 0, "core:vladimir-putin"), _known("VLADIMIR PUTIN", 20, None)])
    assert [link.name.reference for link in links] == ["core:vladimir-putin"] * 2


def test_a_surname_means_somebody_else_in_an_article_that_names_only_him_in_full() -> None:
    links = link_mentions([_known("Igor Putin", 0, None), _known("Putin", 20, "core:vladimir-putin")])
    assert (links[1].name.text, links[1].rule) == ("Igor Putin", "surname")


def test_a_surname_keeps_its_pack_entry_when_both_bearers_are_named() -> None:
    both = [_known("Igor Putin", 0, None), _known("Vladimir Putin", 20, "core:vladimir-putin")]
    links = link_mentions([*both, _known("Putin", 40, "core:vladimir-putin")])
    assert links[2].name.reference == "core:vladimir-putin"


def test_values_and_empty_texts_have_no_link() -> None:
    mentions = [_known("$3 billion", 0, None, Kind.AMOUNTS), _known("…", 20, None), _known("Ismail Demir", 30, None)]
    assert [link.mention_index for link in link_mentions(mentions)] == [2]


def test_kinds_do_not_mix() -> None:
    body = "Lockheed Martin and Lockheed"
    assert links_in(body, (ORGANIZATIONS, "Lockheed Martin"), (PLACES, "Lockheed"))[1] == ("Lockheed", "name")


def test_evidence_names_the_longer_form() -> None:
    links = link_mentions(mentions_in("Ismail Demir, Demir", (PEOPLE, "Ismail Demir"), (PEOPLE, "Demir")))
    assert links[1].evidence == "surname of “Ismail Demir” in this article"


@pytest.mark.parametrize(
    ("long", "reference", "means"),
    [
        (
            "U.S. Interstate Commerce Commission",
            "core:international-criminal-court",
            "U.S. Interstate Commerce Commission",
        ),
        ("International Criminal Court", "core:international-criminal-court", "ICC"),
        ("the International Criminal Court", "core:icc", "ICC"),
        ("court in The Hague", "core:international-criminal-court", "ICC"),
    ],
)
def test_an_acronym_means_what_the_article_says_where_a_pack_has_it_for_another(
    long: str, reference: str, means: str
) -> None:
    body = f"{long} (ICC) met. The ICC left."
    at = body.rindex("ICC")
    firms = [
        _known(long, 0, None, ORGANIZATIONS),
        _known("ICC", body.index("(") + 1, reference, ORGANIZATIONS),
        _known("ICC", at, reference, ORGANIZATIONS),
    ]
    assert [link.name.text for link in link_mentions(firms, body=body)[1:]] == [means, means]


@pytest.mark.parametrize(
    ("kind", "first", "second", "shown"),
    [
        (PEOPLE, "WANJIRU KARANJA", "Karanja", "Wanjiru Karanja"),
        (PEOPLE, "WANJIRÛ KARANJA", "Wanjirũ Karanja", "Wanjirũ Karanja"),
        (PEOPLE, "Emmanuel MACRON", "Macron", "Emmanuel Macron"),
        (PEOPLE, "MARIA DE LA CRUZ", "De la Cruz", "Maria de la Cruz"),
        (PEOPLE, "SMITH", "Smith", "Smith"),
        (PEOPLE, "MBS", "MBS", "MBS"),
        (PLACES, "KIUNGA", "Kiunga", "Kiunga"),
        (ORGANIZATIONS, "KTO", "KTO", "KTO"),
    ],
)
def test_capitals_of_a_byline_or_caption_are_not_shown(kind: Kind, first: str, second: str, shown: str) -> None:
    assert [name for name, _ in links_in(f"{first} and then {second}", (kind, first), (kind, second))][-1] == shown


def test_of_two_forms_of_a_firm_the_fuller_one_stands_for_both() -> None:
    found = links_in("Quell Inc. and Quell", (ORGANIZATIONS, "Quell Inc."), (ORGANIZATIONS, "Quell"))
    assert found == [("Quell Inc.", "name"), ("Quell Inc.", "legal form")]


def test_many_names_are_linked_in_bounded_time() -> None:
    surnames = [f"{first}{second}{third}" for first in SYLLABLES for second in SYLLABLES for third in SYLLABLES]
    texts = [text for name in surnames for text in (f"John {name.capitalize()}", name.capitalize())]
    started = time.monotonic()
    links = link_mentions([_known(text, 40 * number, None) for number, text in enumerate(texts)])
    # Compared with each other one by one, they would take 20 minutes.
    assert time.monotonic() - started < 60
    assert {(link.name.text.split()[0], link.rule) for link in links} == {("John", "name"), ("John", "surname")}


def test_a_given_name_of_many_people_means_none_of_them() -> None:
    texts = [*(f"John {first}{second}".title() for first in SYLLABLES for second in SYLLABLES), "John"]
    links = link_mentions([_known(text, 40 * number, None) for number, text in enumerate(texts)])
    assert (links[-1].name.text, links[-1].rule) == ("John", "name")


@pytest.mark.parametrize(
    ("body", "marked", "meaning"),
    [
        ("The Lake Basin Board (LBB) met. LBB left.", ("Lake Basin Board", "LBB", "LBB"), "Lake Basin Board"),
        ("The Lake Basin Board (“LBB”) met. LBB left.", ("Lake Basin Board", "LBB", "LBB"), "Lake Basin Board"),
        ("The Lake Basin Board (the LBB) met. LBB left.", ("Lake Basin Board", "LBB", "LBB"), "Lake Basin Board"),
        ("The Lake Basin Board, or LBB, met. LBB left.", ("Lake Basin Board", "LBB", "LBB"), "Lake Basin Board"),
        ("The Lake Basin Board, known as LBB, met.", ("Lake Basin Board", "LBB"), "Lake Basin Board"),
        ("The LBB (Lake Basin Board) met. LBB left.", ("LBB", "Lake Basin Board", "LBB"), "Lake Basin Board"),
        # Other initials, and no definition.
        ("The Lake Basin Board, or XYZ, met.", ("Lake Basin Board", "XYZ"), "XYZ"),
        ("The XYZ (Lake Basin Board) met. XYZ left.", ("XYZ", "Lake Basin Board", "XYZ"), "XYZ"),
    ],
)
def test_an_acronym_that_an_article_explains(body: str, marked: tuple[str, ...], meaning: str) -> None:
    found = links_in(body, *((ORGANIZATIONS, text) for text in marked))
    short = "XYZ" if "XYZ" in marked else "LBB"
    assert {text for text, _ in (found[number] for number, text in enumerate(marked) if text == short)} == {meaning}


def test_a_pack_acronym_with_a_legal_form_is_left_to_the_archive() -> None:
    body = "IMF Inc makes moulds. The IMF said so."
    mentions = mentions_in(body, (ORGANIZATIONS, "IMF Inc"), (ORGANIZATIONS, "IMF"))
    mentions[1] = replace(mentions[1], reference="core:international-monetary-fund")
    assert [link.name.text for link in link_mentions(mentions, body=body)] == ["IMF Inc", "IMF"]
