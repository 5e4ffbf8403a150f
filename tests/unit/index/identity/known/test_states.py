"""Ministries, parliaments and banks without their country are linked to one only when the article tells it."""

from dataclasses import replace

import pytest

from index.identity.linking import link_article
from index.model import Article, Kind, Mention, Span
from index.packs.loader import PackEntry
from tests.unit.index.identity.known.archive import PACKS, links_of

NORLAND, SUDLAND = "core:ministry-of-finance-of-norland", "core:ministry-of-finance-of-sudland"
MINISTRY = "organizations: Finance Ministry"
OSTLAND, ROKEN = "places: Ostland = core:ostland", "people: Ansgar Roken = core:ansgar-w-roken"
NORBURG, SUDBURG = "places: Norburg = core:norburg", "places: Sudburg = core:sudburg"


@pytest.mark.parametrize(
    ("body", "marked", "reference"),
    [
        ("The Norlandic Finance Ministry said so.", [MINISTRY], NORLAND),
        ("Sudland's Finance Ministry said so.", [MINISTRY], SUDLAND),
        ("The Finance Ministry of Sudland said so.", [MINISTRY], SUDLAND),
        ("NORBURG, March 5 - Hm. The Finance Ministry in Sudburg said so.", [MINISTRY, SUDBURG], SUDLAND),
        ("Norburg - The Finance Ministry bought oil from Sudland.", [NORBURG, MINISTRY], NORLAND),
        ("Norburg (Reuters) - The Finance Ministry said so.", [NORBURG, MINISTRY], NORLAND),
        (
            "NORBURG: The Finance Ministry bought oil from Sudland.",
            ["places: NORBURG = core:norburg", MINISTRY],
            NORLAND,
        ),
        ("Norburg, March 5\n\nThe Finance Ministry said so.", [NORBURG, MINISTRY], NORLAND),
        ("Norburg - Hm. In Sudburg, the Finance Ministry said no.", [NORBURG, SUDBURG, MINISTRY], SUDLAND),
        ("The Finance Ministry told Norland so.", [MINISTRY], NORLAND),
        ("Norland grows. Norland sells. The Finance Ministry said so.", [MINISTRY], NORLAND),
        ("Norland's Finance Ministry spoke. The Finance Ministry said no.", [MINISTRY, MINISTRY], NORLAND),
        # Spelled in other ways.
        ("Norburg - The Ministry of Finance said so.", [NORBURG, "organizations: Ministry of Finance"], NORLAND),
        # Nothing tells, or two countries do.
        ("The Finance Ministry said so.", [MINISTRY], None),
        ("The Finance Ministry told Norland and Sudland so.", [MINISTRY], None),
        ("Norland grows. Sudland sells. The Finance Ministry said so.", [MINISTRY], None),
    ],
)
def test_sentence_dateline_and_article_tell_the_country(body: str, marked: list[str], reference: str | None) -> None:
    keys = [key for key, _ in links_of(body, *marked) if "burg" not in key]
    assert (
        {key.partition("@")[2] for key in keys} == {reference}
        if reference
        else keys[0].startswith("finance ministry@~")
    )


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Irrigation Ministry", "ministry of irrigation of norland"),
        ("Ministry of Irrigation", "ministry of irrigation of norland"),
        ("National Guard", "national guard of norland"),
        ("Constitutional Court", "constitutional court of norland"),
        ("Parliament", "parliament of norland"),
        ("Supreme Court", "supreme court of norland"),
        ("House", "house of norland"),
    ],
)
def test_a_body_that_no_pack_has_is_called_by_its_country(text: str, key: str) -> None:
    found = links_of(f"Norburg - The {text} met.", NORBURG, f"organizations: {text}")
    assert found[1] == (key, "country")


