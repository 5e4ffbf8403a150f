"""Balance parentheses and operators, so that the grammar can read every sequence of tokens."""

from search.query.notices import Notice
from search.query.tokens import Token, TokenKind

__all__ = ["MAX_CLAUSES", "MAX_DEPTH", "put_in_order"]

MAX_CLAUSES = 200
MAX_DEPTH = 20

_BINARY = frozenset({TokenKind.AND, TokenKind.OR})
_ENDS_OPERAND = frozenset({TokenKind.WORD, TokenKind.QUOTED, TokenKind.SUFFIX, TokenKind.CLOSE})
_STARTS_OPERAND = frozenset(set(TokenKind) - _BINARY - {TokenKind.CLOSE, TokenKind.SUFFIX})
_LEAVES = frozenset({TokenKind.WORD, TokenKind.QUOTED})


def put_in_order(tokens: list[Token], notices: list[Notice]) -> list[Token]:
    """Return the tokens with balanced parentheses, operators with both operands, and at most `MAX_CLAUSES` leaves.

    Changes are added to `notices`.
    """
    return _limit_clauses(_settle_operators(_balance(tokens, notices), notices), notices)


def _balance(tokens: list[Token], notices: list[Notice]) -> list[Token]:
    """Drop unopened closing parentheses and groups that are too deep; close open groups at the end."""
    kept: list[Token] = []
    opened: list[Token] = []
    is_deep_said = False
    for token in tokens:
        if token.kind is TokenKind.OPEN:
            opened.append(token)
            if len(opened) > MAX_DEPTH:
                if not is_deep_said:
                    is_deep_said = True
                    message = f"Parentheses deeper than {MAX_DEPTH} were left out"
                    notices.append(Notice(message, token.start, token.end))
                continue
        elif token.kind is TokenKind.CLOSE:
            if not opened:
                notices.append(Notice("Closing parenthesis without an opening one – left out", token.start, token.end))
                continue
            opened.pop()
            if len(opened) >= MAX_DEPTH:
                continue
        kept.append(token)
    if opened:
        notices.append(Notice("Parenthesis is not closed – closed at the end", opened[0].start, opened[0].end))
    end = tokens[-1].end if tokens else 0
    return kept + [Token(TokenKind.CLOSE, end, end)] * min(len(opened), MAX_DEPTH)


def _settle_operators(tokens: list[Token], notices: list[Notice]) -> list[Token]:
    """Make words of operators that lack an operand. Of several operators between two operands the last one counts."""
    settled: list[Token] = []
    for number, token in enumerate(tokens):
        following = tokens[number + 1].kind if number + 1 < len(tokens) else TokenKind.CLOSE
        is_between = bool(settled) and settled[-1].kind in _ENDS_OPERAND
        if token.kind in _BINARY and is_between and following in _BINARY:
            notices.append(Notice(f"{token.text} directly before {tokens[number + 1].text} was left out", *token.span))
        elif (token.kind in _BINARY and not (is_between and following in _STARTS_OPERAND)) or (
            token.kind is TokenKind.NOT and following not in _STARTS_OPERAND
        ):
            message = f"{token.text} has nothing to join – read as the word “{token.text.lower()}”"
            notices.append(Notice(message, *token.span))
            settled.append(Token(TokenKind.WORD, token.start, token.end, token.text.lower()))
        else:
            settled.append(token)
    return settled


def _limit_clauses(tokens: list[Token], notices: list[Notice]) -> list[Token]:
    found = [number for number, token in enumerate(tokens) if token.kind in _LEAVES]
    if len(found) <= MAX_CLAUSES:
        return tokens
    kept = tokens[: found[MAX_CLAUSES]]
    notices.append(
        Notice(
            f"More than {MAX_CLAUSES} words and phrases – the rest was left out",
            tokens[found[MAX_CLAUSES]].start,
            tokens[-1].end,
        )
    )
    while kept and kept[-1].kind not in _ENDS_OPERAND:
        kept.pop()
    opened = sum(token.kind is TokenKind.OPEN for token in kept) - sum(token.kind is TokenKind.CLOSE for token in kept)
    end = kept[-1].end if kept else 0
    return kept + [Token(TokenKind.CLOSE, end, end)] * opened
