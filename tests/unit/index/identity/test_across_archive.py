import pytest

from index.identity.records import Definition
from index.model import Alias, Kind
from index.packs.loader import PackEntry, Packs
from tests.unit.index.identity.archives import (
    ORGANIZATIONS,
    PACKS,
    PEOPLE,
    PLACES,
    SYSTEMS,
    clusters,
    entity_id,
    is_one,
    name,
    names,
    resolve,
)


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        (PEOPLE, ["Erdogan", "Erdoğan", "Recep Tayyip Erdogan", "Recep Tayyip Erdoğan", "Tayyip Erdogan"]),
        (PEOPLE, ["Demir", "Ismail Demir", "İsmail Demir"]),
        (PEOPLE, ["Mikheev", "Alexander Mikheev", "Aleksandr Mikheyev"]),
        (PEOPLE, ["Xi", "Xi Jinping"]),
        (PEOPLE, ["Bashar al-Assad", "Bashar Assad", "Assad"]),
        (PEOPLE, ["Volodymyr Zelensky", "Vladimir Zelenskiy", "Володимир Зеленський"]),
        (PEOPLE, ["Mohammed Deif", "Muhammad Deif"]),
        (PEOPLE, ["Qasem Soleimani", "Qasim Soleimani", "Soleimani, Qassem"]),
        (PEOPLE, ["Barack Obama", "Barack Hussein Obama"]),
        (PEOPLE, ["John Kennedy", "John F. Kennedy", "John Fitzgerald Kennedy"]),
        (PEOPLE, ["Vladimir Putin", "Putin", "VLADIMIR PUTIN"]),
        (ORGANIZATIONS, ["SSB", "Presidency of Defense Industries", "Presidency of the Defense Industry"]),
        (ORGANIZATIONS, ["Samsung", "Samsung Co., Ltd.", "Samsung Inc"]),
        (ORGANIZATIONS, ["Ministry of National Defence", "Ministry of National Defense"]),
        (ORGANIZATIONS, ["Palestine Liberation Organisation", "PLO", "Palestine Liberation Organization"]),
        (ORGANIZATIONS, ["Procter & Gamble", "Procter and Gamble Co."]),
        (ORGANIZATIONS, ["Gazprom", "OAO Gazprom", "Gazprom JSC"]),
        (ORGANIZATIONS, ["Seventh Fleet", "7th Fleet"]),
        (ORGANIZATIONS, ["U.S. Army", "United States Army"]),
        (PLACES, ["US", "U.S.", "United States", "America", "the United States"]),
        (SYSTEMS, ["S-400", "S-400 Triumf", 'S-400 "Triumph"', "S-400s", "S‑400"]),
        (SYSTEMS, ["9K720", "9K720 Iskander", "Iskander"]),
    ],
)
def test_names_of_one_entity_become_one(kind: Kind, texts: list[str]) -> None:
    assert is_one(kind, *texts)


@pytest.mark.parametrize(
    ("kind", "left", "right"),
    [
        (PEOPLE, "Ismail Demir", "Ahmet Demir"),
        (PEOPLE, "George W. Bush", "George H. W. Bush"),
        (PEOPLE, "Robert Kennedy Jr.", "Robert Kennedy Sr."),
        (PEOPLE, "I. Demir", "Ismail Demir"),
        (PEOPLE, "John F. Kennedy", "John B. Kennedy"),
        (PEOPLE, "Mohammed bin Salman", "Salman"),
        (PEOPLE, "Mohammed bin Salman", "King Salman"),
        (PEOPLE, "Hassan Nasrallah", "Hussein Nasrallah"),
        (PEOPLE, "Maria Petrov", "Mario Petrov"),
        (PEOPLE, "Ivan Petrov", "Ivan Petrova"),
        (PEOPLE, "Kim Jong-un", "Kim Jong-il"),
        (PEOPLE, "Ali Hassan", "Hassan Ali"),
        (PEOPLE, "Barack Obama", "Michelle Obama"),
        (PEOPLE, "Ismail", "Ismail Demir"),
        (PEOPLE, "Olaf Scholz", "Olaf Schulze"),
        (PEOPLE, "Tim Cook", "Tom Cook"),
        (PEOPLE, "Robert Kennedy Jr.", "Robert Kennedy III"),
        (PEOPLE, "Demirtas Selahattin", "Selahattin Demirtas"),
        (PEOPLE, "Andres Obrador", "Andres Obrador Lopez"),
        (ORGANIZATIONS, "Bank of China", "Bank of Chile"),
        (ORGANIZATIONS, "State Department", "State Security Department"),
        (ORGANIZATIONS, "Samsung", "Samsung Electronics"),
        (ORGANIZATIONS, "BWI Industries", "BAE Industries"),
        (ORGANIZATIONS, "7th Fleet", "5th Fleet"),
        (ORGANIZATIONS, "AB", "American Broadcasting"),
        (ORGANIZATIONS, "Deutsche Bank AG", "Deutsche Bank GmbH"),
        (ORGANIZATIONS, "Siemens SA", "Siemens AG"),
        (ORGANIZATIONS, "Banco Santander", "Banco Santander Chile"),
        (ORGANIZATIONS, "Capital Fund VII", "Capital Fund VIII"),
        (ORGANIZATIONS, "Lokheed Martin", "Lockheed Martin"),
        (ORGANIZATIONS, "the ministry", "Ministry of Defense"),
        (PLACES, "Mexico", "Mexico City"),
        (PLACES, "Luxembourg", "Luxembourg City"),
        (PLACES, "North Korea", "South Korea"),
        (PLACES, "Moscow", "Moscow Airport"),
        (SYSTEMS, "S-300", "S-400"),
        (SYSTEMS, "F-15", "F-16"),
        (SYSTEMS, "T-72", "T-90M"),
        (SYSTEMS, "Su-30", "Su-35S"),
        (SYSTEMS, "Patriot PAC-2", "Patriot PAC-3"),
    ],
)
def test_names_that_may_be_two_stay_two(kind: Kind, left: str, right: str) -> None:
    assert not is_one(kind, left, right)


