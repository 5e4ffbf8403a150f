"""Drops the codes of stock exchanges from the candidates: "(NYSE: ABC)", "<ABC.O>", "$ABC" and "ABC.N" name nobody."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from index.extract.candidates import Candidate, candidates_of, tokens_of
from index.extract.language import ArticleLanguage
from index.extract.rules.pack_names.contexts import SentenceWords
from index.extract.rules.vocabulary import Vocabulary, read_vocabulary
from index.extract.tokens import Casing, Tokens, word_key
from index.model import VALUE_KINDS, Kind

__all__ = ["CodesComponent", "create_codes", "find_codes", "is_code"]

_CODE = re.compile(
    r"""
      [(;]\s?[A-Z][A-Za-z.&\ ]{1,20}:\s?(?P<exchange>[A-Z0-9][A-Z0-9.]{0,8})(?=\s?[);,])   # (NYSE: ABC)
    | <(?P<wire>[A-Z][A-Z0-9.]{0,9})>                                                     # <ABC.O>
    | [(\[](?P<reuters>[A-Z0-9]{2,6}\.[A-Z]{1,2})[)\]]                                    # (ABC.N)
    | (?<![\w.])(?P<number>\d{3,6}\.(?:BO|HK|KL|KQ|KS|SR|SS|SZ|T|TW|TWO))(?!\w)               # 005930.KS
    | (?<=[\w.]\ )(?P<bare>[A-Z]{2,5}[a-z]?\.
        (?:AS|AX|BO|BR|CO|DE|HE|HK|KS|L|MC|MI|MX|N|NS|OQ?|OL|PA|SA|SS|ST|SZ|T|TO|TW|VX))
      (?=[\s,;)]|\.(?:\s|$)|$)                                                               # Siemens AG SIEGn.DE
    | (?<![\w$])\$(?P<cash>[A-Z]{1,5}(?:\.[A-Z]{1,2})?)(?![\w$])                           # $ABC
    """,
    re.VERBOSE,
)
_SHORT_CODE = re.compile(r" \((?P<code>[A-Z]{1,5})\)")
_BRACKETS = "(<[;"
_BEFORE_CODE = "(<[ "
_LONGEST_EXCHANGE = 24
_CASH = "$"
_PACKS = "gazetteer"
_CODES = "codes"
_MOST_WORDS = 3
_BARE_CODE = re.compile(r"[A-Z]{2,5}[a-z]?\.[A-Z]{1,2}\b")
_TICKER = re.compile(r"[A-Z]{1,5}\d?")


def find_codes(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the codes of exchanges stand.

    >>> text = "Ford Motor Co <F>, Acme (NYSE: ABC) and Bolt (BLT.N)"
    >>> [text[start:end] for start, end in find_codes(text)]
    ['F', 'ABC', 'BLT.N']
    """
    for match in _CODE.finditer(text):
        yield match.span(match.lastgroup or 0)


def is_code(text: str, start: int) -> bool:
    """Return whether what stands at `start`, behind the name of a firm, is its code at an exchange.

    >>> is_code("SAP SE SAPG.DE", 7), is_code("the AG Siemens", 7), is_code("Corvin S.A. fell", 7)
    (True, False, False)
    """
    return _BARE_CODE.match(text, start) is not None


