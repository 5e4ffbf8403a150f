"""Titles and authors that documents state about themselves, without those that programs put there."""

import re

__all__ = ["stated_author", "stated_title"]

# Written by programs, not by people: a file name, or words for "untitled".
_NO_TITLE = re.compile(
    r"(?i:microsoft \w+ - .*|.*\.(?:docx?|odt|rtf|indd|pdf|tex|qxd|html?|p65|dvi)|untitled.*|word document|\W*)"
)
_NO_AUTHOR = re.compile(
    r"(?i:python-docx|microsoft(?: office)?(?: user)?|(?:windows |office )?user\d*|admin(?:istrator)?|unknown|author"
    r"|owner|default|guest|test|pc|laptop|desktop-\w+|openoffice.*|libreoffice.*|benutzer|utilisateur|usuario|\W*"
    r"|[^@ ]+@[^@ ]+)"
)


def stated_title(text: str | None) -> str | None:
    """Return the title that a document states, None for one that nobody chose.

    >>> stated_title("Ferries return"), stated_title("Microsoft Word - draft.doc")
    ('Ferries return', None)
    """
    return text if text and not _NO_TITLE.fullmatch(text) else None


def stated_author(text: str | None) -> str | None:
    """Return the author that a document states, None for names that programs put there.

    >>> stated_author("Jane Doe"), stated_author("Microsoft Office User")
    ('Jane Doe', None)
    """
    return text if text and not _NO_AUTHOR.fullmatch(text) else None
