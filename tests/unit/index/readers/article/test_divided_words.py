import time

import pytest

from index.analyzer import analyze
from index.readers.article.divided_words import join_divided_words
from index.readers.base import Source
from index.readers.registry import read_source


@pytest.mark.parametrize(
    ("text", "language", "joined"),
    [
        ("The transpor-\ntation of cargo", "en", "The transportation\nof cargo"),
        ("the trans-\n  portation, he said", "en", "the transportation,\nhe said"),
        ("the govern-\nment.\nNext line", "en", "the government.\nNext line"),
        ("the govern-\nment", None, "the government"),
        ("inter-\nconti-\nnental missile", "en", "intercontinental\nmissile"),
        ("MISSILE TRANS-\nPORTATION COST", "en", "MISSILE TRANSPORTATION\nCOST"),
        ("it was forti-\nfied again", "en", "it was fortified\nagain"),
        ("in Azerbai-\njan today", "en", "in Azerbaijan\ntoday"),
        ("Zorka-\nlund and Zorkalund", "en", "Zorkalund\nand Zorkalund"),
        ("die Verhand-\nlungen gehen weiter", "de", "die Verhandlungen\ngehen weiter"),
        ("las nego-\nciaciones siguen", "es", "las negociaciones\nsiguen"),
        ("le gouver-\nnement, le gouvernement", "fr", "le gouvernement,\nle gouvernement"),
        ("Unter\u00ad\nnehmen dort", "de", "Unternehmen\ndort"),
        ("Harbour\u00ac\nside", "en", "Harbourside"),
    ],
)
def test_divided_word_is_joined(text: str, language: str | None, joined: str) -> None:
    assert join_divided_words(text, language) == joined


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("anti-\naircraft guns", "en"),
        ("a decision-\nmaking body", "en"),
        ("the London-\nbased firm", "en"),
        ("a surface-to-\nair missile", "en"),
        ("a Kirov-\nclass cruiser", "en"),
        ("non-\nproliferation", None),
        ("the pre-\nand post-war years", "en"),
        ("the sword-\nfish was a sword-fish", "en"),
        ("Rhine-\nWestphalia", "en"),
        ("F-\n16 and 19-\nyear", "en"),
        ("He left -\nand came back", "en"),
        ("a list:\n- one\n- two", "en"),
        ("end-\n\nnew paragraph", "en"),
        ("die Ein-\nund Ausfuhr", "de"),
        ("peut-\nêtre demain", "fr"),
        ("кто-\nто сказал", "ru"),
        ("по-\nрусски", "ru"),
    ],
)
def test_hyphen_of_a_word_stays(text: str, language: str | None) -> None:
    assert join_divided_words(text, language) == text


def test_a_text_full_of_divisions_says_what_its_hyphens_are() -> None:
    line = "le gouver-\nnement veut négo-\ncier avec les syn-\ndicats"
    assert join_divided_words(line, "fr") == "le gouvernement\nveut négocier\navec les syndicats"


def test_both_forms_are_found_where_they_should_be() -> None:
    text = "Note\n\nThe transpor-\ntation of anti-\naircraft guns was delayed, said the harbour master on Monday.\n"
    [article] = read_source(Source("a.txt", data=text.encode()))
    body = article.body  # type: ignore[union-attr]  # it is an article
    terms = {token.term: body[token.start : token.end] for token in analyze(body)}
    assert (terms["transport"], terms["anti"], terms["aircraft"]) == ("transportation", "anti", "aircraft")


@pytest.mark.parametrize("unit", ["ab-\n", "ab-\ncd ", "ab\u00ad\ncd\u00ad\n", "a-b-", "- \n", "ab-ab-ab-\n"])
def test_time_grows_with_the_text(unit: str) -> None:
    started = time.perf_counter()
    join_divided_words(unit * (500_000 // len(unit)), "en")
    assert time.perf_counter() - started < 5
