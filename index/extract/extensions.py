"""Results of the "dossier" component on documents and spans of spaCy: `doc._.dossier`, `span._.dossier` and friends.

Mentions are kept in `doc.user_data` as plain lists and strings, because spaCy writes user data as MessagePack when it
saves a `Doc` or sends it to another process. The attributes make records of them.
"""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Final

import msgspec
from spacy.tokens import Doc, Span

from index.model import Amount, DateInterval, Mention

__all__ = ["anchor_of_doc", "register_extensions", "write_mentions"]

_ANCHOR_KEY: Final = "dossier.anchor"
_MENTIONS_KEY: Final = "dossier.mentions"

# One mention as plain data: the characters of the span that stands for it, then the mention itself.
_Row = Sequence[Any]  # Any: MessagePack gives lists of numbers and dictionaries


def register_extensions() -> None:
    """Define the attributes; a second call changes nothing.

    On documents `dossier_anchor`, the day against which relative dates are read (a `date`, a string in ISO format or
    None), and `dossier`, the mentions in the order of the text. On spans `dossier`, the `Mention` that the span stands
    for or None, and its `dossier_amount`, `dossier_interval` and `dossier_evidence`.
    """
    if not Doc.has_extension("dossier"):
        Doc.set_extension("dossier", getter=_read_mentions)
        Doc.set_extension("dossier_anchor", getter=anchor_of_doc, setter=_write_anchor)
        Span.set_extension("dossier", getter=_mention_of)
        Span.set_extension("dossier_amount", getter=_amount_of)
        Span.set_extension("dossier_interval", getter=_interval_of)
        Span.set_extension("dossier_evidence", getter=_evidence_of)


def write_mentions(doc: Doc, mentions: Sequence[Mention], spans: Sequence[Span]) -> None:
    """Keep `mentions`, in the order of the text, on a `Doc`; `spans` are the spans that stand for them, one each."""
    doc.user_data[_MENTIONS_KEY] = [
        [span.start_char, span.end_char, msgspec.to_builtins(mention)]
        for mention, span in zip(mentions, spans, strict=True)
    ]


def anchor_of_doc(doc: Doc) -> date | None:
    """Return the day against which relative dates of a `Doc` are read, None when it is not known."""
    anchor = doc.user_data.get(_ANCHOR_KEY)
    return None if anchor is None else date.fromisoformat(anchor)


def _write_anchor(doc: Doc, anchor: date | str | None) -> None:
    day = date.fromisoformat(anchor) if isinstance(anchor, str) else anchor
    doc.user_data[_ANCHOR_KEY] = None if day is None else date(day.year, day.month, day.day).isoformat()


def _rows(doc: Doc) -> Sequence[_Row]:
    rows: Sequence[_Row] = doc.user_data.get(_MENTIONS_KEY, ())
    return rows


def _read_mentions(doc: Doc) -> tuple[Mention, ...]:
    return tuple(msgspec.convert(row[2], Mention) for row in _rows(doc))


def _mention_of(span: Span) -> Mention | None:
    rows = _rows(span.doc)
    first = bisect_left(rows, span.start_char, key=itemgetter(0))
    found: Mention | None = None
    for start, end, plain in rows[first:]:
        if start != span.start_char:
            break
        if end == span.end_char:
            mention = msgspec.convert(plain, Mention)
            # Names in one word of the tokenizer, as in "US-Turkish", have spans alike but for label and reference.
            if (mention.reference or "") == span.kb_id_:
                return mention
            found = found or mention
    return found


def _amount_of(span: Span) -> Amount | None:
    mention = _mention_of(span)
    return None if mention is None else mention.amount


def _interval_of(span: Span) -> DateInterval | None:
    mention = _mention_of(span)
    return None if mention is None else mention.interval


def _evidence_of(span: Span) -> str | None:
    mention = _mention_of(span)
    return None if mention is None else mention.evidence
