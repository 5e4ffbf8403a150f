"""Split query text into tokens. Never fails: every character belongs to a token, whitespace or a notice."""

import re
from enum import Enum, auto

from msgspec import Struct

from index.fields import FIELDS, field_called
from search.query.notices import Notice

__all__ = ["MAX_LENGTH", "QUERY_FIELDS", "QUOTES", "QUOTE_PAIRS", "Token", "TokenKind", "tokenize"]

MAX_LENGTH = 2000

QUERY_FIELDS = frozenset(field.parameter for field in FIELDS if field.parameter.isalpha()) | {"undated"}
"""The names that may stand before a colon."""

_TEXT_FIELDS = frozenset({"", "title"})

QUOTE_PAIRS = (('"', '"'), ("“", "”"), ("«", "»"), ("»", "«"), ("„", "“”"), ("”", "”"), ("‟", "”"), ("＂", "＂"))
"""Opening quotes, with the characters that close them."""

QUOTES = frozenset("".join(opening + closing for opening, closing in QUOTE_PAIRS))
_CLOSING = dict(QUOTE_PAIRS)

# Control characters and lone surrogates cannot be part of a word, and must not reach a terminal or an engine.
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# The mark before the last letter of a Hebrew acronym is typed as a quote: צה"ל.
_IN_ACRONYM = r"(?<=[א-ת])[\"“”](?=[א-ת](?![א-ת]))"
_RUN = re.compile(rf"(?:[^\s(){re.escape(''.join(sorted(QUOTES)))}]|{_IN_ACRONYM})+")
_MARK = re.compile(_IN_ACRONYM)
_QUOTE = re.compile(rf"[{re.escape(''.join(sorted(QUOTES)))}]")
_BLANKS = re.compile(r"\s+")
_FIELD = re.compile(r"([A-Za-z]+):")
_UNKNOWN_FIELD = re.compile(r"([A-Za-z][A-Za-z_.]*):(?!//)[^\s:]")
_SUFFIX = re.compile(rf"(?:~\d*)?(?:\^\d+(?:\.\d+)?)?(?=$|[\s(){re.escape(''.join(sorted(QUOTES)))}])")


class TokenKind(Enum):
    """Kinds of tokens. `FIELD`, `EXACT` and `MINUS` stand directly before the token they apply to."""

    WORD = auto()
    QUOTED = auto()
    SUFFIX = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    MINUS = auto()
    FIELD = auto()
    EXACT = auto()


_OPERATORS = {"AND": TokenKind.AND, "OR": TokenKind.OR, "NOT": TokenKind.NOT}


class Token(Struct, frozen=True):
    """A token and its position `[start, end)` in the query.

    `text` is the text between the quotes, or the field's name.
    """

    kind: TokenKind
    start: int
    end: int
    text: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """The position as a pair."""
        return self.start, self.end


def tokenize(text: str) -> tuple[list[Token], list[Notice]]:
    """Return the tokens of a query from left to right, and notices about text that was cut or taken literally.

    >>> [token.text for token in tokenize('person:"Demir" -x S-400')[0]]
    ['person', 'Demir', '-', 'x', 'S-400']
    """
    tokenizer = _Tokenizer(text)
    tokenizer.run()
    return tokenizer.tokens, tokenizer.notices


