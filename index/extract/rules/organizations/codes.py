"""Drops the codes of stock exchanges from the candidates: "(NYSE: ABC)", "<ABC.O>" and "ABC.N" name nobody."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from index.extract.candidates import Candidate, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.model import VALUE_KINDS

__all__ = ["drop_codes", "find_codes", "is_code"]

_CODE = re.compile(
    r"""
      [(;]\s?[A-Z][A-Za-z.&\ ]{1,20}:\s?(?P<exchange>[A-Z0-9][A-Z0-9.]{0,8})(?=\s?[);,])   # (NYSE: ABC)
    | <(?P<wire>[A-Z][A-Z0-9.]{0,9})>                                                     # <ABC.O>
    | [(\[](?P<reuters>[A-Z0-9]{2,6}\.[A-Z]{1,2})[)\]]                                    # (ABC.N)
    | (?<=\w\ )(?P<bare>[A-Z]{2,5}[a-z]?\.
        (?:AS|AX|BO|BR|CO|DE|HE|HK|KS|L|MC|MI|MX|N|NS|OQ?|OL|PA|SA|SS|ST|SZ|T|TO|TW|VX))
      (?=[\s,;)]|\.(?:\s|$)|$)                                                               # Siemens AG SIEGn.DE
    """,
    re.VERBOSE,
)
_BRACKETS = "(<[;"
_BARE_CODE = re.compile(r"[A-Z]{2,5}[a-z]?\.[A-Z]{1,2}")


def find_codes(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the codes of exchanges stand.

    >>> text = "Ford Motor Co <F>, Acme (NYSE: ABC) and Bolt (BLT.N)"
    >>> [text[start:end] for start, end in find_codes(text)]
    ['F', 'ABC', 'BLT.N']
    """
    for match in _CODE.finditer(text):
        yield match.span(match.lastgroup or 0)


def is_code(word: str) -> bool:
    """Return whether a word behind the name of a firm is its code at an exchange.

    >>> is_code("SIEGn.DE"), is_code("Siemens"), is_code("S.A")
    (True, False, False)
    """
    return _BARE_CODE.fullmatch(word) is not None


@ArticleLanguage.component("dossier_codes")
def drop_codes(doc: Doc) -> Doc:
    """Leave no name on the `Doc` that is a code; a name that goes on into the brackets of one ends before them."""
    text = tokens_of(doc).text
    codes = list(find_codes(text))
    if codes:
        starts = [start for start, _ in codes]
        candidates = candidates_of(doc)
        candidates[:] = [kept for candidate in candidates for kept in _without_code(text, candidate, codes, starts)]
    return doc


def _without_code(
    text: str, candidate: Candidate, codes: list[tuple[int, int]], starts: list[int]
) -> Iterator[Candidate]:
    place = bisect_right(starts, candidate.end - 1) - 1
    if place < 0 or candidate.kind in VALUE_KINDS or codes[place][1] <= candidate.start:
        yield candidate
        return
    bracket = max(text.rfind(mark, candidate.start, starts[place]) for mark in _BRACKETS)
    # A code without brackets begins itself.
    border = bracket if bracket >= 0 else starts[place]
    end = len(text[: max(border, candidate.start)].rstrip())
    if end > candidate.start:
        yield replace(candidate, end=end)
