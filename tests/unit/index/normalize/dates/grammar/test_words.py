import pytest

from index.normalize.dates.grammar.lexicon import CLASS_LETTERS
from index.normalize.dates.grammar.tokens import ENGLISH
from index.normalize.dates.grammar.words import WORDS


@pytest.mark.parametrize("word", sorted(WORDS))
def test_every_word_has_a_class_of_the_grammar(word: str) -> None:
    assert WORDS[word][0] in CLASS_LETTERS


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He came on May 3, 2019 with it", ["on", "May", "3", ",", "2019"]),
        ("It rained on 25.09.2021 again", ["on", "25.09.2021"]),
        ("Sept. 30 results", ["Sept.", "30"]),
        ("the 1980s were", ["the", "1980s"]),
        ("you may march", []),
        ("the theater", []),
    ],
)
def test_an_island_is_a_run_of_words_that_dates_are_made_of(text: str, words: list[str]) -> None:
    found = [token.text for island in ENGLISH.islands(text) for token in island.tokens(0, len(island.letters))]
    assert found == words
