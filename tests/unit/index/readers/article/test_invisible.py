import pytest

from index.readers.article.invisible import remove_invisible


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Er\u00adna Sol\u00adberg", "Erna Solberg"),
        ("Mer\u200bkel, Мер\u200bкель, Πα\u200dπάς", "Merkel, Меркель, Παπάς"),
        ("Ana\u200b Prado\ufeff", "Ana Prado"),
        ("word\u2060joiner", "wordjoiner"),
        # Two words, a word in which the mark says how letters are joined, and a script without blanks
        ("Olaf\u200bLund", "Olaf\u200bLund"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("ที่\u200bนี่", "ที่\u200bนี่"),
        ("plain", "plain"),
    ],
)
def test_what_is_not_shown_inside_a_word_is_removed(text: str, left: str) -> None:
    assert remove_invisible(text) == left
