import pytest

from index.readers.encodings.plausibility import plausibility


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        "café, naïve",
        "“It’s” – 5 °C",
        "İstanbul’da",
        "Žluťoučký kůň",
        "Ştefan",
        "Αθήνα, Athens",
        "日本語 in ASCII",
        "А-а",
    ],
)
def test_text_of_a_language_is_plausible(text: str) -> None:
    assert plausibility(text) >= 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Ýzmir limanýnda çalýþan",
        "caf§s",
        "Ðóññêèé òåêñò",
        "рПУФБЧЛЙ",
        "pφβstav",
        "words\x93 with\x94 controls",
        "Tak╡ ┤zvan",
    ],
)
def test_text_in_the_wrong_encoding_is_not(text: str) -> None:
    assert plausibility(text) < 0.9


def test_plausibility_is_a_share() -> None:
    assert plausibility("") == 1
    assert 0 < plausibility("\ufffd" * 50) < 0.1