class _Tokenizer:
    def __init__(self, text: str) -> None:
        self.tokens: list[Token] = []
        self.notices: list[Notice] = []
        self._text = self._cut(text)
        self._at = 0

    def _cut(self, text: str) -> str:
        kept = _UNREADABLE.sub(" ", text[: MAX_LENGTH + 1])
        if len(kept) <= MAX_LENGTH:
            return kept
        end = max(kept.rfind(" ", MAX_LENGTH // 2), 0) or MAX_LENGTH
        self.notices.append(
            Notice(f"The query is longer than {MAX_LENGTH} characters – the rest was left out", end, len(text))
        )
        return kept[:end]

    def run(self) -> None:
        while self._at < len(self._text):
            character = self._text[self._at]
            if blanks := _BLANKS.match(self._text, self._at):
                self._at = blanks.end()
            elif character == "(":
                self._add(TokenKind.OPEN, self._at + 1)
            elif character == ")":
                self._add(TokenKind.CLOSE, self._at + 1)
                self._suffix()
            elif character in QUOTES:
                self._quoted()
            else:
                self._run()

    def _add(self, kind: TokenKind, end: int, text: str | None = None) -> None:
        self.tokens.append(Token(kind, self._at, end, self._text[self._at : end] if text is None else text))
        self._at = end

    def _quoted(self) -> None:
        opening = self._at
        closing = self._closing(opening)
        if closing < 0:
            self.notices.append(
                Notice("Quotes don’t balance – searched for the words instead", opening, len(self._text))
            )
            self._at = opening + 1
            return
        self._add(TokenKind.QUOTED, closing + 1, self._text[opening + 1 : closing])
        self._suffix()

    def _closing(self, opening: int) -> int:
        """Return the position of the quote that closes `opening`: its own partner if there is one, else any other."""
        partners = _CLOSING.get(self._text[opening], "")
        first = -1
        for quote in _QUOTE.finditer(self._text, opening + 1):
            if _MARK.match(self._text, quote.start()):
                continue
            if quote[0] in partners:
                return quote.start()
            first = quote.start() if first < 0 else first
        return first

    def _suffix(self) -> None:
        suffix = _SUFFIX.match(self._text, self._at)
        if suffix and suffix.group():
            self._add(TokenKind.SUFFIX, suffix.end())

    def _run(self) -> None:
        run = _RUN.match(self._text, self._at)
        assert run is not None, "a character that is no blank, parenthesis or quote begins a run"
        end = run.end()
        if run.group() in _OPERATORS:
            self._add(_OPERATORS[run.group()], end)
            return
        if self._is_minus(end):
            self._add(TokenKind.MINUS, self._at + 1)
            if self._at == end:
                return
        elif self._text[self._at] == "-" and self._text[self._at + 1 : self._at + 2] != "-" and self._at + 1 < end:
            # A hyphen right after a quote or a group excludes nothing, and is not part of the word.
            self._at += 1
            self._run()
            return
        name = self._field(end)
        if self._at == end:
            return
        if name in _TEXT_FIELDS and self._text[self._at] == "=" and self._goes_on(self._at + 1, end):
            self._add(TokenKind.EXACT, self._at + 1)
        if self._at < end:
            self._add(TokenKind.WORD, end)

    def _is_minus(self, end: int) -> bool:
        """True for one hyphen directly before a word, quote or group, and not directly after one."""
        before = self._text[self._at - 1] if self._at else " "
        return (
            self._text[self._at] == "-"
            and (before.isspace() or before == "(")
            and self._text[self._at + 1 : self._at + 2] != "-"
            and self._goes_on(self._at + 1, end)
        )

    def _field(self, end: int) -> str:
        """Take a field name with its colon if there is one here, and return the name."""
        found = _FIELD.match(self._text, self._at, end)
        name = found[1].lower() if found else ""
        declared = field_called(name)
        field = name if name in QUERY_FIELDS or declared is None else declared.parameter
        if found and field in QUERY_FIELDS:
            if self._goes_on(found.end(), end):
                self._add(TokenKind.FIELD, found.end(), field)
                return field
            self.notices.append(Notice(f"Nothing after “{name}:” – searched for the word", self._at, end))
        elif unknown := _UNKNOWN_FIELD.match(self._text, self._at, end):
            self.notices.append(
                Notice(f"There is no field “{unknown[1]}:” – searched for the words instead", self._at, end)
            )
        return ""

    def _goes_on(self, at: int, end: int) -> bool:
        """True when a prefix has something to apply to directly at `at`: more of the word, a quote or a group."""
        return at < end or (at < len(self._text) and (self._text[at] == "(" or self._opens_quote(at)))

    def _opens_quote(self, at: int) -> bool:
        return self._text[at] in QUOTES and self._closing(at) >= 0
