"""Ids of articles, made of their locators. Apart from the readers, so that the catalog can make them without them."""

import hashlib
import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from anyascii import anyascii

__all__ = ["ID_DIGITS", "article_id"]

# Hexadecimal digits of the hash in an id: 64 bits. Among ten million articles with one slug, the chance that two have
# one id is 3 in a million; with the 32 bits of version 0.1, a million had 116 such pairs.
ID_DIGITS = 16
_LONGEST_SLUG = 48
_NOT_IN_IDS = re.compile("[^a-z0-9]+")


def article_id(locator: str) -> str:
    """Return the id of the article at `locator`: its name, fit for a URL, and 16 hexadecimal digits of a hash.

    >>> article_id("seeds/Ankara’s_deal.txt")
    'ankara-s-deal-33f105b01910857f'
    """
    path, _, row = locator.partition("#")
    stem = PurePosixPath(unquote(path.rstrip("/"))).stem
    slug = _NOT_IN_IDS.sub("-", anyascii(f"{stem}-{row}").lower()).strip("-")[:_LONGEST_SLUG].strip("-")
    digest = hashlib.sha256(locator.encode()).hexdigest()[:ID_DIGITS]
    return f"{slug}-{digest}" if slug else digest
