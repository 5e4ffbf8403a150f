"""Names that are also words, animals, winds, heroes, sports or people: found where they are meant, and only there."""

from collections.abc import Callable

import pytest

from index.extract.pipeline import Extractor
from index.model import Article, Kind
from index.packs.loader import load_packs

Names = Callable[[str, Kind], list[str]]

# The name, a sentence that means the weapon, and one that means something else though a word for weapons is near.
WEAPONS = [
    ("Patriot", "Two Patriot batteries were moved to the coast.", "Every Patriot should vote, said the tank driver."),
    ("Javelin", "A Javelin missile hit the column.", "Her throw in the Javelin landed beside a tank of water."),
    ("Leopard", "Berlin will send fourteen Leopard tanks.", "The Leopard hid its cubs behind the water tank."),
    ("Hawk", "Spain offered Hawk launchers.", "A Hawk nested on the radar tower, wildlife officers said."),
    ("Reaper", "A Reaper drone crashed into the sea.", "The Grim Reaper mask hung beside toy weapons."),
    ("Typhoon", "Two Typhoon fighters took off.", "Typhoon Noru tore the roof off an aircraft hangar."),
    ("Tornado", "A Tornado aircraft was grounded.", "The Tornado brought winds that threw aircraft about."),
    ("Apache", "An Apache gunship fired on the convoy.", "The Apache tribe opposed the weapons range."),
    ("Hornet", "The Hornet squadron flew home.", "The Hornet nest was removed from the tank."),
    ("Predator", "A Predator drone watched the camp.", "The sexual Predator was jailed for hiding weapons."),
    ("Phantom", "Tehran said the Phantom jets were old.", "The Phantom of the play wore a jet of black lace."),
    ("Cobra", "A Cobra helicopter fired rockets.", "A Cobra bit the guard of a rocket depot; its venom spread."),
    ("Tiger", "A Tiger helicopter crashed in Mali.", "A Tiger mauled a soldier beside the tank."),
    ("Challenger", "Kyiv got Challenger tanks.", "The Challenger beat the incumbent, who had promised tanks."),
    ("Bradley", "Bradley vehicles and tanks crossed the river.", "Senator Bradley inspected the tanks."),
    ("Abrams", "They sent Abrams tanks.", "Stacey Abrams saw a tank."),
    ("Poseidon", "A Poseidon aircraft patrolled the bay.", "The temple of Poseidon stands near the aircraft museum."),
    ("Trident", "The Trident missile failed.", "The god of the sea holds a Trident, not a missile."),
    ("Osprey", "An Osprey landed with marine aircraft.", "An Osprey and other birds circled the submarine base."),
    ("Puma", "A Puma helicopter lifted the crew.", "Puma shares fell after its deal with the jets club."),
    ("Harpoon", "Harpoon missiles sank the ship.", "The whalers threw a Harpoon near a submarine."),
    ("Neptune", "Neptune missiles struck the cruiser.", "The planet Neptune was seen by the radar."),
    ("Archer", "The Archer howitzer was shown.", "The Archer won bronze beside the rocket museum."),
    ("Grad", "Grad rockets hit the market.", "The Grad hail of 1998 dented aircraft, forecasters recalled."),
    ("Excalibur", "Excalibur shells hit the artillery.", "The sword Excalibur hung in the artillery museum."),
    ("Raptor", "A Raptor and other fighter jets flew by.", "A Raptor swooped on its prey near the fighter jets."),
    ("Stinger", "A Stinger was fired at the helicopter.", "The Stinger of the insect was like a rocket."),
    ("Hercules", "A Hercules aircraft brought aid.", "The statue of Hercules stands before the aircraft hall."),
]

# The same for programs, by the pack `software`.
PROGRAMS = [
    ("Word", "The malware hid in a Word document.", "Word of the deal reached the software firm."),
    ("Python", "The tool was written in Python by developers.", "A Python bit a guard of the zoo library."),
    ("Java", "The bug lets attackers run Java code.", "The earthquake on Java hit a software firm."),
    ("Go", "It was written in Go, a programming language.", "Go home, the mayor told developers."),
    ("Windows", "The worm infected Windows computers.", "Windows were shattered in the computer shop."),
    ("Oracle", "The firm moved its Oracle database.", "The Oracle of the temple spoke of a database."),
    ("Apache", "The Apache server was open to the web.", "The Apache tribe has a web server."),
    ("Pegasus", "Pegasus spyware was on two phones.", "Pegasus Airlines banned phones."),
    ("Zeus", "The Zeus trojan emptied accounts.", "Zeus, the god, has no trojan."),
    ("Signal", "They sent messages over Signal.", "Signal processing of messages takes time."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "meant"), [(name, meant) for name, meant, _ in WEAPONS])
def test_a_name_is_a_weapon_where_its_context_says_so(name: str, meant: str, names: Names) -> None:
    assert names(meant, Kind.SYSTEMS) == [name]


@pytest.mark.parametrize("other", [other for *_, other in WEAPONS])
def test_a_name_is_no_weapon_where_something_else_is_meant(other: str, names: Names) -> None:
    assert names(other, Kind.SYSTEMS) == []


@pytest.fixture(scope="module")
def systems() -> Callable[[str], list[str]]:
    """The systems of a text, with the pack `software` loaded."""
    extractor = Extractor(packs=load_packs(("core", "defence", "software")), model="none")

    def find_systems(text: str) -> list[str]:
        (mentions,) = extractor.extract([Article("a", "a.txt", "", "", text)])
        return [mention.reference or "" for mention in mentions if mention.kind is Kind.SYSTEMS]

    return find_systems


@pytest.mark.parametrize("meant", [meant for _, meant, _ in PROGRAMS])
def test_a_name_is_a_program_where_its_context_says_so(meant: str, systems: Callable[[str], list[str]]) -> None:
    assert [reference.partition(":")[0] for reference in systems(meant)] == ["software"]


@pytest.mark.parametrize("other", [other for *_, other in PROGRAMS])
def test_a_name_is_no_program_where_something_else_is_meant(other: str, systems: Callable[[str], list[str]]) -> None:
    assert systems(other) == []
