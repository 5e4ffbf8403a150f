from collections.abc import Callable

import pytest

from index.model import Kind

Names = Callable[[str, Kind], list[str]]


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        ("They bought the Quellon missile.", ["Quellon"]),
        ("They bought 25 Quellon mine-resistant vehicles.", ["Quellon"]),
        ("A Quellon 6 infantry fighting vehicle and a Dorna cruise missile.", ["Quellon 6", "Dorna"]),
        ('The "Quellon" drone flew.', ["Quellon"]),
        # A row, and what it names elsewhere
        ("They saw Quellon-2, Dorna and Brunton missiles.", ["Quellon-2", "Dorna", "Brunton"]),
        ("The Quellon drone flew. Two Quellons fell.", ["Quellon", "Quellons"]),
        # A known designator before it
        ("Two T-35 Quellon trainer aircraft left.", ["T-35 Quellon"]),
        # Classes of ships
        ("Two Quellon-class boats and a Dorna-class frigate sailed.", ["Quellon-class", "Dorna-class"]),
        ("A Quellon-class hotel and world-class boats.", []),
        # Firms, places, peoples and months; words at the start; parts of something else
        ("Hamas rockets, Oslo drones, Russian tanks and March missiles.", []),
        ("The Quellon Group sold Quellon drones.", []),
        ("Stealth missiles came. Coastal radars saw them.", []),
        ("The Quellon missile strike failed.", []),
        ("The Quellon vehicles and the Quellon plane left.", []),
    ],
)
def test_a_name_before_a_word_for_a_weapon_is_a_system(text: str, systems: list[str], names: Names) -> None:
    assert names(text, Kind.SYSTEMS) == systems


@pytest.mark.parametrize(
    ("text", "systems"),
    [
        ("They fly the MQ-9B SkyGuardian drone.", ["MQ-9B SkyGuardian"]),
        ("The S-300/S-400 missiles.", ["S-300", "S-400"]),
        ("T-72 and T-90 tanks, S-300 or S-400 batteries.", ["T-72", "T-90", "S-300", "S-400"]),
        ("The Sky Bow III missile was fired.", ["Sky Bow III"]),
        ("The Kheibar Shekan-2 missile was fired.", ["Kheibar Shekan-2"]),
        ("A Type 26 frigate and Type 055 destroyers.", ["Type 26", "Type 055"]),
        ("Four Su-30s and two QJ-600s left.", ["Su-30s", "QJ-600s"]),
        ("Two Q9B2 howitzers stood on the Q9B2-road.", ["Q9B2", "Q9B2"]),
        ("The Quellon-1 drone, and Covid-19 in missile crews.", ["Quellon-1"]),
    ],
)
def test_variants_belong_to_the_name_and_words_for_weapons_do_not(text: str, systems: list[str], names: Names) -> None:
    assert names(text, Kind.SYSTEMS) == systems