def test_a_surname_with_two_bearers_stays_alone() -> None:
    resolution = resolve(names(PEOPLE, "Demir", "Ismail Demir", "Ahmet Demir"))
    assert clusters(resolution) == {frozenset({"demir"}), frozenset({"ismail demir"}), frozenset({"ahmet demir"})}


def test_a_surname_that_is_also_a_given_name_in_the_archive_stays_alone() -> None:
    assert len(resolve(names(PEOPLE, "Martin", "Ricky Martin", "Martin Schulz")).entities) == 3


def test_a_chain_of_likenesses_is_not_followed() -> None:
    resolution = resolve(names(PEOPLE, "John Kennedy", "John B. Kennedy", "John F. Kennedy"))
    assert len(resolution.entities) == 3


def test_a_rare_misspelling_is_the_frequent_name() -> None:
    archive = [name(PEOPLE, "Mevlut Cavusoglu", 40), name(PEOPLE, "Mevlut Cavusglu", 2)]
    assert resolve(archive).assignments[PEOPLE, "mevlut cavusglu"].rule == "misspelling"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (("John Davidson", 40), ("John Davison", 30)),
        (("John Davidson", 40), ("Jane Davison", 1)),
        (("Jan Hansen", 40), ("Jan Hanson", 1)),
        (("Ivan Petrovsk", 40), ("Ivan Petrovska", 1)),
        (("Olaf Merz", 40), ("Olaf Mertz", 1)),
        (("J. Cavusoglu", 40), ("J. Cavusglu", 1)),
    ],
)
def test_two_people_with_like_names_are_no_misspelling(left: tuple[str, int], right: tuple[str, int]) -> None:
    assert len(resolve([name(PEOPLE, *left), name(PEOPLE, *right)]).entities) == 2


def test_misspellings_are_not_chained() -> None:
    archive = [name(PEOPLE, "Jo Lindermberg", 1), name(PEOPLE, "Jo Linderberg", 20), name(PEOPLE, "Jo Lindeberg", 400)]
    resolution = resolve(archive)
    assert entity_id(resolution, "Jo Linderberg", PEOPLE) == "jo-lindeberg"
    assert entity_id(resolution, "Jo Lindermberg", PEOPLE) == "jo-lindermberg"


def test_a_longer_name_is_the_person_that_a_pack_knows_by_a_shorter_one() -> None:
    resolution = resolve(names(PEOPLE, "Vladimir Putin", "Vladimir Vladimirovich Putin"))
    assert entity_id(resolution, "Vladimir Vladimirovich Putin", PEOPLE) == "vladimir-putin"


def test_a_longer_name_with_another_middle_name_is_somebody_else() -> None:
    packs = Packs(entries=(PackEntry("core:bush", PEOPLE, "George W. Bush", ("George Bush",)),))
    resolution = resolve(names(PEOPLE, "George Bush", "George H. W. Bush", "George Walker Bush"), packs=packs)
    assert entity_id(resolution, "George Walker Bush", PEOPLE) == "bush"
    assert entity_id(resolution, "George H. W. Bush", PEOPLE) == "george-hw-bush"


