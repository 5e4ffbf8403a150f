from collections.abc import Callable

import pytest

from index.model import Kind, Mention

Names = Callable[[str, Kind], list[str]]


@pytest.mark.parametrize(
    ("text", "organizations"),
    [
        ("The Brunt Group grew.", ["Brunt Group"]),
        ("They sued Brunt & Quell Holdings Ltd. in court.", ["Brunt & Quell Holdings Ltd."]),
        ("The Ministry of Health and Social Care agreed.", ["Ministry of Health and Social Care"]),
        ("The Turkish Foreign Ministry agreed.", ["Turkish Foreign Ministry"]),
        ("the Security Council on the conflict", ["Security Council"]),
        ("It won an Academy Award for Brunt Studios.", ["Brunt Studios"]),
        ("A ministry and a bank of the river.", []),
        ("She told Dorn Weekly so, and the Quell Quarterly.", ["Dorn Weekly", "Quell Quarterly"]),
        ("It was in the US Weekly of claims, and in Norwegian Monthly figures.", []),
        ("They sold it to Meyers and Co Inc.", ["Meyers and Co Inc"]),
        ("the Quell Fishing Alliance (QFA) and later QFA boats", ["Quell Fishing Alliance", "QFA", "QFA"]),
        ("the Presidency of Sea Things (KLM) and KLM itself", ["Presidency of Sea Things", "KLM", "KLM"]),
        ("A QXZ spokesman agreed.", ["QXZ"]),
        ("Bank Brunt Quell Tbk, Bank Lanz PLC and Bank Kern A/S fell.",
         ["Bank Brunt Quell Tbk", "Bank Lanz PLC", "Bank Kern A/S"]),
        ("Brunt Quell Sp. z o.o. and Grupo Lanz S.A.B. de C.V. fell.",
         ["Brunt Quell Sp. z o.o.", "Grupo Lanz S.A.B. de C.V."]),
        ("Brunt Holdings plc fell; the plc said so.", ["Brunt Holdings plc"]),
        ("Brunt Inc Quell Corp Lanz Ltd were listed.", ["Lanz Ltd"]),
        ("They sued Brunt Energy S.A. Quell will appeal.", ["Brunt Energy S.A."]),
        ("Parliament voted. The House sat. The Bank said so.", ["Parliament", "House", "Bank"]),
        ("A House rose. The White House Bank said so. Full House won.", ["White House Bank"]),
        ("The Bank has a door. A bank said so. The House table fell.", []),
        ("The National Association of Tea Owners (NATO) met; NATO won.",
         ["National Association of Tea Owners", "NATO", "NATO"]),
    ],
)  # fmt: skip
def test_organizations_are_known_by_a_word_or_an_acronym(text: str, organizations: list[str], names: Names) -> None:
    assert names(text, Kind.ORGANIZATIONS) == organizations


def test_an_acronym_takes_the_reference_of_its_long_form(find: Callable[[str], list[Mention]]) -> None:
    mentions = find("the Presidency of Defense Industries (PDI) and PDI")
    assert {mention.reference for mention in mentions} == {"defence:presidency-of-defense-industries"}


@pytest.mark.parametrize(
    ("long_form", "is_known"),
    [
        ("National Association of Tea Owners", False),
        ("North Atlantic Treaty Organization", True),
        ("North Atlantic Treaty Organisation", True),
        # Other initials say nothing.
        ("Association of Tea Owners", True),
    ],
)
def test_an_acronym_of_a_pack_that_the_text_spells_out_otherwise(
    long_form: str, find: Callable[[str], list[Mention]], *, is_known: bool
) -> None:
    references = {each.reference for each in find(f"The {long_form} (NATO) met.") if each.text == "NATO"}
    assert references == ({"core:nato"} if is_known else {None})


@pytest.mark.parametrize(
    ("text", "organizations", "places"),
    [
        ("Quell and Brunt's Corp cut it. S/P may cut.", [], []),
        ("Standard and Poor's Corp cut it. S/P may cut.", ["Standard and Poor's", "S/P"], []),
        ("The United Steelworkers (US) met the US team.", ["United Steelworkers"], ["US", "US"]),
        ("The Quell Union of Kern (UK) met in the UK.", ["Quell Union of Kern"], ["UK", "UK"]),
        ("The Senate and the House met. The House votes.", ["Senate", "House", "House"], []),
        ("The House of Commons sat. The House voted, MPs said.", ["House of Commons", "House"], []),
        ("Chipmaker Quell Ltd and Carmaker Brunt Inc grew.", ["Quell Ltd", "Brunt Inc"], []),
        ("Charity Dorn Foundation and Toymaker Quell Group grew.", ["Dorn Foundation", "Quell Group"], []),
        ("Airline Veluna grew. Airlines Veluna and Dorn merged.", [], []),
        (
            "The Airline Pilots Association and the Charity Commission met.",
            ["Airline Pilots Association", "Charity Commission"],
            [],
        ),
        ("Statistics Norway (SSB) met. SSB said so.", ["Statistics Norway", "SSB", "SSB"], []),
        ("He saw Jane Norway (SSB) in Oslo.", ["SSB"], ["Oslo"]),
        ("The Greens of Norway (NOR) met.", [], ["Norway"]),
        ("Aker BP (ABP) said so. ABP rose.", ["BP"], []),
        ("The Aker BP (BPX) grew. BPX rose.", ["BP", "BPX", "BPX"], []),
    ],
)
def test_acronyms_and_short_names_of_institutions(
    text: str, organizations: list[str], places: list[str], names: Names
) -> None:
    assert (names(text, Kind.ORGANIZATIONS), names(text, Kind.PLACES)) == (organizations, places)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Statistics Norway (SSB) met. SSB said so.", None),
        ("The Presidency of Defense Industries (SSB) met. SSB said so.", "defence:presidency-of-defense-industries"),
        ("Defense Industries Turkey (SSB) met. SSB said so.", "defence:presidency-of-defense-industries"),
    ],
)
def test_a_name_with_its_country_owns_its_acronym(
    text: str, reference: str | None, find: Callable[[str], list[Mention]]
) -> None:
    assert {mention.reference for mention in find(text) if mention.text == "SSB"} == {reference}


@pytest.mark.parametrize(
    ("text", "acronym", "reference"),
    [
        ("The Democratic Party (PD) met. PD members left.", "PD", "core:democratic-party-united-states"),
        ("The Christian Democratic Party (PDC) met. PDC members left.", "PDC", None),
        ("THE CHRISTIAN DEMOCRATIC PARTY (PDC) MET ON MONDAY. PDC MEMBERS LEFT.", "PDC", None),
    ],
)
def test_the_acronym_of_a_longer_name_is_none_of_the_known_one_at_its_end(
    text: str, acronym: str, reference: str | None, find: Callable[[str], list[Mention]]
) -> None:
    found = {mention.reference for mention in find(text) if mention.text == acronym}
    assert found == {reference} if reference else found <= {None}