@pytest.mark.parametrize(
    "text", ["Parliament", "House", "Bank", "Senate", "Supreme Court", "Ministry of Works", "Police"]
)
def test_bodies_of_no_country_are_others_in_each_article(text: str) -> None:
    body = f"The {text} met."
    mention = Mention(Span(4, 4 + len(text)), text, Kind.ORGANIZATIONS, "test", "test")
    articles = [Article(name, name, "hash", "One", body) for name in ("one", "two")]
    keys = {link_article(article, [mention], packs=PACKS)[0][0].name.key for article in articles}
    assert len(keys) == 2


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("General Motors", None),
        ("Bank of Sudland", "core:bank-of-sudland"),
        ("Ministry of Finance of Norland", NORLAND),
        ("Ministry of Works of Sudland", None),
        ("World Bank", None),
    ],
)
def test_a_name_of_its_own_stays_what_it_is(text: str, reference: str | None) -> None:
    marked = f"organizations: {text}" + (f" = {reference}" if reference else "")
    key = text.lower() + (f"@{reference}" if reference else "")
    assert links_of(f"The {text} met in Sudburg.", marked, SUDBURG)[0][0] == key


@pytest.mark.parametrize(
    ("body", "marked", "key"),
    [
        ("Congress voted on Ostland. Ostland protested.", [], "congress@core:norland-congress"),
        ("Sudburg - Congress voted.", [SUDBURG], "congress of sudland"),
        ("Sudland's Congress voted.", [], "congress of sudland"),
        ("Sudburg - Congress voted on Norland.", [SUDBURG], "congress@core:norland-congress"),
    ],
)
def test_a_name_of_one_country_is_that_of_another_where_the_article_is(body: str, marked: list[str], key: str) -> None:
    found = links_of(body, *marked, "organizations: Congress = core:norland-congress")
    assert found[-1][0] == key


@pytest.mark.parametrize(
    ("text", "body", "key"),
    [
        ("Bank", "Sudburg - The Bank bought bonds.", "bank@core:bank-of-sudland"),
        ("Central Bank", "Sudburg - The Central Bank bought bonds.", "central bank@core:bank-of-sudland"),
        ("Bank", "Norburg - The Bank bought bonds.", "bank@"),
        ("Bank", "The Bank bought bonds.", "bank@"),
    ],
)
def test_the_bank_is_the_central_bank_of_a_country_that_has_one(text: str, body: str, key: str) -> None:
    marked = [place for place in (NORBURG, SUDBURG) if place.split()[1] in body]
    assert links_of(body, *marked, f"organizations: {text}")[-1][0].partition("~")[0] == key


def test_a_parliament_that_a_pack_knows_for_no_country_gets_one() -> None:
    found = links_of(
        "Sudburg - The National Assembly met.", SUDBURG, "organizations: National Assembly = core:national-assembly"
    )
    assert found[1] == ("national assembly of sudland", "country")


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        (
            "The Finance Ministry of Norland and Sudland's Finance Ministry agreed.",
            ["ministry-of-finance-of-norland", "ministry-of-finance-of-sudland"],
        ),
        (
            "The Finance Ministry of Norland bought. In Sudland, the Finance Ministry sold.",
            ["ministry-of-finance-of-norland", "ministry-of-finance-of-sudland"],
        ),
        (
            "The Finance Ministry of Norland bought. The Finance Ministry sold.",
            ["ministry-of-finance-of-norland", "ministry-of-finance-of-norland"],
        ),
    ],
)
def test_another_country_beside_a_ministry_beats_the_long_form_of_the_article(body: str, keys: list[str]) -> None:
    country = ["places: Sudland = core:sudland"] if "Sudland" in body else []
    last = [*country, "organizations: Finance Ministry"]
    found = links_of(body, "organizations: Finance Ministry of Norland = core:ministry-of-finance-of-norland", *last)
    assert [found[0][0].partition("core:")[2], found[-1][0].partition("core:")[2]] == keys


@pytest.mark.parametrize(
    ("body", "marked", "key"),
    [
        ("Sudburg - The Lanz Bank met. The Bank spoke.", [SUDBURG, "Lanz Bank", "Bank"], "bank@"),
        (
            "Sudburg - The Lanz Bank met the Bank of Sudland. The Bank spoke.",
            [SUDBURG, "Lanz Bank", "Bank of Sudland = core:bank-of-sudland", "Bank"],
            "bank of sudland@core:bank-of-sudland",
        ),
        ("The Bank of Lanz met. The Bank spoke.", ["Bank of Lanz", "Bank"], "bank@"),
        ("The House of Lanz sat. The House voted.", ["House of Lanz", "House"], "house of lanz"),
        (
            "The House of Lanz met the House of Kern. The House voted.",
            ["House of Lanz", "House of Kern", "House"],
            "house@",
        ),
        ("The House of Lanz sat. Sudland's House voted.", ["House of Lanz", "House"], "house of sudland"),
        (
            "Sudburg - The House of Representatives sat. The House voted.",
            [SUDBURG, "House of Representatives = core:norland-house-of-representatives", "House"],
            "house of representatives of sudland",
        ),
    ],
)
def test_one_word_is_the_body_that_the_article_names_in_full(body: str, marked: list[str], key: str) -> None:
    found = links_of(body, *(text if text == SUDBURG else f"organizations: {text}" for text in marked))
    assert found[-1][0].partition("~")[0] == key