def test_two_longer_names_that_contradict_each_other_are_neither_the_shorter_one() -> None:
    packs = Packs(entries=(PackEntry("core:bush", PEOPLE, "George Bush"),))
    resolution = resolve(names(PEOPLE, "George Bush", "George Walker Bush", "George Herbert Bush"), packs=packs)
    assert len(resolution.entities) == 3


def test_a_father_and_a_son_leave_the_name_of_both_alone() -> None:
    assert len(resolve(names(PEOPLE, "Robert Kennedy", "Robert Kennedy Jr.", "Robert Kennedy Sr.")).entities) == 3


def test_two_firms_of_one_name_and_the_bare_name_are_three() -> None:
    resolution = resolve(names(ORGANIZATIONS, "Deutsche Bank", "Deutsche Bank AG", "Deutsche Bank GmbH"))
    assert len(resolution.entities) == 3


def test_a_person_is_shown_with_a_surname_in_small_letters() -> None:
    archive = [name(PEOPLE, "Hulusi AKAR", 9), name(PEOPLE, "Hulusi Akar", 2)]
    assert [entity.name for entity in resolve(archive).entities] == ["Hulusi Akar"]


def test_an_acronym_with_two_long_forms_stays_alone() -> None:
    texts = ["ABC", "Australian Broadcasting Corporation", "American Broadcasting Company"]
    assert len(resolve(names(ORGANIZATIONS, *texts)).entities) == 3


def test_articles_that_explain_an_acronym_decide_about_it() -> None:
    archive = names(ORGANIZATIONS, "SSK", "Savunma Kurulu", "Sosyal Sigorta Kurumu")
    assert entity_id(resolve(archive), "SSK", ORGANIZATIONS) == "sosyal-sigorta-kurumu"
    explained = [Definition(ORGANIZATIONS, "ssk", "savunma kurulu", documents=3)]
    assert entity_id(resolve(archive, definitions=explained), "SSK", ORGANIZATIONS) == "savunma-kurulu"


def test_one_article_does_not_decide_about_an_acronym_with_another_meaning() -> None:
    explained = [Definition(ORGANIZATIONS, "ssk", "savunma kurulu", documents=1)]
    alone = names(ORGANIZATIONS, "SSK", "Savunma Kurulu")
    assert entity_id(resolve(alone, definitions=explained), "SSK", ORGANIZATIONS) == "savunma-kurulu"
    two = names(ORGANIZATIONS, "SSK", "Savunma Kurulu", "Sosyal Sigorta Kurumu")
    assert entity_id(resolve(two, definitions=explained), "SSK", ORGANIZATIONS) == "ssk"


def test_the_short_name_of_a_team_means_the_only_team_of_that_name() -> None:
    archive = [*names(ORGANIZATIONS, "Colts", "Indianapolis Colts"), *names(PLACES, "Indianapolis")]
    assert entity_id(resolve(archive), "Colts", ORGANIZATIONS) == "indianapolis-colts"


def test_a_name_of_two_pack_entries_is_left_apart_without_a_reference() -> None:
    archive = [
        name(PLACES, "Georgia", 5),
        name(PLACES, "Georgia", 3, "core:georgia"),
        name(PLACES, "Georgia", 2, "core:georgia-us-state"),
    ]
    assert [entity.id for entity in resolve(archive).entities] == ["georgia", "georgia-place", "georgia-us-state"]


def test_a_name_that_a_pack_calls_ambiguous_is_not_taken_for_its_entry() -> None:
    resolution = resolve([name(PLACES, "Turkey"), name(PLACES, "Türkiye")])
    assert [entity.reference for entity in resolution.entities] == ["core:turkey", None]


def test_kinds_are_kept_apart_and_so_are_their_ids() -> None:
    resolution = resolve([*names(PLACES, "Washington"), *names(PEOPLE, "Washington")])
    assert {entity.id: entity.kind for entity in resolution.entities} == {
        "washington": PEOPLE,
        "washington-place": PLACES,
    }


def test_the_canonical_name_has_its_accents_and_its_case() -> None:
    archive = [
        name(PEOPLE, text, count) for text, count in [("RECEP ERDOGAN", 9), ("Recep Erdogan", 5), ("Recep Erdoğan", 2)]
    ]
    assert [entity.name for entity in resolve(archive).entities] == ["Recep Erdoğan"]


