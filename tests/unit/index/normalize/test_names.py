import pytest

from index.normalize.names import acronym_of, fold_name, initials, is_acronym, is_initial, slug, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Recep Tayyip Erdoğan", "recep tayyip erdogan"),
        ("İSMAİL DEMİR", "ismail demir"),
        ("Akıncı", "akinci"),
        ("AKINCI", "akinci"),
        ("U.S.", "us"),
        ("U. S.", "us"),
        ("the U.S", "the us"),
        ("U.S.'", "us"),
        ("J. K. Rowling", "jk rowling"),
        ("J.K. Rowling", "jk rowling"),
        ("John F. Kennedy", "john f kennedy"),
        ("St. Petersburg", "st petersburg"),
        ("Sp. z o.o.", "sp z oo"),
        ("TMZ.com", "tmz com"),
        ("Turkey’s", "turkey"),
        ("Turkey's", "turkey"),
        ("Reuters'", "reuters"),
        ("Lloyd's of London", "lloyds of london"),
        ("O’Brien", "obrien"),
        ("Da’esh", "daesh"),
        ("al‑Qa‘ida", "al qaida"),
        ("S‑400", "s 400"),
        ('S-400 "Triumph"', "s 400 triumph"),
        ("AT&T", "at and t"),
        ("  Lockheed \n Martin ", "lockheed martin"),
        ("Владимир Путин", "vladimir putin"),
        ("Jürgen Müßig", "jurgen mussig"),
        ("北京", "beijing"),
        ("?!", ""),
        ("", ""),
    ],
)
def test_folding_takes_away_what_spellings_differ_in(text: str, folded: str) -> None:
    assert fold_name(text) == folded


def test_tokens_are_the_folded_words() -> None:
    assert tokens("İsmail  Demir’s") == ("ismail", "demir")


def test_initials_are_first_letters() -> None:
    assert initials(("united", "arab", "emirates")) == "uae"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Фёдор", "Федор"),
        ("Άγγελος", "Αγγελος"),
        ("Ґудзик", "Гудзик"),
        ("П'ятак", "П’ятак"),
        ("מֹשֶׁה", "משה"),
        ("مُحسن", "محسن"),
        ("مـحـسن", "محسن"),
        ("أحمد", "احمد"),
        ("على", "علي"),
        ("کریم", "كريم"),
        ("فاطمة", "فاطمه"),
    ],
)
def test_marks_that_people_leave_out_do_not_make_another_name(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other) != ""


@pytest.mark.parametrize(("word", "expected"), [("j", True), ("jk", True), ("xi", False), ("ali", False)])
def test_an_initial_is_a_letter_or_two_consonants(word: str, expected: bool) -> None:
    assert is_initial(word) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("federal", "bureau", "of", "investigation"), "fbi"),
        (("north", "atlantic", "treaty", "organization"), "nato"),
        (("boeing",), ""),
        ((), ""),
    ],
)
def test_the_acronym_of_a_long_form_skips_stop_words(words: tuple[str, ...], expected: str) -> None:
    assert acronym_of(words, stop_words=frozenset({"of"})) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NATO", True),
        ("U.S.", True),
        ("U. S.", True),
        ("PKK's", False),
        ("AFoD", True),
        ("AT&T", True),
        ("Nato", False),
        ("US Army", False),
        ("S-400", False),
        ("A", False),
        ("", False),
        ("N" * 40, False),
    ],
)
def test_an_acronym_is_one_word_mostly_in_capitals(text: str, expected: bool) -> None:
    assert is_acronym(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("İsmail Demir", "ismail-demir"),
        ("S-400", "s-400"),
        ("MIM-104 Patriot", "mim-104-patriot"),
        ("U.S.", "us"),
        ("a" * 200, "a" * 80),
        ("…", "name-b4935894"),
    ],
)
def test_a_slug_is_fit_for_a_url(text: str, expected: str) -> None:
    assert slug(text) == expected
