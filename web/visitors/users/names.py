"""Names of users and tokens: any script, no control characters, two spellings of one name are one user."""

import unicodedata

from index.errors import UsageError

__all__ = ["MAX_NAME", "fold", "read_name"]

MAX_NAME = 40
"""Characters of a name."""

# Letters, their accents, and digits.
_CATEGORIES = ("L", "M", "N")
_MARKS = "._-'@ "
# A longer text is no name, and is not looked at.
_LONGEST_TYPED = 200


def read_name(text: str) -> str:
    """Return a name in one form: blanks at the ends and several in a row are left out. Raises `UsageError`.

    >>> read_name("  Ana   Müller ")
    'Ana Müller'
    """
    name = " ".join(word for word in unicodedata.normalize("NFC", text[:_LONGEST_TYPED]).split(" ") if word)
    if not name or len(text) > _LONGEST_TYPED or len(name) > MAX_NAME:
        raise UsageError(f"A name has from 1 to {MAX_NAME} characters.")
    if not any(_is_letter(letter) for letter in name):
        raise UsageError("A name needs a letter or a digit.")
    wrong = next((letter for letter in name if not _is_letter(letter) and letter not in _MARKS), "")
    if wrong:
        raise UsageError(f"A name cannot have {wrong!a}. Use letters, digits, blanks and . _ - ' @")
    return name


def fold(text: str) -> str:
    """Return the form in which names are compared; "" for a text that is too long to be one.

    >>> fold("ANA  Müller") == fold("ana mu\u0308ller"), fold("x" * 1000)
    (True, '')
    """
    if len(text) > _LONGEST_TYPED:
        return ""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())


def _is_letter(letter: str) -> bool:
    return unicodedata.category(letter)[0] in _CATEGORIES
