"""Known encodings: which are guessed, which wider one is read in the place of another, and their other names."""

import codecs
import re
from collections.abc import Mapping
from functools import cache

from index.readers.tables import parse_table

__all__ = ["guessable", "is_known", "python_name", "wider"]

_UTF8 = re.compile(r"utf[-_ ]?8(?!\d)")
_CODE_PAGE = re.compile(r"(?:x[-_])?(?:windows|win|cp|ibm|dos|ms|msdos|ansi)?[-_ ]?(?:cp)?[-_ ]?(\d{3,5})")
_ISO_8859 = re.compile(r"(?:x[-_])?(?:iso)?[-_ ]?8859[-_ ]?(\d{1,2})")
_UTF8_PAGE = "65001"


def is_known(encoding: str) -> bool:
    """True for an encoding of text that can be decoded."""
    return python_name(encoding) is not None


def python_name(encoding: str) -> str | None:
    """Return the one name of an encoding, also for names that only browsers know; None for an unknown encoding.

    >>> python_name("Windows-1252"), python_name("x-sjis"), python_name("utf-99"), python_name("rot13")
    ('cp1252', 'cp932', None, None)
    """
    name = encoding.strip()
    name = _aliases().get(name.lower().replace("_", "-"), name)
    return _name_of_text(name) or _name_of_text(_respelled(name.lower()))


def _name_of_text(name: str) -> str | None:
    try:
        b"x".decode(name, errors="replace")  # Not every codec is one of text.
    except (LookupError, ValueError):
        return None
    return codecs.lookup(name).name


def _respelled(name: str) -> str:
    """Return the standard spelling of a name that a program spells in its own way: "cp-850", "8859-1"."""
    if _UTF8.search(name):
        return "utf-8"
    if page := _CODE_PAGE.fullmatch(name):
        return "utf-8" if page[1] == _UTF8_PAGE else f"cp{page[1]}"
    part = _ISO_8859.fullmatch(name)
    return f"iso8859-{part[1]}" if part else name


def wider(encoding: str) -> str:
    """Return the encoding to read in the place of one with this name (of `python_name`).

    >>> wider("iso8859-1"), wider("gb2312"), wider("utf-8")
    ('cp1252', 'gb18030', 'utf-8')
    """
    return _wider().get(encoding, encoding)


@cache
def guessable() -> Mapping[str, float]:
    """Return the encodings that are guessed, and the weight of the evidence for each."""
    return {row["encoding"]: float(row["weight"]) for row in _rows() if row["weight"]}


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return parse_table("index.readers.encodings", "encodings")


@cache
def _wider() -> Mapping[str, str]:
    return {row["encoding"]: row["wider"] for row in _rows() if row["wider"]}


@cache
def _aliases() -> Mapping[str, str]:
    return {alias.replace("_", "-"): row["encoding"] for row in _rows() for alias in row["aliases"].split()}
