"""Parse query text into a tree. Never fails: unreadable parts are searched for literally, and a notice says so.

Operators, from the loosest to the tightest: adjacent words (all of them), `OR`, `AND`, `NOT` and `-`. So `patriot
withdraw OR remove` asks for patriot and one of the others, and `a AND b OR c` for `(a AND b) OR c`.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from index.fields import field_for_parameter
from index.model import Kind
from search.query.ast import (
    Axis,
    Boost,
    Everything,
    Fuzzy,
    Name,
    Not,
    Phrase,
    Place,
    Prefix,
    Query,
    Undated,
    Value,
    Word,
)
from search.query.notices import Notice
from search.query.token_order import put_in_order
from search.query.tokens import Token, TokenKind, tokenize
from search.query.tree import all_of, any_of
from search.query.values import MULTIPLIERS, parse_amount_range, parse_date_range

__all__ = ["MAX_SLOP", "Parsed", "parse"]

MAX_SLOP = 100

_NO_CURRENCIES: Mapping[str, str] = MappingProxyType({})

_BOOST = re.compile(r"(?P<core>[^\^]+)\^(?P<factor>\d{1,4}(?:\.\d{1,4})?)")
_SUFFIX = re.compile(r"(?P<slop>~\d*)?(?:\^(?P<factor>\d+(?:\.\d+)?))?")
_PREFIX = re.compile(r"(?P<core>[^*~^]+)\*+")
_FUZZY = re.compile(r"(?P<core>[^*~^]+)~(?P<distance>\d*)")
_YES = frozenset({"yes", "true", "1"})
_NO = frozenset({"no", "false", "0"})


class Parsed(Struct, frozen=True):
    """A query as a tree, and the notices about it in the order of the text.

    `query` is None when the text asks for nothing at all.
    """

    query: Query | None
    notices: tuple[Notice, ...]


def parse(text: str, *, currencies: Mapping[str, str] = _NO_CURRENCIES) -> Parsed:
    """Parse a query. `currencies` maps a currency's sign, word or code to its ISO code, for `amount:`.

    >>> parse("patriot -withdrawal").query.clauses[1].clause.text
    'withdrawal'
    """
    tokens, notices = tokenize(text)
    parser = _Parser(put_in_order(tokens, notices), notices, currencies)
    query = parser.run()
    return Parsed(query, tuple(sorted(notices, key=lambda notice: (notice.start, notice.end))))


class _Scope(Struct, frozen=True):
    """Field and exactness in front of a word, phrase or group."""

    field: str = ""
    is_exact: bool = False


class _Parser:
    def __init__(self, tokens: list[Token], notices: list[Notice], currencies: Mapping[str, str]) -> None:
        self._tokens = tokens
        self._notices = notices
        self._currencies = currencies
        self._next = 0

    def run(self) -> Query | None:
        return self._sequence(_Scope())

    def _peek(self) -> TokenKind | None:
        return self._tokens[self._next].kind if self._next < len(self._tokens) else None

    def _take(self) -> Token:
        token = self._tokens[self._next]
        self._next += 1
        return token

    def _place(self, first: int) -> Place:
        """Return the position from the token numbered `first` to the last token taken."""
        return Place(self._tokens[first].start, max(self._tokens[self._next - 1].end, self._tokens[first].end))

    def _sequence(self, scope: _Scope) -> Query | None:
        """`sequence := or*`, up to the end or a closing parenthesis: all of them."""
        first = self._next
        clauses: list[Query | None] = []
        while self._peek() not in (None, TokenKind.CLOSE):
            clauses.append(self._or(scope))
        return all_of(clauses, self._place(first)) if clauses else None

    def _or(self, scope: _Scope) -> Query | None:
        """`or := and (OR and)*`."""
        first = self._next
        clauses = [self._and(scope)]
        while self._peek() is TokenKind.OR:
            self._take()
            clauses.append(self._and(scope))
        return any_of(clauses, self._place(first))

    def _and(self, scope: _Scope) -> Query | None:
        """`and := not (AND not)*`."""
        first = self._next
        clauses = [self._not(scope)]
        while self._peek() is TokenKind.AND:
            self._take()
            clauses.append(self._not(scope))
        return all_of(clauses, self._place(first))

    def _not(self, scope: _Scope) -> Query | None:
        """`not := (NOT | "-")* atom`; two in a row cancel out."""
        first = self._next
        is_denied = False
        while self._peek() in (TokenKind.NOT, TokenKind.MINUS):
            self._take()
            is_denied = not is_denied
        atom = self._atom(scope)
        return Not(atom, self._place(first)) if is_denied and atom is not None else atom

    def _atom(self, scope: _Scope) -> Query | None:
        """`atom := field? "="? (word | phrase | "(" sequence ")") suffix?`."""
        first = self._next
        while self._peek() in (TokenKind.FIELD, TokenKind.EXACT):
            token = self._take()
            scope = _Scope(token.text) if token.kind is TokenKind.FIELD else _Scope(scope.field, is_exact=True)
        if self._peek() not in (TokenKind.WORD, TokenKind.QUOTED, TokenKind.OPEN):
            # Left over where a limit cut the text.
            if self._peek() is not None and self._peek() is not TokenKind.CLOSE:
                self._take()
            return None
        token = self._take()
        match token.kind:
            case TokenKind.OPEN:
                group = self._sequence(scope)
                if self._peek() is TokenKind.CLOSE:
                    self._take()
                if group is None:
                    self._notices.append(Notice("Nothing between the parentheses", token.start, token.end))
                return self._boosted_by_suffix(group, first)
            case TokenKind.QUOTED:
                return self._quoted(token, scope, first)
            case _:
                return self._word(token, scope, first)

    # -- Leaves --

    def _quoted(self, token: Token, scope: _Scope, first: int) -> Query | None:
        if not token.text.strip():
            self._notices.append(Notice("Nothing between the quotes", *token.span))
            return self._boosted_by_suffix(None, first)
        if scope.field not in ("", "title"):
            place = Place(self._tokens[first].start, token.end)
            value = self._value(scope.field, token.text, place)
            return self._boosted_by_suffix(value or Phrase(token.text, place=place), first)
        slop = self._slop(first)
        phrase = Phrase(token.text, slop, scope.field, scope.is_exact, Place(self._tokens[first].start, token.end))
        return self._boosted_by_suffix(phrase, first)

    def _slop(self, first: int) -> int | None:
        """Return the number of a suffix `~10` that follows; the token stays for its boost."""
        if self._peek() is not TokenKind.SUFFIX:
            return None
        token = self._tokens[self._next]
        found = _SUFFIX.match(token.text)
        written = found["slop"] if found else None
        if not written:
            return None
        if written == "~":
            self._notices.append(Notice("“~” after a phrase needs a number, as in “~10” – left out", *token.span))
            return None
        number = int(written[1:7])
        if number > MAX_SLOP:
            self._notices.append(Notice(f"Read as ~{MAX_SLOP}, the maximum", *token.span))
        return min(number, MAX_SLOP) or None

    def _boosted_by_suffix(self, query: Query | None, first: int) -> Query | None:
        if self._peek() is not TokenKind.SUFFIX:
            return query
        token = self._take()
        found = _SUFFIX.fullmatch(token.text)
        if query is None or found is None:
            return query
        if found["slop"] and not isinstance(query, Phrase):
            self._notices.append(Notice("“~” belongs after a word or a phrase – left out", *token.span))
        factor = _factor(found["factor"])
        if found["factor"] and factor is None:
            self._notices.append(Notice("“^” needs a number above 0 and below 10000 – left out", *token.span))
        return Boost(query, factor, self._place(first)) if factor else query

    def _word(self, token: Token, scope: _Scope, first: int) -> Query:
        boosted = _BOOST.fullmatch(token.text)
        factor = _factor(boosted["factor"]) if boosted else None
        text = boosted["core"] if boosted and factor else token.text
        place = self._place(first)
        if scope.field in ("", "title"):
            leaf = self._text_leaf(text, scope, place)
        else:
            text = self._with_following_unit(text) if scope.field == "amount" else text
            place = self._place(first)
            leaf = self._value(scope.field, text, place) or Word(f"{scope.field}:{text}", place=place)
        return Boost(leaf, factor, place) if factor else leaf

    def _text_leaf(self, text: str, scope: _Scope, place: Place) -> Query:
        if scope.is_exact:
            return Word(text, scope.field, is_exact=True, place=place)
        if text == "*" and not scope.field:
            return Everything(place)
        prefix = _PREFIX.fullmatch(text)
        if prefix and _has_letters(prefix["core"]):
            return Prefix(prefix["core"], scope.field, place)
        fuzzy = _FUZZY.fullmatch(text)
        if fuzzy and _has_letters(fuzzy["core"]):
            distance = fuzzy["distance"] or "1"
            if distance not in ("1", "2"):
                self._notices.append(Notice("“~” takes 1 or 2 after a word – read as “~2”", place.start, place.end))
                distance = "2"
            return Fuzzy(fuzzy["core"], int(distance), scope.field, place)
        if "*" in text.rstrip("*") and _has_letters(text):
            self._notices.append(
                Notice("“*” only works at the end of a word – searched for the words", place.start, place.end)
            )
        return Word(text, scope.field, place=place)

    def _with_following_unit(self, text: str) -> str:
        """Join an amount with the words `billion` and `USD` that may be separate from it."""
        for _ in range(2):
            following = self._tokens[self._next] if self._peek() is TokenKind.WORD else None
            if following is None:
                break
            is_unit = following.text.lower() in MULTIPLIERS and text[-1:].isdigit()
            if not is_unit and (not following.text.isupper() or following.text not in self._currencies):
                break
            text = f"{text} {self._take().text}"
        return text

    def _value(self, field: str, text: str, place: Place) -> Query | None:
        """Return the leaf for a field of values; None, with a notice, when the text is not a value of this field."""
        query: Query | None
        match field:
            case "amount":
                amounts = parse_amount_range(text, self._currencies)
                query = amounts and replace(amounts, place=place)
                example = "Examples: “>1bn”, “500k..2m EUR” or “$3.4bn”"
            case "date" | "published":
                axis = Axis.MENTIONED if field == "date" else Axis.PUBLISHED
                dates = parse_date_range(text, axis)
                query = dates and replace(dates, place=place)
                example = "Examples: “2019”, “>=2021-06” or “2017-12..2019-02”"
            case "undated":
                answer = text.strip().lower()
                query = Undated(place) if answer in _YES else Not(Undated(place), place) if answer in _NO else None
                example = "Write “yes” or “no”"
            case _:
                return _name_or_value(field, text.strip(), place)
        if query is None:
            message = f"“{_shortened(text)}” is not valid after “{field}:” – searched for the words instead."
            self._notices.append(Notice(f"{message} {example}", place.start, place.end))
        return query


def _name_or_value(field: str, text: str, place: Place) -> Query:
    declared = field_for_parameter(field)
    assert declared is not None, "the tokenizer knows no other fields"
    kinds = {kind.value: kind for kind in Kind}
    if declared.name in kinds:
        return Name(kinds[declared.name], text, place)
    return Value(declared.name, text, place)


def _factor(text: str | None) -> float | None:
    """Return a boost, or None when the text is not a positive number below ten thousand."""
    if not text:
        return None
    factor = round(float(text), 4)
    return factor if 0 < factor < 10_000 else None


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
