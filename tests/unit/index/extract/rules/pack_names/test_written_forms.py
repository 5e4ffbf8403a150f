"""Names of packs in other languages: with what is written together with them, in their cases, in other words."""

from collections.abc import Sequence

import pytest

from index.extract.pipeline import Extractor
from index.model import ENTITY_KINDS, Article
from index.packs.loader import load_packs

_EXTRACTOR = Extractor(packs=load_packs(["core", "defence"]), model="none")


def _names(language: str | None, text: str) -> list[tuple[str, str]]:
    article = Article(id="a", locator="a", content_hash="", title="", body=text, language=language)
    (mentions,) = _EXTRACTOR.extract([article])
    return [(each.text, (each.reference or "").rpartition(":")[2]) for each in mentions if each.kind in ENTITY_KINDS]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("de", "Er fuhr von Wien nach Brüssel.", [("Wien", "vienna"), ("Brüssel", "brussels")]),
        ("de", "Frankreichs und Polens Minister", [("Frankreichs", "france"), ("Polens", "poland")]),
        ("de", "in den Vereinigten Staaten", [("Vereinigten Staaten", "united-states")]),
        ("fr", "Qu’Airbus et l'Otan quittent l’Égypte", [("Airbus", "airbus"), ("Otan", "nato"), ("Égypte", "egypt")]),
        ("fr", "PARIS ET BRUXELLES, LA FRANCE ET L'EGYPTE", [("PARIS", "paris"), ("BRUXELLES", "brussels"),
            ("FRANCE", "france"), ("EGYPTE", "egypt")]),
        ("es", "EE. UU. y la Unión Europea", [("EE. UU.", "united-states"), ("Unión Europea", "european-union")]),
        ("es", "La Unión Europea decide.", [("Unión Europea", "european-union")]),
        ("it", "dell'Egitto e dall'Olanda", [("Egitto", "egypt"), ("Olanda", "netherlands")]),
        ("ca", "d'Itàlia i d'Andorra", [("Itàlia", "italy"), ("Andorra", "andorra")]),
        ("tr", "NATO'nun Gürcistan'a ve İSVİÇRE'DE", [("NATO", "nato"), ("Gürcistan", "georgia"),
            ("İSVİÇRE", "switzerland")]),
        ("ru", "из Японии в Германию через Москву", [("Японии", "japan"), ("Германию", "germany"),
            ("Москву", "moscow")]),
        ("ru", "в Саудовской Аравии и в Нью-Йорке", [("Саудовской Аравии", "saudi-arabia"), ("Нью-Йорке", "new-york")]),
        ("ru", "Орёл летит над Берлином", [("Берлином", "berlin")]),
        ("uk", "з Бельгії до Львова в Україні", [("Бельгії", "belgium"), ("Львова", "lviv"), ("Україні", "ukraine")]),
        ("pl", "do Niemiec, w Szwecji i w Krakowie", [("Niemiec", "germany"), ("Szwecji", "sweden"),
            ("Krakowie", "krakow")]),
        ("ar", "وفد من العراق والهند ولبنان", [("العراق", "iraq"), ("الهند", "india"), ("لبنان", "lebanon")]),
        ("ar", "رسالة للأردن من عمّان إلى سلطنة عُمان", [("لأردن", "jordan"), ("عمّان", "amman"), ("عُمان", "oman")]),
        ("he", "מהולנד ומיוון לירושלים", [("הולנד", "netherlands"), ("יוון", "greece"), ("ירושלים", "jerusalem")]),
        ("el", "της Ιταλίας και στο ΛΟΝΔΙΝΟ", [("Ιταλίας", "italy"), ("ΛΟΝΔΙΝΟ", "london")]),
        ("zh", "荷兰和日本的公司在印尼", [("荷兰", "netherlands"), ("日本", "japan"), ("印尼", "indonesia")]),
        ("ja", "ソウルと東京都、秋田のダム", [("ソウル", "seoul"), ("東京", "tokyo"), ("秋田", "akita")]),
        ("th", "จากประเทศจีนและเยอรมนี", [("จีน", "china"), ("เยอรมนี", "germany")]),
    ],
)  # fmt: skip
def test_names_are_found_as_their_language_writes_them(
    language: str, text: str, names: Sequence[tuple[str, str]]
) -> None:
    assert _names(language, text) == names


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("de", "Über das Essen sprach er mehr. Mehr nicht.", id="words like English names"),
        pytest.param("pt", "Para o ano", id="an accent makes a state of a word"),
        pytest.param("ru", "Того же мнения", id="letters like those of a country"),
        pytest.param("ru", "Вена на руке", id="a word at the start of a sentence"),
        pytest.param("pl", "Niemiec wygrał", id="a person of the country"),
        pytest.param("zh", "發展中國家", id="in another word"),
        pytest.param("zh", "日本人和法国人", id="people of a country, without blanks"),
        pytest.param("ja", "マリオとインドア", id="in a longer word in katakana"),
        pytest.param("ja", "山口氏", id="a surname"),
        pytest.param("th", "ลาวา", id="a syllable is not cut"),
        pytest.param("ko", "및", id="a word that sounds like a name"),
        pytest.param("en", "The Island is cold", id="German words in English"),
        pytest.param(None, "Die Otan in Island", id="a text of unknown language is English"),
        pytest.param("es", "El Ministerio decide. Así termina.", id="openers and a common word"),
    ],
)
def test_words_of_a_language_are_no_names(language: str | None, text: str) -> None:
    assert _names(language, text) == []


def test_a_name_of_a_pack_that_is_not_used_is_not_found() -> None:
    article = Article(id="a", locator="a", content_hash="", title="", body="in Deutschland", language="de")
    assert next(iter(Extractor(packs=load_packs(["names"]), model="none").extract([article]))) == ()


def test_long_texts_are_read_in_time_that_grows_with_them() -> None:
    assert len(_names("zh", "日本。" * 20_000)) == 20_000
