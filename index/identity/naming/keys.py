"""Keys of names: mentions with the same kind and key are the same name, before any rule compares names."""

import re
from hashlib import sha256

from index.model import Kind
from index.normalize.designators import fold_system
from index.normalize.name_words import NameWords, Words
from index.normalize.names import fold_name

__all__ = ["is_set_apart", "kept_apart", "key_of", "set_apart", "tidy_name", "words_of_key"]

_REFERENCE = "@"
_SET_APART = "@~"
_DIGITS_OF_LABEL = 10
_POSSESSIVE = re.compile(r"[’'`´]s?$")
_DIVIDED = re.compile(r"[^\W\d_]+[-\u2010\u2011](?![A-Z])[^\W\d_]+")
_AROUND = " ,;:()[]"
_QUOTES = "\"“”„«»‘’'"
_ARTICLE = re.compile(r"^the\s+(?=\S)", re.IGNORECASE)


def key_of(text: str, kind: Kind, *, reference: str | None, words: NameWords) -> str:
    """The key of a name of a kind; empty when the text has neither letters nor digits and there is no reference.

    Titles before a person and "the" before anything else are not part of it.

    >>> words = NameWords(titles=frozenset({"minister", "foreign"}))
    >>> key_of("Foreign Minister Akar’s", Kind.PEOPLE, reference=None, words=words)
    'akar'
    >>> key_of("Akar, Hulusi S.", Kind.PEOPLE, reference=None, words=words)
    'hulusi s akar'
    >>> key_of("the U.S.", Kind.PLACES, reference="core:united-states", words=NameWords())
    'us@core:united-states'
    """
    if kind is Kind.PEOPLE:
        text = _upright(text, words)
    folded: Words = tuple((fold_system(text) if kind is Kind.SYSTEMS else fold_name(text)).split())
    folded = words.without_titles(folded) if kind is Kind.PEOPLE else words.without_article(folded)
    plain = " ".join(folded)
    return plain if reference is None else f"{plain}{_REFERENCE}{reference}"


def words_of_key(key: str) -> Words:
    """The folded words of a key, without its reference.

    >>> words_of_key("united states@core:united-states")
    ('united', 'states')
    """
    return tuple(key.partition(_REFERENCE)[0].split())


def set_apart(key: str, label: str) -> str:
    """The key of a name that a person took out of another, so that no rule joins it; `label` says out of what.

    >>> set_apart("demir", "001")
    'demir@~7a3e6b16cb'
    """
    return f"{key}{_SET_APART}{sha256(label.encode()).hexdigest()[:_DIGITS_OF_LABEL]}"


def is_set_apart(key: str) -> bool:
    """True for a key that `set_apart` made."""
    return _SET_APART in key


def kept_apart(key: str, like: str) -> str:
    """A key, set apart like another one: what a name is called when it is given another kind.

    >>> kept_apart("s400", "s 400@~7a3e6b16cb"), kept_apart("s400", "s 400")
    ('s400@~7a3e6b16cb', 's400')
    """
    _, mark, label = like.partition(_SET_APART)
    return f"{key}{mark}{label}"


def tidy_name(text: str, kind: Kind, *, words: NameWords) -> str:
    """A name fit to be shown: one line, without possessive, surrounding quotes, titles, or "the" before it.

    >>> tidy_name("the  Kremlin's", Kind.ORGANIZATIONS, words=NameWords())
    'Kremlin'
    """
    plain = " ".join(text.split())
    stripped = _without_quotes(_POSSESSIVE.sub("", _without_quotes(plain.strip(_AROUND))))
    stripped = _ARTICLE.sub("", stripped) or plain
    if kind is Kind.PEOPLE:
        stripped = _upright(stripped, words)
        written = stripped.split(" ")
        folded = [fold_name(word) for word in written]
        kept = len(words.without_titles(tuple(folded)))
        start = next((start for start in range(len(folded)) if folded[start] not in words.titles), len(folded) - 1)
        stripped = " ".join(written[start : start + kept])
    return stripped or plain


def _upright(text: str, words: NameWords) -> str:
    """A person's name as it is spoken: "Putin, Vladimir" is "Vladimir Putin"; "İsmail Demir, Jr." stays as it is.

    A given name in two parts, as in "Brunt, Ay-la", follows the surname.
    """
    family, comma, given = text.partition(",")
    if not comma or "," in given:
        return text
    after = fold_name(given).split()
    if not after or not family.strip() or after[-1] in words.generations or after[-1] in words.honorifics:
        return text
    if _DIVIDED.fullmatch(given.strip()):
        return f"{family.strip()} {given.strip()}"
    return f"{given.strip()} {family.strip()}"


def _without_quotes(text: str) -> str:
    """A text without quotes around it; quotes around a part of it, as in S-400 "Triumph", stay."""
    inner = text.strip(_QUOTES)
    return text if any(quote in inner for quote in _QUOTES[:-2]) else inner
