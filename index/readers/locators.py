"""Names of files as locators: always valid text that can be printed."""

import os

__all__ = ["printable"]


def printable(name: str) -> str:
    r"""Return a name with backslash escapes for bytes that are no text and characters that cannot be printed.

    >>> printable("news\x07.txt")
    'news\\x07.txt'
    """
    text = os.fsencode(name).decode("utf-8", errors="backslashreplace")
    return "".join(character if character.isprintable() else ascii(character)[1:-1] for character in text)
