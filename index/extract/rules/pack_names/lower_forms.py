"""Names of packs in texts without capital letters, as chats and transcripts are: "angela merkel", "f-16s"."""

from collections.abc import Iterator
from typing import Final

from index.extract.rules.pack_names.forms import FormTable, spellings_of, words_of
from index.model import Kind
from index.packs.loader import PackEntry, Packs, split_cell

__all__ = ["read_lower_forms"]

_FEWEST_LETTERS: Final = 4
# Names of other categories are words or phrases too often.
_PLACES: Final = frozenset({"country", "capital", "continent", "city", "state"})
_BODIES: Final = frozenset(
    {"international organization", "aid organization", "court", "central bank", "bank", "airline", "company", "firm"}
)


def read_lower_forms(packs: Packs) -> FormTable:
    """Return the forms in small letters of names that mean nothing else: no words, and no names that need a context."""
    words = frozenset(row["word"] for row in packs.rows("lower_case"))
    table = FormTable()
    for entry in packs.entries:
        ambiguous = frozenset(split_cell(entry.attributes.get("ambiguous", "")))
        for written in (entry.name, *entry.aliases):
            lower = written.lower()
            if written in ambiguous or lower in words:
                continue
            for keys in _forms(entry, words_of(lower)):
                table.add(keys, entry, None)
    table.sort(lambda form: 0)
    return table


def _forms(entry: PackEntry, keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    category = entry.attributes.get("category")
    match entry.kind:
        case Kind.SYSTEMS if any("-" in key and any(map(str.isdigit, key)) for key in keys):
            yield keys
            yield from (form for form, is_loose in spellings_of(keys) if not is_loose and "-" in "".join(form))
        case Kind.PLACES if category in _PLACES and _is_long(keys):
            yield keys
        case Kind.ORGANIZATIONS if (len(keys) == 1 or category in _BODIES) and _is_long(keys):
            yield keys
        case Kind.PEOPLE if _is_long(keys):
            yield keys
        case _:
            pass


def _is_long(keys: tuple[str, ...]) -> bool:
    """Return whether a name has two words, or one of some letters."""
    return len(keys) > 1 or (len(keys) == 1 and len(keys[0]) >= _FEWEST_LETTERS and keys[0].isalpha())
