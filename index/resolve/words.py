"""What resolution knows about the words of names: the built-in pack `names`, and what other packs add to it."""

from functools import cache

from index.normalize.name_words import NameWords
from index.packs.loader import Packs, load_packs

__all__ = ["builtin_words", "words_of"]


@cache
def builtin_words() -> NameWords:
    """The knowledge of the built-in pack `names`, read once."""
    return words_of(Packs())


def words_of(packs: Packs) -> NameWords:
    """The knowledge of the built-in pack `names` and of the tables of the same names in `packs`."""
    builtin = load_packs(["names"])
    return NameWords.from_rows(
        name_words=builtin.rows("name_words") + packs.rows("name_words"),
        legal_suffixes=builtin.rows("legal_suffixes") + packs.rows("legal_suffixes"),
        given_names=builtin.rows("given_name_spellings") + packs.rows("given_name_spellings"),
    )
