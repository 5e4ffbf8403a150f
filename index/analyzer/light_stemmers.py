"""Stemmers of languages that Snowball has none for. They take folded words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

__all__ = ["LIGHT_STEMMERS"]

_SHORTEST_STEM = 3

# Endings of cases and numbers of Ukrainian nouns and adjectives. Those of verbs would join too many other words: with
# them a word list of 590,000 forms gave stems 6 points more of the forms and 8 points more wrong company.
_UKRAINIAN = (  # by length, the longest first
    frozenset({"його", "йому"}),
    frozenset({"ові", "еві", "єві", "ами", "ями", "ьми", "ого", "ому", "ьої", "ьою", "ими", "їми", "іми"}),
    frozenset(
        {
            "ою",
            "ею",
            "єю",
            "ом",
            "ем",
            "єм",
            "ам",
            "ям",
            "ів",
            "їв",
            "ей",
            "єй",
            "ах",
            "ях",
            "ий",
            "ій",
            "їй",
            "им",
            "їм",
            "ої",
            "ую",
            "юю",
            "их",
            "їх",
            "іх",
        }
    ),
    frozenset({"а", "я", "о", "е", "є", "и", "і", "ї", "й", "у", "ю", "ь"}),
)
_REFLEXIVE = ("ся", "сь")

# Words that Hebrew writes in one with the next one, in their order: "and", "that" or "when", and one of "the", "in",
# "to", "as" and "from". As many words begin with these letters themselves, more letters than three must remain after
# all but the most frequent.
_CONJUNCTION = "ו"
_RELATIVES = ("כש", "ש")
_ARTICLE = "ה"
_PREPOSITIONS = "בלכמ"


def _ukrainian(word: str) -> str:
    """Return a noun or adjective without its ending.

    >>> _ukrainian("доларів"), _ukrainian("долар"), _ukrainian("ніч")
    ('долар', 'долар', 'ніч')
    """
    if len(word) > 2 * _SHORTEST_STEM and word.endswith(_REFLEXIVE):
        word = word[:-2]
    for endings in _UKRAINIAN:
        length = len(next(iter(endings)))
        if len(word) - length >= _SHORTEST_STEM and word[-length:] in endings:
            word = word[:-length]
            break
    word = word.removesuffix("ь")
    return word[:-1] if word.endswith("нн") else word


def _hebrew(word: str) -> str:
    """Return a word without the conjunctions, prepositions and article that are written in one with it.

    Letters of the word itself that look like them go too, so that it has one stem with and without them: ממשלה, הממשלה.

    >>> _hebrew("והחמורים"), _hebrew("בירושלים"), _hebrew("שלום"), _hebrew("הממשלה") == _hebrew("ממשלה")
    ('חמורים', 'ירושלים', 'שלום', True)
    """
    shorter = _without_prefixes(word)
    while shorter != word:
        word, shorter = shorter, _without_prefixes(shorter)
    return word


def _without_prefixes(word: str) -> str:
    word = _without(word, _CONJUNCTION, _SHORTEST_STEM)
    for relative in _RELATIVES:
        shorter = _without(word, relative, _SHORTEST_STEM + 1)
        if shorter != word:
            word = shorter
            break
    if word[:1] in _PREPOSITIONS:
        return _without(word, word[:1], _SHORTEST_STEM + 1)
    return _without(word, _ARTICLE, _SHORTEST_STEM)


def _without(word: str, beginning: str, least: int) -> str:
    is_long = len(word) - len(beginning) >= least
    return word.removeprefix(beginning) if is_long else word


LIGHT_STEMMERS: Mapping[str, Callable[[str], str]] = MappingProxyType(
    {"light-ukrainian": _ukrainian, "light-hebrew": _hebrew}
)
