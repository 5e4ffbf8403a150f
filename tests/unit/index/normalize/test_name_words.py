import pytest

from index.normalize.name_words import NameWords, Words

TABLES = {
    "name_words": [
        {"word": "Foreign", "role": "title"},
        {"word": "Minister", "role": "title"},
        {"word": "Dr.", "role": "title"},
        {"word": "MD", "role": "honorific"},
        {"word": "of", "role": "stop"},
        {"word": "ministry", "role": "generic"},
    ],
    "legal_suffixes": [
        {"form": "inc|incorporated", "use": "loose"},
        {"form": "co", "use": "loose"},
        {"form": "ltd"},
        {"form": "jsc|joint stock company", "use": ""},
    ],
    "given_name_spellings": [{"spellings": "mohammed|muhammad"}, {"spellings": "edward|eduard"}],
    "nicknames": [{"short": "ted", "names": "theodore|edward"}],
    "number_words": [
        {"number": "40", "words": "forty"},
        {"number": "4", "words": "four"},
        {"number": "1st", "words": "first"},
    ],
    "shortened_words": [{"short": "us", "long": "united states"}],
}
WORDS = NameWords.from_tables(lambda table: TABLES.get(table, []), given=["Mary Ann"], places=["New York"])


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("foreign", "minister", "lavrov"), ("lavrov",)),
        (("dr", "regina", "benjamin", "md"), ("regina", "benjamin")),
        (("minister",), ("minister",)),
        (("foreign", "minister"), ("minister",)),
        ((), ()),
    ],
)
def test_titles_are_taken_off_a_person(words: Words, expected: Words) -> None:
    assert WORDS.without_titles(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("samsung", "co", "ltd"), ("samsung",)),
        (("jsc", "almaz"), ("almaz",)),
        (("almaz", "joint", "stock", "company"), ("almaz",)),
        (("inc",), ("inc",)),
        (("co", "ltd"), ("co",)),
        ((), ()),
    ],
)
def test_legal_forms_are_taken_off_a_firm(words: Words, expected: Words) -> None:
    assert WORDS.without_legal_forms(words) == expected


@pytest.mark.parametrize(("words", "expected"), [(("the", "hague"), ("hague",)), (("the",), ("the",)), ((), ())])
def test_a_leading_article_is_taken_off(words: Words, expected: Words) -> None:
    assert WORDS.without_article(words) == expected


def test_content_is_what_stop_words_leave() -> None:
    assert WORDS.content(("ministry", "of", "defense")) == ("ministry", "defense")
    assert WORDS.content(("of",)) == ("of",)


@pytest.mark.parametrize(("words", "expected"), [(("ministry", "of"), True), (("ministry", "ssb"), False)])
def test_a_name_of_generic_words_is_generic(words: Words, expected: bool) -> None:
    assert WORDS.is_generic(words) is expected


@pytest.mark.parametrize(("word", "expected"), [("muhammad", "mohammed"), ("ismail", "ismail")])
def test_spellings_of_a_given_name_have_one_that_stands_for_all(word: str, expected: str) -> None:
    assert WORDS.given_name(word) == expected


def test_without_rows_every_given_name_stands_for_itself() -> None:
    assert NameWords().given_name("muhammad") == "muhammad"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("almaz", "joint", "stock", "company"), "jsc"),
        (("jsc", "almaz"), "jsc"),
        (("almaz", "co", "ltd"), "ltd"),
        (("samsung", "inc"), ""),
        (("samsung",), ""),
    ],
)
def test_a_strict_legal_form_tells_firms_apart(words: Words, expected: str) -> None:
    assert WORDS.legal_form(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("brigade", "forty", "four"), ("brigade", "44")),
        (("forty", "first", "brigade"), ("41st", "brigade")),
        (("four", "forty"), ("4", "40")),
        (("us", "army"), ("united", "states", "army")),
        (("us",), ("us",)),
        (("first",), ("first",)),
    ],
)
def test_numbers_and_shortened_words_are_spelled_out(words: Words, expected: Words) -> None:
    assert WORDS.spelled_out(words) == expected


@pytest.mark.parametrize(("name", "expected"), [("eduard", True), ("theodore", True), ("edwin", False)])
def test_a_nickname_stands_for_several_names_in_all_their_spellings(name: str, expected: bool) -> None:
    assert WORDS.is_nickname("ted", name) is expected


def test_known_names_are_kept_as_words() -> None:
    assert WORDS.given >= {"mohammed", "muhammad", "edward", "eduard", "mary", "ann"}
    assert WORDS.places == {"new", "york"}
