from collections.abc import Callable

import pytest

from index.extract.pipeline import Extractor
from index.model import Article, Kind

Names = Callable[[str, Kind], list[str]]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("so angela merkel met putin again in paris", Kind.PEOPLE, ["angela merkel", "putin"]),
        ("so angela merkel met putin again in paris", Kind.PLACES, ["paris"]),
        ("nato and the united nations met\nlockheed martin too", Kind.ORGANIZATIONS,
         ["nato", "united nations", "lockheed martin"]),
        ("they sent f-16s and an s-400 there", Kind.SYSTEMS, ["f-16s", "s-400"]),
        # Words
        ("i eat turkey and apple pie off my china", Kind.PLACES, []),
        ("who told us that the shell of a nut is hard", Kind.ORGANIZATIONS, []),
        ("she will trump all that with musk and with tusk", Kind.PEOPLE, []),
        ("a patriot and a milan fan met a bear", Kind.SYSTEMS, []),
        ("so i went to Moscow and met putin there too, in the cold, and then on to kyiv and oslo, all of it by train",
         Kind.PLACES, ["Moscow", "kyiv", "oslo"]),
        # With capital letters elsewhere, letter case counts
        ("The man met putin. Then he left for paris.", Kind.PEOPLE, []),
    ],
)  # fmt: skip
def test_unambiguous_names_are_found_without_capital_letters(
    text: str, kind: Kind, found: list[str], names: Names
) -> None:
    assert names(text, kind) == found


def test_what_is_a_word_is_known_of_english_alone(extractor: Extractor) -> None:
    body = "ils ont vu angela merkel dans la ville de paris"
    assert list(extractor.extract([Article("a", "a.txt", "", "", body, language="fr")])) == [()]
