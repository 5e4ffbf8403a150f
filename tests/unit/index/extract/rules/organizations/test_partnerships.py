from collections.abc import Callable

import pytest

from index.model import Kind

Names = Callable[[str, Kind], list[str]]


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("They are Brunt, Quell and Co, Dorn Kern and Co and the bank.", ["Brunt, Quell and Co", "Dorn Kern and Co"]),
        ("It went to Gopal Brunt, Quell and Sons of Dornburg.", ["Gopal Brunt, Quell and Sons"]),
        ("The law firm Brunt, Quell y Asociados filed.", ["Brunt, Quell y Asociados"]),
        ("The bid of Imprenta Brunt y Cía., S.A. failed.", ["Imprenta Brunt y Cía., S.A."]),
        ("He runs PT Brunt Quell dan Putra, a shipper.", ["PT Brunt Quell dan Putra"]),
        ("The offices of Brunt, Quell și Asociații were searched.", ["Brunt, Quell și Asociații"]),
        ("The fine of Brunt & Söhne KG and of Dorn, Quell & Cie was paid.", ["Brunt & Söhne KG", "Dorn, Quell & Cie"]),
        ("From here Mama Brunt and Daughters takes over.", ["Mama Brunt and Daughters"]),
        ("He sued Ford, Microsoft, Brunt and Co.", ["Ford", "Microsoft", "Brunt and Co"]),
        ("In Oslo, Brunt and Sons closed.", ["Brunt and Sons"]),
        ("The firm of Brunt, Quell & Dorn LLP sued.", ["Brunt, Quell & Dorn LLP"]),
        ("Brunt, Quell, Kern & Dorn Lanz PLLC sued.", ["Brunt, Quell, Kern & Dorn Lanz PLLC"]),
        ("Quell & Dorn was small, Brunt LLP big.", ["Brunt LLP"]),
        ("President Brunt and Partners met. Allies and Partners met.", []),
        ("He came with Partners and Co.", []),
        ("Lawyers Brunt, Quell and Co sued.", ["Brunt, Quell and Co"]),
        ("Brokers Brunt, Quell, Dorn and Partners sued.", ["Brunt, Quell, Dorn and Partners"]),
        ("Auditors Brunt, Quell & Dorn LLP left.", ["Brunt, Quell & Dorn LLP"]),
    ],
)
def test_a_firm_of_partners_is_one_name(text: str, firms: list[str], names: Names) -> None:
    assert names(text, Kind.ORGANIZATIONS) == firms
