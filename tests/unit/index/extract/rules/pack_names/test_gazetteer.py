from collections.abc import Callable
from datetime import date

import pytest

from index.extract.pipeline import Extractor
from index.model import Article, DateInterval, DatePrecision, Kind, Mention

Names = Callable[[str, Kind], list[str]]
Find = Callable[[str], list[Mention]]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("He flew from the U.S. to the United Kingdom.", ["U.S.", "United Kingdom"]),
        ("The talks in Washington, DC ended.", ["Washington, DC"]),
        ("Give us a turkey for dinner.", []),
        ("Turkish and Russian officials met.", []),
        ("US-Turkish ties and US-made arms", ["US", "US"]),
        ("ANKARA (AP) - Talks began.", ["ANKARA"]),
        ("NEW YORK, March 2 - Talks began in TEL AVIV.", ["NEW YORK", "TEL AVIV"]),
        ("TURKEY AND RUSSIA SIGNED A CONTRACT.", ["TURKEY", "RUSSIA"]),
        ("Reading is fun.", []),
        ("He was born in Reading.", ["Reading"]),
        ("It was a nice day in Nice, France.", ["Nice", "France"]),
        ("Türkiye's minister", ["Türkiye"]),
    ],
)
def test_places_are_found_but_words_and_nationalities_are_not(text: str, places: list[str], names: Names) -> None:
    assert names(text, Kind.PLACES) == places


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        ('The S-400 "Triumph" was shown.', ['S-400 "Triumph"']),
        ("the S-400 Triumf and S‑400s, the S400's radar", ["S-400 Triumf", "S‑400s", "S400"]),
        ("the F-35 Joint Strike Fighter", ["F-35 Joint Strike Fighter"]),
        ("F-16C/D and T-90MS and Su-30MKI", ["F-16C", "T-90MS", "Su-30MKI"]),
        ("Its drone Akıncı and the Bayraktar TB2", ["Akıncı", "Bayraktar TB2"]),
        ("Ukraine asked for Patriots to replace its missile batteries.", ["Patriots"]),
        ("The Patriot surface-to-air missile; the Patriot again.", ["Patriot", "Patriot"]),
        ("It left Kubinka Patriot Park near the missile display.", []),
        ("He called himself a Patriot of the land.", []),
        ("The New England Patriots fired their system coach.", []),
        ("Congress passed the Patriot Act on missile defence.", []),
        ("Stacey Abrams saw a tank.", []),
        ("They sent Abrams and Leopard tanks.", ["Abrams", "Leopard"]),
        ("The Atlanta Hawks won their missile game.", []),
        ("Typhoon Haiyan hit the coast.", []),
        ("RAF Typhoon jets took off.", ["Typhoon"]),
    ],
)
def test_systems_that_are_also_words_need_their_context(text: str, systems: list[str], names: Names) -> None:
    assert names(text, Kind.SYSTEMS) == systems


@pytest.mark.parametrize(
    ("text", "organizations"),
    [
        ("The U.S. State Department told Congress.", ["U.S. State Department", "Congress"]),
        ("The Washington Post reported it.", ["The Washington Post"]),
        ("NATO-Russia talks", ["NATO"]),
        ("It is what it IS.", []),
        ("IS militants attacked.", ["IS"]),
        ("Da’esh and Daesh", ["Da’esh", "Daesh"]),
    ],
)
def test_organizations_are_found_longest_first(text: str, organizations: list[str], names: Names) -> None:
    assert names(text, Kind.ORGANIZATIONS) == organizations


def test_a_mention_names_the_pack_row_behind_it(find: Find) -> None:
    (mention,) = find("They met in Türkiye.")
    assert (mention.reference, mention.component, mention.evidence) == (
        "core:turkey",
        "gazetteer",
        "pack core/places: Turkey",
    )


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Georgia beat Alabama in Atlanta.", "core:georgia-united-states"),
        ("Georgia and its capital Tbilisi", "core:georgia"),
    ],
)
def test_a_shared_name_means_the_place_whose_country_the_text_is_about(text: str, reference: str, find: Find) -> None:
    assert find(text)[0].reference == reference


@pytest.mark.parametrize(
    "text",
    [
        "The Turkish Foreign Ministry denied it.",
        "The Ministry of Foreign Affairs of Turkey denied it.",
        "The Turkish Ministry of Foreign Affairs denied it.",
    ],
)
def test_the_forms_of_a_ministry_are_one_ministry(text: str, find: Find) -> None:
    assert [mention.reference for mention in find(text)] == ["core:ministry-of-foreign-affairs-of-turkey"]


def test_a_ministry_without_its_country_belongs_to_none(find: Find) -> None:
    assert [mention.reference for mention in find("The Foreign Ministry denied it.")] == [None]


@pytest.mark.parametrize(
    ("text", "year", "found"),
    [
        ("Talks with Erdogan failed.", 2020, ["core:recep-tayyip-erdogan"]),
        ("Talks with Erdogan failed.", 2005, ["core:recep-tayyip-erdogan"]),
        ("Talks with Erdogan failed.", 1987, []),
        ("Talks with Recep Tayyip Erdoğan failed.", 1987, ["core:recep-tayyip-erdogan"]),
    ],
)
def test_a_surname_alone_is_nobodys_who_was_in_office_much_later(
    text: str, year: int, found: list[str], extractor: Extractor
) -> None:
    day = date(year, 5, 1)
    published = DateInterval(day, day, DatePrecision.DAY)
    (mentions,) = extractor.extract([Article("a", "a.txt", "", "", text, published=published)])
    assert [mention.reference for mention in mentions if mention.kind is Kind.PEOPLE] == found


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        ("Two Mi-17 V5 helicopters came.", ["Mi-17 V5"]),
        ("He bought an F-16 Block 70 and a Leopard 2 A6 tank.", ["F-16 Block 70", "Leopard 2 A6"]),
        ("A navy CN-235 saw the rafts.", ["CN-235"]),
        ("The S-400 Block party met.", ["S-400"]),
        ("The bandits had AK-47s and a PKM.", ["AK-47s", "PKM"]),
    ],
)
def test_a_variant_is_part_of_the_name_of_a_system(text: str, systems: list[str], names: Names) -> None:
    assert names(text, Kind.SYSTEMS) == systems


def test_a_word_with_accents_is_no_acronym(names: Names) -> None:
    assert names("She met na\u0219a and Na\u0219a Brunt.", Kind.ORGANIZATIONS) == []
