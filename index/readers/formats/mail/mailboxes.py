"""Names and addresses in the fields From and Sender of a message."""

import re

from index.readers.content.decoding import normalize_text
from index.readers.formats.mail.fields import decode_words, raw_text

__all__ = ["first_mailbox"]

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|\\.|[()<>,;:"\\]|[^()<>,;:"\\]+', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def first_mailbox(raw: bytes, charset: str | None = None) -> tuple[str, str]:
    """Return name and address of the first mailbox in a field; "" for what is missing.

    One pass over the text, so that hostile values cost no more than others. A quotation mark without a second one is
    left out.

    >>> first_mailbox(b'"Katz, Bruno (desk)" <bruno@example.net>, alma@example.org')
    ('Katz, Bruno (desk)', 'bruno@example.net')
    """
    phrase: list[str] = []
    comment: list[str] = []
    address: list[str] = []
    depth, has_text, has_at, has_address = 0, False, False, False
    for piece in _PIECE.findall(raw_text(raw, charset)):
        if depth:
            depth += (piece == "(") - (piece == ")")
            comment.append(piece if depth else " ")
        elif piece == "(":
            depth = 1
        elif piece == ">" or (piece in ",;" and (has_text or has_address)):
            break
        elif piece == "<":
            has_address = True
        elif has_address:
            address.append(piece)
        elif piece == ":" and not has_at:
            phrase, has_text = [], False  # The name of a group.
        elif piece not in ',;"':
            phrase.append(_unquoted(piece))
            has_text, has_at = has_text or not piece.isspace(), has_at or "@" in piece
    name, note = _decoded(phrase), _decoded(comment)
    if has_address:
        return name or note, _decoded(address)
    return (note, name) if "@" in name else (name or note, "")


def _unquoted(piece: str) -> str:
    if len(piece) > 1 and piece[0] == piece[-1] == '"':
        piece = piece[1:-1]
    return _ESCAPED.sub(r"\1", piece)


def _decoded(pieces: list[str]) -> str:
    return " ".join(normalize_text(decode_words("".join(pieces))).split())
