"""Names of the files and folders of a Maildir: one message a file, in the folders cur, new and tmp."""

import re
from pathlib import Path

__all__ = ["is_maildir", "is_maildir_name"]

# A number of seconds, a number that is unique, a host, and flags, before which some systems cannot write a colon.
_NAME = re.compile(r"(?:.*/)?(?:cur|new|tmp)/(?:\d+\.[^/]+|[^/]+[:;!]2,[A-Za-z]*)")


def is_maildir_name(locator: str) -> bool:
    """True for the name of a message in a Maildir. The part after its last dot is that of a host, and no suffix.

    >>> is_maildir_name("mail/cur/1204680122.27c448.example.md:2,S"), is_maildir_name("mail/new/notes.md")
    (True, False)
    """
    return _NAME.fullmatch(locator) is not None


def is_maildir(folder: Path) -> bool:
    """True for a folder that is a Maildir."""
    return (folder / "cur").is_dir() and (folder / "new").is_dir()
