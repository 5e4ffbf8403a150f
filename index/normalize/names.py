"""Fold names, and split them into words, initials and slugs.

Everything here is pure. A folded name is lower-case ASCII letters, digits and single spaces; two texts with the same
fold are the same name. Words with a meaning of their own (titles, legal forms) are removed by
`index.normalize.name_words`, designators of systems are folded by `index.normalize.designators`.
"""

import re
import unicodedata
from hashlib import sha256

__all__ = ["acronym_of", "fold_name", "initials", "is_acronym", "is_initial", "slug", "tokens"]

_ASCII_APOSTROPHES = str.maketrans(dict.fromkeys("‘’‚‛′ʹʻʼʽˈ`´＇", "'"))
# Turkish and Azeri: the capital dotted İ and the small dotless ı both stand for i in every name written without them.
_DOTTED_AND_DOTLESS = str.maketrans({"İ": "i", "ı": "i"})
# Points of Hebrew and short vowels of Arabic, which most texts leave out; alef maksura, which many write for yeh.
_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_ALEF_MAKSURA, _YEH = "\u0649", "\u064a"
_POSSESSIVE = re.compile(r"'s?$")
_APOSTROPHES_AND_QUOTES = re.compile(r"[\"']")
# "U.S.", "U. S.", "J.K.": letters standing alone, each with its dot, are one word; the last dot may be missing.
_DOTTED_LETTERS = re.compile(r"\b[a-z0-9](?:\.\s?[a-z])+\b(?:\.(?!\w))?")
_DOT_OR_BLANK = re.compile(r"[.\s]")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_IS_FOLDED = re.compile(r"[a-z0-9]+(?: [a-z0-9]+)*").fullmatch
_ACRONYM = re.compile(r"(?:[^\W\d_]\.\s?)+[^\W\d_]?\.?|[^\W\d_][^\W_]{0,8}(?:[&-][^\W\d_]{1,3})?")
_LONGEST_ACRONYM = 9
_LONGEST_WRITTEN_ACRONYM = 30  # Nine letters, each with a dot and a space, in quotes.
_SLUG_LENGTH = 80


def fold_name(text: str) -> str:
    """Fold a name, so that all its spellings are equal: case, accents, quotes, hyphens, dots, possessive.

    Empty when the text has neither letters nor digits. Folding a folded name changes nothing.

    >>> fold_name("İsmail  Demir’s"), fold_name("U.S."), fold_name("Al‑Qa’ida"), fold_name("R. T. Erdoğan")
    ('ismail demir', 'us', 'al qaida', 'rt erdogan')
    >>> fold_name("AT&T"), fold_name('S-400 "Triumph"'), fold_name("TMZ.com")
    ('at and t', 's 400 triumph', 'tmz com')
    """
    if not text.isascii():
        # Slow to load, and a search for an ASCII name does not need it.
        from anyascii import anyascii

        text = unicodedata.normalize("NFKC", text).translate(_ASCII_APOSTROPHES).translate(_DOTTED_AND_DOTLESS)
        text = _POINTS.sub("", text).replace(_ALEF_MAKSURA, _YEH)
        text = anyascii(text.casefold())
    text = text.casefold().strip()
    text = _POSSESSIVE.sub("", text.rstrip('" '))
    text = _APOSTROPHES_AND_QUOTES.sub("", text).replace("&", " and ")
    if "." in text:
        text = _DOTTED_LETTERS.sub(lambda match: _DOT_OR_BLANK.sub("", match.group()) + " ", text)
    return _NOT_A_WORD.sub(" ", text).strip()


def tokens(text: str) -> tuple[str, ...]:
    """Return the words of a name, folded.

    >>> tokens("Recep Tayyip Erdoğan")
    ('recep', 'tayyip', 'erdogan')
    """
    return tuple(fold_name(text).split())


def initials(words: tuple[str, ...]) -> str:
    """Return the first letter of each word.

    >>> initials(("united", "arab", "emirates"))
    'uae'
    """
    return "".join(word[0] for word in words)


def is_initial(word: str) -> bool:
    """True for a folded word that is one or two initials ("k", "jk") and not a name.

    >>> is_initial("j"), is_initial("jk"), is_initial("xi")
    (True, True, False)
    """
    return len(word) == 1 or (len(word) == 2 and not set(word) & set("aeiouy"))


def acronym_of(words: tuple[str, ...], *, stop_words: frozenset[str]) -> str:
    """Return the initials of a folded long form without its stop words; empty for a single word.

    >>> acronym_of(("federal", "bureau", "of", "investigation"), stop_words=frozenset({"of"}))
    'fbi'
    """
    content = tuple(word for word in words if word not in stop_words)
    return initials(content) if len(content) > 1 else ""


def is_acronym(text: str) -> bool:
    """True when a name is written as an acronym: one word of two to nine characters, mostly capitals.

    >>> is_acronym("NATO"), is_acronym("U.S."), is_acronym("AFoD"), is_acronym("Nato"), is_acronym("S-400")
    (True, True, True, False, False)
    """
    if len(text) > _LONGEST_WRITTEN_ACRONYM:
        return False
    stripped = text.strip().strip("\"'“”‘’()")
    if " " in stripped and "." not in stripped:
        return False
    if not _ACRONYM.fullmatch(stripped):
        return False
    letters = [character for character in stripped if character.isalpha()]
    capitals = sum(character.isupper() for character in letters)
    return 2 <= len(letters) <= _LONGEST_ACRONYM and capitals >= 2 and capitals * 2 > len(letters)


def slug(text: str) -> str:
    """Return a name as it stands in an entity id and a URL: folded, with hyphens, at most 80 characters, never empty.

    A text without letters and digits gets a name made from its hash.

    >>> slug("İsmail Demir"), slug("S-400")
    ('ismail-demir', 's-400')
    """
    folded = text if _IS_FOLDED(text) else fold_name(text)
    if not folded:
        return "name-" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return folded.replace(" ", "-")[:_SLUG_LENGTH].rstrip("-")
