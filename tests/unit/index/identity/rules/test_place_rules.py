import pytest

from index.packs.loader import PackEntry, Packs
from tests.unit.index.identity.archives import PLACES, clusters, entity_id, is_one, names, resolve

PACKS = Packs(
    entries=(
        PackEntry("core:united-states", PLACES, "United States", ("US",)),
        PackEntry("core:france", PLACES, "France"),
        PackEntry("core:texas", PLACES, "Texas", attributes={"country": "United States"}),
        PackEntry("core:paris", PLACES, "Paris", attributes={"country": "France"}),
    )
)


@pytest.mark.parametrize(
    "texts",
    [
        ["Biloxi", "Biloxi, Miss.", "Biloxi, Mississippi"],
        ["Beaumont, Texas", "Beaumont, US", "Beaumont"],
        ["Beaumont, Texas", "Beaumont, US"],
        ["Paris", "Paris, France"],
        ["Kurchatov Library", "Kurchatov Library in Moscow"],
        ["Betty Ford Center", "Betty Ford"],
    ],
)
def test_a_place_is_the_same_with_its_region_and_without_the_word_for_a_building(texts: list[str]) -> None:
    assert is_one(PLACES, *texts, packs=PACKS)


@pytest.mark.parametrize(
    "texts",
    [
        ["Paris", "Paris, Texas"],
        ["Paris, France", "Paris, Texas"],
        ["Georgetown, Guyana", "Georgetown, Texas"],
        ["Betty", "Betty Center"],
        ["Mexico", "Mexico City"],
        ["Luxembourg City", "Luxembourg"],
        ["The City", "The City, London"],
    ],
)
def test_places_of_one_name_in_two_regions_are_two(texts: list[str]) -> None:
    assert len(clusters(resolve(names(PLACES, *texts), packs=PACKS))) == 2


def test_a_bare_name_of_two_places_stays_alone_and_is_suggested_to_be_either() -> None:
    resolution = resolve(names(PLACES, "Springfield", "Springfield, Mo.", "Springfield, Illinois"), packs=PACKS)
    assert entity_id(resolution, "Springfield", PLACES) == "springfield"
    assert {found.into for found in resolution.suggestions} == {"springfield-mo", "springfield-illinois"}


def test_two_buildings_of_one_name_leave_the_short_name_alone() -> None:
    assert len(resolve(names(PLACES, "Betty Ford", "Betty Ford Center", "Betty Ford Museum")).entities) == 3
