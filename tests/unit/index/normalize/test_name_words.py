import pytest

from index.normalize.name_words import NameWords, Words

WORDS = NameWords.from_rows(
    name_words=[
        {"word": "Foreign", "role": "title"},
        {"word": "Minister", "role": "title"},
        {"word": "Dr.", "role": "title"},
        {"word": "MD", "role": "honorific"},
        {"word": "of", "role": "stop"},
        {"word": "ministry", "role": "generic"},
    ],
    legal_suffixes=[{"form": "inc|incorporated"}, {"form": "co"}, {"form": "ltd"}, {"form": "jsc|joint stock company"}],
    given_names=[{"spellings": "mohammed|muhammad"}],
)


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
