"""Tells rivers from the countries, states and towns that are called like them: "along the Niger", "in the Congo"."""

from collections.abc import Iterable, Sequence
from typing import Final

from index.extract.rules.pack_names.contexts import Context, SentenceWords
from index.extract.rules.pack_names.forms import Match
from index.extract.tokens import Tokens
from index.model import Kind
from index.packs.loader import PackEntry

__all__ = ["is_landscape", "is_water", "part_waters", "takes_article"]

_LANDSCAPES: Final = frozenset({"river", "region", "area"})
_RIVER: Final = "river"
_THE: Final = "the"
_OF: Final = "of"
# In a country, and seldom in its river.
_BEFORE_COUNTRY_WORDS = "in from to with by for about against inside throughout"
_BEFORE_COUNTRY: Final = frozenset(_BEFORE_COUNTRY_WORDS.split())
# What follows a river and is no noun, as in "the Niger coup".
_GOES_ON_WORDS = (
    ", . ; : ) ( and or in at near is was has had are were to from for as while where which that between "
    "by below above before after when but than on with into through past towards toward until since "
    "during last every again"
)
_GOES_ON: Final = frozenset(_GOES_ON_WORDS.split())
# What a country does, too, that has an article: "the Congo is at war".
_VERBS: Final = frozenset(["is", "was", "has", "had", "are", "were"])
_LISTED: Final = frozenset({",", "and", "or"})
# What lies along a country.
_ALONG_COUNTRY_WORDS = "border borders boundary coast coastline frontier railway road highway line"
_ALONG_COUNTRY: Final = frozenset(_ALONG_COUNTRY_WORDS.split())
_NEEDS_NO_SIGN: Final = frozenset({"country", "state"})


def is_landscape(entry: PackEntry, tokens: Tokens, start: int) -> bool:
    """Return whether this is a river or a region behind its article: "the Amazon"; firms and people have none."""
    return entry.attributes.get("category") in _LANDSCAPES and start > 0 and tokens.keys[start - 1].lower() == _THE


def takes_article(entry: PackEntry, form: str) -> bool:
    """Return whether a country of this name has an article, in a longer name at least: "Republic of the Congo"."""
    names = (entry.name, *entry.aliases)
    return any(name.lower().endswith(f"{_THE} {form.lower()}") for name in names)


def is_water(
    tokens: Tokens, start: int, end: int, *, context: Context, words: SentenceWords, rivals: Sequence[PackEntry]
) -> bool:
    """Return whether a river is meant at words `[start, end)` and none of its `rivals`, places of the same name.

    A country or state without an article of its own, such as Niger, is a river behind one, unless a noun follows. Of
    others, such as the Congo, only a word for waters tells.
    """
    sentence = tokens.sentences[start]
    if start == 0 or tokens.keys[start - 1].lower() != _THE or tokens.sentences[start - 1] != sentence:
        return False
    following = tokens.words[end] if end < len(tokens) and tokens.sentences[end] == sentence else "."
    before = [key.lower() for key in tokens.keys[max(0, start - 3) : start - 1]]
    is_along = before[-1:] != [] and before[-1] in context.before
    is_bank = before[-1:] == [_OF] and before[0] in context.near
    if following in context.after or (
        (is_along or is_bank) and following.islower() and following not in _ALONG_COUNTRY
    ):
        return True
    if following not in _GOES_ON or (following in _LISTED and tokens.capital[end + 1 : end + 2] == [True]):
        return False
    if is_along or is_bank:
        return True
    form = " ".join(tokens.keys[start:end])
    if any(takes_article(each, form) or each.attributes.get("category") not in _NEEDS_NO_SIGN for each in rivals):
        is_country = following in _VERBS or not _BEFORE_COUNTRY.isdisjoint(before[-1:])
        return not is_country and bool(context.near & words.around(start))
    return True


def part_waters(tokens: Tokens, pending: Iterable[Match], sure: Iterable[Match]) -> tuple[list[Match], list[Match]]:
    """Return the rivers that are meant and not the places of the same name, and the matches that no place rivals."""
    rivals: dict[tuple[int, int], list[PackEntry]] = {}
    for match in sure:
        if match.form.entry.kind is Kind.PLACES:
            rivals.setdefault((match.start, match.end), []).append(match.form.entry)
    waters, others = [], []
    words = SentenceWords(tokens)
    for match in pending:
        entry, condition, place = match.form.entry, match.form.condition, (match.start, match.end)
        if place not in rivals or condition is None or entry.attributes.get("category") != _RIVER:
            others.append(match)
        elif is_water(tokens, *place, context=condition.context, words=words, rivals=rivals[place]):
            waters.append(match)
    return waters, others
