"""Characters that are not shown: soft hyphens and blanks without width, and texts of nothing else."""

import re

__all__ = ["is_shown", "remove_invisible"]

_ANY = re.compile(r"[\u00ad\u2060\ufeff\u200b-\u200d]")
_NEVER_SHOWN = re.compile(r"[\u00ad\u2060\ufeff]|\u200b(?=\s)|(?<=\s)\u200b")
# Between letters of Latin, Greek or Cyrillic: in scripts without blanks it ends a word, in Arabic and Indic ones it
# says how letters are joined.
_INSIDE_WORD = re.compile(
    r"(?<=[A-Za-z\u00c0-\u052f\u1e00-\u1fff])[\u200b-\u200d]+(?=([a-z\u00df-\u052f\u1e00-\u1fff]))"
)
# What a text without anything to see is made of: Default_Ignorable_Code_Point of Unicode's DerivedCoreProperties.txt,
# marks of direction and annotation, and the empty pattern of Braille.
_SHOWN = re.compile(
    r"[^\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)


def is_shown(text: str) -> bool:
    r"""True when a reader sees anything of `text`.

    >>> is_shown("\u00ad\u200b \u200f"), is_shown("\u200fא")
    (False, True)
    """
    return _SHOWN.search(text) is not None


def remove_invisible(text: str) -> str:
    r"""Return `text` without the characters that split its words unseen; before a capital letter another word begins.

    >>> remove_invisible("Is\u00admail\u200b De\u00admir, A\u200bkar, Hulusi\u200bAkar")
    'Ismail Demir, Akar, Hulusi\u200bAkar'
    """
    if _ANY.search(text) is None:
        return text
    return _INSIDE_WORD.sub(_join, _NEVER_SHOWN.sub("", text))


def _join(match: re.Match[str]) -> str:
    return "" if match[1].islower() else match[0]
