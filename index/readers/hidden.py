"""Files that nobody put into a folder to be read: hidden ones, and what systems and office programs leave there."""

import re

__all__ = ["is_hidden"]

# Of Windows and macOS, and the files by which office programs tell that a document is open ("~$report.docx").
_LEFT_THERE = re.compile(
    r"(?:ehthumbs(?:_vista)?|thumbs)\.db|desktop\.ini|\$recycle\.bin|system volume information|__macosx|icon\r|"
    r"~\$.*\.(?:do[ct]|xl|pp|od)\w*",
    re.IGNORECASE,
)


def is_hidden(name: str) -> bool:
    """True for a file or folder of this name that is left out of what is read in a folder or an archive.

    >>> [is_hidden(name) for name in (".git", "Thumbs.db", "~$report.docx", "report.docx")]
    [True, True, True, False]
    """
    return name.startswith(".") or _LEFT_THERE.fullmatch(name) is not None
