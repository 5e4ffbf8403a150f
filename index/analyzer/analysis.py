"""Terms and exact terms of a text, with their places or without."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain
from operator import itemgetter

from msgspec import Struct

from index.analyzer.languages import ENGLISH, WordRules, rules_of
from index.analyzer.patterns import token_pattern
from index.analyzer.splitting import MAX_TERM_LENGTH, split_token

__all__ = [
    "Token",
    "analysis_key",
    "analyze",
    "analyze_exact",
    "chunk_terms",
    "index_terms",
    "kept_letters",
    "token_starts",
]

_MAX_CACHED = 200_000
_PIECE = 1_000_000

_Streams = tuple[tuple[str, ...], tuple[str, ...]]


class Token(Struct, frozen=True):
    """A term and where it stands: `text[start:end]`, half-open. Its position is its index in the list it came in."""

    term: str
    start: int
    end: int


class _Cache(dict[str, _Streams]):
    """The terms and exact terms of texts met so far in one language; emptied when it grows too large."""

    def __init__(self, analyze_one: Callable[[str], _Streams]) -> None:
        super().__init__()
        self._analyze = analyze_one

    def __missing__(self, raw: str) -> _Streams:
        streams = self._analyze(raw)
        if len(raw) <= MAX_TERM_LENGTH:
            if len(self) >= _MAX_CACHED:
                self.clear()
            self[raw] = streams
        return streams


_first, _second = itemgetter(0), itemgetter(1)


class _Analysis:
    """The analysis of one language."""

    def __init__(self, key: str, rules: WordRules) -> None:
        self.key = key
        self.rules = rules
        self.pattern = token_pattern(rules.elided)
        # Most chunks of a text between blanks are a token with or without a sign behind it, so that finding tokens and
        # splitting them have a cache each.
        self.chunk = _Cache(self._analyze_chunk)
        self._token = _Cache(self._analyze_token)

    def _analyze_token(self, token: str) -> _Streams:
        parts = split_token(token, self.rules)
        return tuple(part[0] for part in parts), tuple(part[1] for part in parts)

    def _analyze_chunk(self, chunk: str) -> _Streams:
        found = self.pattern.findall(chunk)
        if len(found) == 1:
            return self._token[found[0]]
        streams = list(map(self._token.__getitem__, found))
        return tuple(chain.from_iterable(map(_first, streams))), tuple(chain.from_iterable(map(_second, streams)))


_ENGLISH = _Analysis("", ENGLISH)


@cache
def _analysis(language: str | None) -> _Analysis:
    """Return the analysis of a language; those with equal rules share it."""
    rules = None if language is None else rules_of(language)
    return _ENGLISH if language is None or rules is None else _analysis_of(rules, language)


_BY_RULES: dict[int, _Analysis] = {}


def _analysis_of(rules: WordRules, language: str) -> _Analysis:
    return _BY_RULES.setdefault(id(rules), _Analysis(language, rules))


def analysis_key(language: str | None) -> str:
    """Return a name that languages share when their words are analyzed in the same way; "" like English.

    >>> analysis_key("en"), analysis_key(None), analysis_key("zh"), analysis_key("nn") == analysis_key("nb")
    ('', '', '', True)
    """
    return _analysis(language).key


def kept_letters(language: str | None) -> int:
    """Return how many letters at the beginning of a folded word are always those of its stem."""
    return _analysis(language).rules.kept


def analyze(text: str, language: str | None = None) -> list[Token]:
    """Return the terms of a text in order, with disjoint, ascending offsets.

    >>> [(token.term, text[token.start : token.end]) for text in ["Turkey's S-400s"] for token in analyze(text)]
    [('turkey', 'Turkey'), ('s400', 'S-400s')]
    >>> [token.term for token in analyze("U.S. F-16C purchases of $1,000")]
    ['us', 'f16', 'f16c', 'purchas', 'of', '1000']
    >>> [token.term for token in analyze("L'OTAN achète des avions", "fr")]
    ['otan', 'achet', 'de', 'avion']
    """
    analysis = _analysis(language)
    return [
        Token(term, match.start() + start, match.start() + end)
        for match in analysis.pattern.finditer(text)
        for term, _, start, end in split_token(match[0], analysis.rules)
    ]


def analyze_exact(text: str, language: str | None = None) -> list[Token]:
    r"""Return the exact terms of a text, at the same positions and offsets as `analyze`.

    >>> [token.term for token in analyze_exact("Erdoğan's S\u2011400s")]
    ['erdoğan', 's-400s']
    """
    analysis = _analysis(language)
    return [
        Token(exact, match.start() + start, match.start() + end)
        for match in analysis.pattern.finditer(text)
        for _, exact, start, end in split_token(match[0], analysis.rules)
    ]


def index_terms(text: str, language: str | None = None) -> tuple[list[str], list[str]]:
    """Return terms and exact terms by position: those of `analyze` and `analyze_exact`, several times faster.

    >>> index_terms("Purchases")
    (['purchas'], ['purchases'])
    """
    cached = _analysis(language).chunk.__getitem__
    terms: list[str] = []
    exact: list[str] = []
    for piece in _pieces(text):
        # No token holds a blank, and the pattern sees a blank and the end of a text alike.
        streams = list(map(cached, piece.split()))
        terms.extend(chain.from_iterable(map(_first, streams)))
        exact.extend(chain.from_iterable(map(_second, streams)))
    return terms, exact


def chunk_terms(chunk: str, language: str | None = None) -> _Streams:
    """Return the terms and exact terms of a text without blanks.

    Those of any text are the terms of its chunks, as `str.split` gives them, one after another.

    >>> chunk_terms("F-16C,")
    (('f16', 'f16c'), ('f-16c', 'f-16c'))
    """
    return _analysis(language).chunk[chunk]


def _pieces(text: str) -> Iterator[str]:
    """Yield a long text in pieces that end with a line end or blank, which no token holds: less to keep at a time."""
    start = 0
    while len(text) - start > _PIECE:
        limit = start + _PIECE
        end = max(text.rfind(" ", start, limit), text.rfind("\n", start, limit)) + 1
        if not end:
            break
        yield text[start:end]
        start = end
    yield text[start:] if start else text


def token_starts(text: str, language: str | None = None) -> list[int]:
    """Return the offset at which each position begins: `[token.start for token in analyze(text)]`."""
    analysis = _analysis(language)
    return [
        match.start() + start
        for match in analysis.pattern.finditer(text)
        for _, _, start, _ in split_token(match[0], analysis.rules)
    ]