class CodesComponent:
    """Drops names that are codes, and makes organizations of what stands before a code."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._marks = vocabulary.organization_mark
        self._firms = vocabulary.firms
        self._firm_names = vocabulary.firm_names
        self._market = vocabulary.market
        self._no_names = vocabulary.common | vocabulary.titles | vocabulary.nationalities | vocabulary.described

    def __call__(self, doc: Doc) -> Doc:
        """Leave no name on the `Doc` that is a code; a name that goes on into the brackets of one ends before them."""
        tokens, candidates = tokens_of(doc), candidates_of(doc)
        text = tokens.text
        listed = list(find_codes(text))
        short = [*self._short_codes(text, candidates, is_listed=bool(listed))]
        short += self._tickers(tokens, candidates, is_listed=bool(listed or short))
        codes = sorted([*listed, *short])
        if codes:
            starts = [start for start, _ in codes]
            kept = [part for candidate in candidates for part in _without_code(text, candidate, codes, starts)]
            candidates[:] = [*_with_firms(text, kept, listed), *self._unread_firms(tokens, kept, listed)]
        return doc

    def _short_codes(self, text: str, candidates: Iterable[Candidate], *, is_listed: bool) -> Iterator[tuple[int, int]]:
        """Yield the codes without an exchange, which stand once, behind a firm whose name does not begin so: "(AAPL)".

        And those of countries: "Great Britain (GBR)". In a text that has other codes, any organization may be a firm.
        """
        if _SHORT_CODE.search(text) is None:
            return
        firms = {
            each.end: each
            for each in candidates
            if each.kind is Kind.ORGANIZATIONS and (is_listed or self._is_firm(text, each))
        }
        places = {each.end: each for each in candidates if each.kind is Kind.PLACES and each.reference}
        known = {each.start for each in candidates if each.component == _PACKS}
        for match in _SHORT_CODE.finditer(text):
            if match.start("code") in known:
                continue
            place = places.get(match.start())
            if place is not None and _has_letters(text[place.start : place.end], match["code"]):
                yield match.span("code")
                continue
            firm = firms.get(match.start())
            if firm is None or _count(text, match["code"]) > 1:
                continue
            words = word_key(text[firm.start : firm.end]).replace("&", " ").split()
            if not _is_abbreviation(match["code"], tuple(words)):
                yield match.span("code")

    def _tickers(
        self, tokens: Tokens, candidates: Iterable[Candidate], *, is_listed: bool
    ) -> Iterator[tuple[int, int]]:
        """Yield the codes behind the names of firms without brackets or an exchange, in news of prices: "Apple AAPL".

        Their letters are those of the name, but in a text that has other codes ("Alphabet GOOGL").
        """
        known = {each.start for each in candidates if each.component == _PACKS}
        words = SentenceWords(tokens)
        others: list[tuple[int, int]] = []
        for firm in candidates:
            end = bisect_left(tokens.ends, firm.end)
            for code in (end, end + 1) if firm.kind is Kind.ORGANIZATIONS else ():
                if not self._is_ticker(tokens, code) or tokens.starts[code - 1] < firm.start:
                    continue
                name, place = tokens.text[firm.start : tokens.ends[code - 1]], (tokens.starts[code], tokens.ends[code])
                is_firm = name in self._firm_names or (code > end and self._is_firm(tokens.text, firm))
                is_price = not self._market.isdisjoint(words.around(code))
                if place[0] in known or name == name.upper() or not is_price:
                    continue
                if _is_spelled(name, tokens.keys[code], is_firm=is_firm):
                    is_listed = True
                    yield place
                elif is_firm:
                    others.append(place)
        yield from others if is_listed else ()

    def _is_ticker(self, tokens: Tokens, position: int) -> bool:
        """Return whether a word looks like a code behind another word, and is no legal form."""
        return (
            0 < position < len(tokens)
            and _TICKER.fullmatch(tokens.words[position]) is not None
            and tokens.keys[position] not in self._marks
            and tokens.casing[position] == Casing.NORMAL
            and tokens.sentences[position] == tokens.sentences[position - 1]
            and tokens.starts[position] == tokens.ends[position - 1] + 1
        )

    def _unread_firms(
        self, tokens: Tokens, candidates: Iterable[Candidate], codes: Iterable[tuple[int, int]]
    ) -> Iterator[Candidate]:
        """Yield the words with capital letters before a code where nobody has seen a name: "Equinor (EQNR.OL)"."""
        taken = {place for each in candidates for place in range(each.start, each.end)}
        for code, _ in codes:
            end = _end_before(tokens.text, code)
            last = bisect_left(tokens.ends, end)
            if tokens.text[code - 1] == _CASH or end == code or last >= len(tokens) or tokens.ends[last] != end:
                continue
            start = last + 1
            while start > max(0, last + 1 - _MOST_WORDS) and self._is_name_word(tokens, start - 1, last):
                start -= 1
            if start <= last and taken.isdisjoint(range(tokens.starts[start], end)):
                evidence = "a code behind the name"
                yield Candidate(tokens.starts[start], end, Kind.ORGANIZATIONS, _CODES, evidence)

    def _is_name_word(self, tokens: Tokens, position: int, last: int) -> bool:
        return (
            tokens.capital[position]
            and tokens.casing[position] == Casing.NORMAL
            and tokens.sentences[position] == tokens.sentences[last]
            and tokens.keys[position] not in self._no_names
            and len(tokens.keys[position]) > 1
        )

    def _is_firm(self, text: str, candidate: Candidate) -> bool:
        last = word_key(text[candidate.start : candidate.end].rpartition(" ")[2])
        return candidate.reference in self._firms or last in self._marks


def _count(text: str, code: str) -> int:
    return sum(1 for _ in re.finditer(rf"\b{code}\b", text))


def _has_letters(name: str, code: str) -> bool:
    """Return whether the letters of a code of a country are in its name, in their order, and begin it.

    >>> _has_letters("Great Britain", "GBR"), _has_letters("Kennedy Space Center", "KSC")
    (True, False)
    """
    is_acronym = code == "".join(word[0] for word in word_key(name).split()).upper()
    letters = iter(word_key(name).upper())
    return name[:1].upper() == code[0] and not is_acronym and all(letter in letters for letter in code)


def _is_spelled(name: str, code: str, *, is_firm: bool) -> bool:
    """Return whether a code without brackets is made of the letters of a name; one letter only behind a known firm.

    >>> _is_spelled("Tesla", "TSLA", is_firm=False), _is_spelled("Apple", "AAPL", is_firm=True)
    (True, True)
    >>> _is_spelled("Ford Motor", "F", is_firm=False), _is_spelled("Sony", "BMG", is_firm=True)
    (False, False)
    """
    letters = code.rstrip("0123456789")
    if is_firm:
        return name[:1].upper() == code[0] and set(letters) <= set(word_key(name).upper())
    return len(letters) > 1 and _has_letters(name, letters)


def _is_abbreviation(letters: str, words: tuple[str, ...]) -> bool:
    """Return whether the letters are beginnings of the words, in their order; small words may be left out.

    >>> _is_abbreviation("AVIC", ("Aviation", "Industry", "Corp")), _is_abbreviation("AAPL", ("Apple",))
    (True, False)
    """
    if not letters:
        return True
    if not words:
        return False
    for length in range(len(letters), 0, -1):
        if words[0].upper().startswith(letters[:length]) and _is_abbreviation(letters[length:], words[1:]):
            return True
    return _is_abbreviation(letters, words[1:])


def _with_firms(text: str, candidates: list[Candidate], codes: list[tuple[int, int]]) -> list[Candidate]:
    """Return the candidates, those right before a code as organizations: "Rio Tinto | RIO.L"."""
    ends = {_end_before(text, start) for start, _ in codes if text[start - 1] != _CASH}
    return [
        replace(each, kind=Kind.ORGANIZATIONS, evidence=f"{each.evidence}, but a code behind the name")
        if each.end in ends and each.kind in (Kind.PEOPLE, Kind.PLACES) and each.reference is None
        else each
        for each in candidates
    ]


def _end_before(text: str, code: int) -> int:
    """Return the end of what stands before a code, and before the name of its exchange in the same brackets."""
    bracket = text.rfind("(", max(0, code - _LONGEST_EXCHANGE), code)
    border = bracket if bracket >= 0 and ":" in text[bracket:code] else code
    return len(text[:border].rstrip(_BEFORE_CODE))


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


@ArticleLanguage.factory("dossier_codes")
def create_codes(nlp: ArticleLanguage, name: str) -> CodesComponent:
    """The component with the legal forms and firms of the packs of `nlp`."""
    return CodesComponent(read_vocabulary(nlp.packs))
