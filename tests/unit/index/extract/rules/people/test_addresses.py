from collections.abc import Callable

import pytest

from index.model import Kind

Names = Callable[[str, Kind], list[str]]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Tan Sri Muhyar Yassin met Datuk Seri Wee Ka Siong.", ["Muhyar Yassin", "Wee Ka Siong"]),
        ("Dato' Sri Najib and Dato’ Seri Azmin were absent.", ["Najib", "Azmin"]),
        ("Shri Mangaraj and Smt. Kiran Behera spoke.", ["Mangaraj", "Kiran Behera"]),
        (
            "Alhaji Musa Bello, Hajiya Aisha Garba and Chief Obafemi Quell spoke.",
            ["Musa Bello", "Aisha Garba", "Obafemi Quell"],
        ),
        ("Naib Subedar Kuldeep Rana and Havildar Mohan Lal died.", ["Kuldeep Rana", "Mohan Lal"]),
        ("Pol. Gen. Somyot Quellmuang met Khun Anutin.", ["Somyot Quellmuang", "Anutin"]),
        ("Doña Tomasa, Don Ernesto Quell and Lic. Pedro Brunt came.", ["Tomasa", "Ernesto Quell", "Pedro Brunt"]),
        ("Ustaz Karim Ahmadi, Mzee Athman and Hajj Ibrahim prayed.", ["Karim Ahmadi", "Athman", "Ibrahim"]),
        ("His Highness Sheikh Saqr bin Mayed opened it.", ["Saqr bin Mayed"]),
        ("Pak Suprapto greeted Ibu Risma.", ["Suprapto", "Risma"]),
        ("Gendarme Mehmet Yildiz died.", ["Mehmet Yildiz"]),
        ("Deputy prime minister Dilnoza Karimova agreed.", ["Dilnoza Karimova"]),
        ("The Hajj begins on Monday. Shri and Smt. left.", []),
        ("DC Comics sued SP Group.", []),
    ],
)
def test_forms_of_address_of_all_countries_are_no_part_of_a_name(text: str, people: list[str], names: Names) -> None:
    assert names(text, Kind.PEOPLE) == people