GUARD, YARD = (
    "organizations: Coast Guard = core:norland-coast-guard",
    "organizations: Metropolitan Police = core:norburg-yard",
)
JUSTICE = "organizations: Justice Department = core:norland-department-of-justice"


@pytest.mark.parametrize(
    ("body", "marked", "key"),
    [
        # A force that any country has.
        ("Norburg - The Coast Guard sailed.", [NORBURG, GUARD], "core:norland-coast-guard"),
        ("The Coast Guard of Norland sailed.", [GUARD], "core:norland-coast-guard"),
        ("The Coast Guard sailed with Ansgar Roken.", [GUARD, ROKEN], "core:norland-coast-guard"),
        ("Sudburg - The Coast Guard sailed.", [SUDBURG, GUARD], "core:coast-guard-of-sudland"),
        ("Sudburg - The Coast Guard met Norland's minister.", [SUDBURG, GUARD], "core:coast-guard-of-sudland"),
        ("Ostland waits. In Ostland, the Coast Guard sailed.", [OSTLAND, GUARD], "coast guard of ostland"),
        ("Sudland's Coast Guard sailed. The Coast Guard saw Ostland.", [GUARD, GUARD], "core:coast-guard-of-sudland"),
        ("The Coast Guard (Ostland) sailed.", [GUARD], "coast guard of ostland"),
        ("The Coast Guard sailed off Ostland.", [GUARD], "coast guard@"),
        ("The Coast Guard sailed.", [GUARD], "coast guard@"),
        # A party may be that of another country itself.
        ("The Herbs saw the Coast Guard.", ["organizations: Herbs = core:garden-party", GUARD], "coast guard@"),
        # An office that few countries have.
        ("Sudburg - The Justice Department sued.", [SUDBURG, JUSTICE], "justice department@"),
        ("Sudburg - The Justice Department of Sudland sued.", [SUDBURG, JUSTICE], "justice department of sudland"),
        (
            "Sudburg - The Justice Department met Norland's men.",
            [SUDBURG, JUSTICE],
            "core:norland-department-of-justice",
        ),
        ("The Justice Department sued Ansgar Roken.", [JUSTICE, ROKEN], "core:norland-department-of-justice"),
        ("The Justice Department sued.", [JUSTICE], "core:norland-department-of-justice"),
        ("The Justice Department sued Ostland and Sudland.", [JUSTICE], "justice department@"),
        ("The Justice Department sued.", ["organizations: Justice Department"], "justice department"),
        # A body of any city.
        ("Norburg - The Metropolitan Police came.", [NORBURG, YARD], "core:norburg-yard"),
        ("Sudburg - The Metropolitan Police came.", [SUDBURG, YARD], "metropolitan police@"),
        ("The Metropolitan Police came.", [YARD], "metropolitan police@"),
        (
            "The Lanz Metropolitan Police Department came. The Metropolitan Police went.",
            ["organizations: Lanz Metropolitan Police Department", YARD],
            "lanz metropolitan police department",
        ),
        ("Norburg - The High Court sat.", [NORBURG, "organizations: High Court"], "high court@"),
    ],
)
def test_a_name_that_many_bodies_have_needs_its_country(body: str, marked: list[str], key: str) -> None:
    found = [
        key for key, _ in links_of(body, *marked) if not key.startswith(("norburg@", "sudburg@", "ostland@", "ansgar"))
    ]
    assert found[-1].partition("~")[0].endswith(key)


