"""Fold the names of systems: "S-400s", "S‑400", "S400" and the plural of a nickname become one form.

A designator is a word of letters and digits that names a type ("S-400", "F-16C", "9K720", "T-90M").
"""

import re

from index.normalize.names import fold_name

__all__ = ["fold_system", "is_designator"]

# The plural s of a designator is small: "S-400s". A capital S is part of it: "Su-30S".
_PLURAL_OF_DESIGNATOR = re.compile(r"(?<=\d)(?:[’']?s)(?=\W|$)|(?<=\d[A-Z])s(?=\W|$)")
_LETTERS_THEN_DIGITS = re.compile(r"\b([a-z]{1,4}) (?=\d)")
_LETTER_OF_VARIANT = re.compile(r"(?<=\d) ([a-z])(?= |$)")
_SHORTEST_PLURAL = 6


def fold_system(text: str) -> str:
    """Return the folded name of a system, with its designators in one piece and its words in the singular.

    >>> fold_system("S-400s"), fold_system("S‑400"), fold_system("S400"), fold_system("MIM-104 Patriots")
    ('s400', 's400', 's400', 'mim104 patriot')
    >>> fold_system('S-400 "Triumph"'), fold_system("TB-2s"), fold_system("F-16 C")
    ('s400 triumph', 'tb2', 'f16c')
    """
    folded = fold_name(_PLURAL_OF_DESIGNATOR.sub("", text))
    folded = _LETTERS_THEN_DIGITS.sub(r"\1", folded)
    folded = _LETTER_OF_VARIANT.sub(r"\1", folded)
    words = folded.split()
    if words and _is_plural(words[-1]):
        words[-1] = words[-1][:-1]
    return " ".join(words)


def is_designator(word: str) -> bool:
    """True for a folded word with a letter and a digit.

    >>> is_designator("s400"), is_designator("2nd"), is_designator("400"), is_designator("patriot")
    (True, True, False, False)
    """
    return not word.isalpha() and not word.isdigit()


def _is_plural(word: str) -> bool:
    return len(word) >= _SHORTEST_PLURAL and word.isalpha() and word.endswith("s") and word[-2] not in "aiuos"
