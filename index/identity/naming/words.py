"""Knowledge about the words of names: the built-in pack `names`, and additions of other packs."""

from collections.abc import Mapping
from functools import cache, lru_cache

from index.model import Kind
from index.normalize.name_words import NameWords
from index.packs.loader import Packs, PacksKey, load_packs, split_cell

__all__ = ["builtin_words", "words_of"]


@cache
def builtin_words() -> NameWords:
    """The knowledge of the built-in pack `names`, read once."""
    return words_of(Packs())


def words_of(packs: Packs) -> NameWords:
    """Return the knowledge of the built-in pack `names`, of the same tables in `packs`, and of their entries.

    Packs with the same fingerprint give the same object.
    """
    return _words_of(PacksKey(packs))


@lru_cache(maxsize=4)
def _words_of(key: PacksKey) -> NameWords:
    packs = key.packs
    builtin = load_packs(["names"])

    def rows(table: str) -> tuple[Mapping[str, str], ...]:
        return builtin.rows(table) + packs.rows(table)

    return NameWords.from_tables(
        rows,
        given=[name for row in packs.rows("given_names") for name in split_cell(row["names"])],
        places=[text for entry in packs.entries if entry.kind is Kind.PLACES for text in (entry.name, *entry.aliases)],
    )
