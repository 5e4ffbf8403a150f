"""Remove characters that are not shown and divide words: soft hyphens, and blanks without width inside a word."""

import re

__all__ = ["remove_invisible"]

_ANY = re.compile(r"[\u00ad\u2060\ufeff\u200b-\u200d]")
_NEVER_SHOWN = re.compile(r"[\u00ad\u2060\ufeff]|\u200b(?=\s)|(?<=\s)\u200b")
# Between letters of Latin, Greek or Cyrillic: in scripts without blanks it ends a word, in Arabic and Indic ones it
# says how letters are joined.
_INSIDE_WORD = re.compile(
    r"(?<=[A-Za-z\u00c0-\u052f\u1e00-\u1fff])[\u200b-\u200d]+(?=([a-z\u00df-\u052f\u1e00-\u1fff]))"
)


def remove_invisible(text: str) -> str:
    r"""Return `text` without the characters that split its words unseen; before a capital letter another word begins.

    >>> remove_invisible("Er\u00adna\u200b Sol\u00adberg, Mer\u200bkel, Olaf\u200bLund")
    'Erna Solberg, Merkel, Olaf\u200bLund'
    """
    if _ANY.search(text) is None:
        return text
    return _INSIDE_WORD.sub(_join, _NEVER_SHOWN.sub("", text))


def _join(match: re.Match[str]) -> str:
    return "" if match[1].islower() else match[0]