@pytest.mark.parametrize(
    ("one", "other", "key"),
    [
        ("Norlandic Army", "Army of Norland", "army of norland"),
        ("Norland Army", "Army of the Norland", "army of norland"),
        ("Norlandic Ministry of Irrigation", "Irrigation Ministry of Norland", "ministry of irrigation of norland"),
        ("Sudland Coast Guard", "Coast Guard of Sudland", "coast guard@core:coast-guard-of-sudland"),
        ("Norlandic Garden Party", "Garden Party of Norland", "garden party@core:garden-party"),
        ("Ostland Garden Party", "Garden Party of Ostland", "garden party of ostland"),
    ],
)
def test_a_people_before_a_body_and_its_country_behind_are_one(one: str, other: str, key: str) -> None:
    assert [links_of(f"The {text} met.", f"organizations: {text}")[0][0] for text in (one, other)] == [key, key]


def test_a_people_alone_is_no_short_form_of_its_army() -> None:
    found = links_of(
        "The Norlandic Army met. Norlandic won.", "organizations: Norlandic Army", "organizations: Norlandic"
    )
    assert [key for key, _ in found] == ["army of norland", "norlandic"]


@pytest.mark.parametrize("text", ["Norlandic Bank", "Bank of Norland", "National Bank of Sudland", "Norlandic Tools"])
def test_banks_and_firms_with_a_country_stay_what_they_are(text: str) -> None:
    assert links_of(f"The {text} met.", f"organizations: {text}")[0][0] == text.lower()


def test_a_country_that_a_region_is_called_like_is_no_part_of_a_body() -> None:
    region = PackEntry("core:norland-state", Kind.PLACES, "Norland", (), "state", {"category": "state"})
    packs = replace(PACKS, entries=(*PACKS.entries, region))
    assert links_of("The Norland Army met.", "organizations: Norland Army", packs=packs)[0][0] == "norland army"


PARTY = "organizations: Garden Party"


@pytest.mark.parametrize(
    ("body", "marked", "keys"),
    [
        ("The Garden Party won in Norland.", [PARTY], ["core:garden-party"]),
        ("Sudburg - The Garden Party won.", [SUDBURG, PARTY], ["core:garden-party-of-sudland"]),
        ("Ostland votes. Ostland waits. The Garden Party won.", [PARTY], ["garden party of ostland"]),
        ("Ostland votes. The Garden Party spoke to Norland.", [PARTY], ["core:garden-party"]),
        # Nothing tells.
        ("The Garden Party won.", [PARTY], ["garden party"]),
        ("The Garden Party won.", [f"{PARTY} = core:garden-party"], ["core:garden-party"]),
        (
            "Ostland votes. Ostland waits. The Garden Party won.",
            [f"{PARTY} = core:garden-party"],
            ["garden party of ostland"],
        ),
    ],
)
def test_a_party_is_that_of_the_country_of_the_article(body: str, marked: list[str], keys: list[str]) -> None:
    found = [key for key, _ in links_of(body, *marked) if "burg" not in key]
    assert [key.rpartition("@")[2] for key in found] == keys


_MANY = ("Herb", "Tree", "Tree", "Tree", "Tree", "Tree", "River", "Stone", "Cloud", "Rose")
_PARTIES = tuple(
    PackEntry(f"core:{number}", Kind.ORGANIZATIONS, f"{word} Party {end}", (), "party", {"category": "party"})
    for number, (word, end) in enumerate(zip(_MANY, ["Garden"] * 10, strict=True))
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Tree Garden", "tree garden of norland"),
        ("Herb Garden", "herb garden"),
        ("Tree Tool", "tree tool"),
        ("Garden", "garden"),
    ],
)
def test_words_of_many_parties_are_one_of_any_country(name: str, key: str) -> None:
    packs = replace(PACKS, entries=(*PACKS.entries, *_PARTIES))
    assert links_of(f"Norburg - The {name} won.", NORBURG, f"organizations: {name}", packs=packs)[-1][0] == key


def test_a_party_of_no_country_is_the_same_in_each_article() -> None:
    body = "The Garden Party of Lovers won."
    mention = Mention(Span(4, 16), "Garden Party", Kind.ORGANIZATIONS, "test", "test")
    articles = [Article(name, name, "hash", "One", body) for name in ("one", "two")]
    assert len({link_article(article, [mention], packs=PACKS)[0][0].name.key for article in articles}) == 1