def test_a_pack_names_its_entity_and_adds_what_it_knows() -> None:
    entity = resolve([name(SYSTEMS, "S-400s", 7), name(SYSTEMS, "S-400 Triumf", 2)]).entities[0]
    assert (entity.id, entity.name, entity.reference, entity.description) == (
        "s-400",
        "S-400",
        "defence:s-400",
        "air defence, Russia",
    )
    assert entity.aliases == (
        Alias("S-400s", 7),
        Alias("S-400 Triumf", 2),
        Alias("S-400", 0),
        Alias("S-400 Triumph", 0),
    )
    assert entity.mentions == 9


@pytest.mark.parametrize(
    ("long_forms", "reference"),
    [
        (["Organization of the Petroleum Exporting Countries"], "core:0"),
        (["Organization of the Petroleum Exporting Countries", "Organisation of Petroleum-Exporting Countries"], None),
    ],
)
def test_a_long_name_that_one_pack_entry_spells_otherwise_is_its_name(
    long_forms: list[str], reference: str | None
) -> None:
    entries = tuple(
        PackEntry(f"core:{number}", ORGANIZATIONS, f"Entry {number}", (long_form,))
        for number, long_form in enumerate(long_forms)
    )
    written = name(ORGANIZATIONS, "Organization of Petroleum Exporting Countries")
    assert resolve([written], packs=Packs(entries=entries)).entities[0].reference == reference


def test_every_name_is_assigned_with_rule_and_evidence() -> None:
    resolution = resolve(names(PEOPLE, "Demir", "Ismail Demir"))
    assert resolution.assignments[PEOPLE, "demir"].rule == "surname"
    assert resolution.assignments[PEOPLE, "demir"].evidence == "surname of “Ismail Demir”, the only one in the archive"
    assert resolution.assignments[PEOPLE, "ismail demir"].rule == "name"


def test_the_id_that_a_name_would_have_alone_leads_to_its_entity() -> None:
    assert resolve(names(PEOPLE, "Demir", "Ismail Demir")).redirects == {"demir": "ismail-demir"}


def test_a_reference_that_no_pack_has_any_more_still_holds_its_names_together() -> None:
    archive = [name(PLACES, "Rhodesia", 1, "old:rhodesia"), name(PLACES, "Southern Rhodesia", 1, "old:rhodesia")]
    assert [entity.id for entity in resolve(archive).entities] == ["rhodesia"]


def test_an_empty_archive_has_no_entities() -> None:
    assert resolve([], packs=PACKS).entities == ()


_AGENCY = PackEntry(
    "core:food-agency", ORGANIZATIONS, "Food Safety Agency", ("FSA",), "agency", {"country": "United States"}
)
_OF_STATES = Packs(
    entries=(
        PackEntry("core:united-states", PLACES, "United States", ("US",), "country", {"category": "country"}),
        PackEntry("core:turkey", PLACES, "Turkey", (), "country", {"category": "country"}),
        _AGENCY,
    ),
    tables={"demonyms": ({"demonym": "American|Americans", "country": "United States"},)},
)


@pytest.mark.parametrize(
    "text", ["U.S. Food Safety Agency", "United States Food Safety Agency", "American Food Safety Agency"]
)
def test_an_organization_of_a_country_may_have_the_country_before_its_name(text: str) -> None:
    assert is_one(ORGANIZATIONS, "Food Safety Agency", text, packs=_OF_STATES)


@pytest.mark.parametrize("text", ["Turkish Food Safety Agency", "Turkey Food Safety Agency", "U.S. FSA"])
def test_that_of_another_country_is_another(text: str) -> None:
    assert not is_one(ORGANIZATIONS, "Food Safety Agency", text, packs=_OF_STATES)


@pytest.mark.parametrize(
    ("category", "written", "is_one"),
    [
        ("international organization", "IMF Inc", False),
        ("central bank", "IMF Co Ltd", False),
        ("company", "IMF Inc", True),
        ("international organization", "I.M.F.", True),
    ],
)
def test_a_legal_form_beats_initials_of_an_institution(category: str, written: str, *, is_one: bool) -> None:
    entry = PackEntry(
        "core:international-monetary-fund",
        ORGANIZATIONS,
        "International Monetary Fund",
        ("IMF",),
        category,
        {"category": category},
    )
    archive = [name(ORGANIZATIONS, "IMF", 3, reference=entry.reference), name(ORGANIZATIONS, written)]
    assert (len(resolve(archive, packs=Packs(entries=(entry,))).entities) == 1) is is_one
