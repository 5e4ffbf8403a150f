"""The text of a message: all of its text parts, attached messages and attachments, in order."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.readers.base import ReadOptions
from index.readers.content.decoding import normalize_text
from index.readers.content.source_bytes import Content
from index.readers.formats.mail.alternatives import choose_texts
from index.readers.formats.mail.attachments import AttachmentReader
from index.readers.formats.mail.charsets import decode_part, is_known
from index.readers.formats.mail.fields import decode_field
from index.readers.formats.mail.flowed import is_flowed, join_flowed
from index.readers.formats.mail.message_charset import message_charset
from index.readers.formats.mail.parts import MAX_PARTS, Part, parse_attached, split_multipart
from index.readers.formats.mail.problems import Problem
from index.readers.formats.mail.uuencoded import split_uuencoded
from index.readers.formats.markup_text import markup_to_text

__all__ = ["MAX_DEPTH", "read_body"]

# Real messages have at most a dozen levels of parts and forwarded messages.
MAX_DEPTH: Final = 25
_MESSAGES = frozenset(("message/rfc822", "message/global", "message/news"))
_MARKUP = frozenset(("text/html", "application/xhtml+xml", "text/x-amp-html", "text/watch-html"))
_ENRICHED = frozenset(("text/enriched", "text/richtext"))
_CODE = frozenset(("text/css", "text/javascript", "text/ecmascript"))
_SHOWN_FIELDS = ("From", "Date", "Subject")
_TAG = re.compile(r"<(<)|<param>[^<]*</param>|</?[A-Za-z-]{1,60}>")
_META_CHARSET = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_SIMPLICITY = ("text/plain", "text/html")


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of the body; `is_own` for text of the message itself, False for attachments and attached messages."""

    text: str
    is_own: bool


def read_body(message: Part, content: Content, options: ReadOptions, problems: list[Problem]) -> str:
    """Return the body of the article of a message, "" when there is no text in it.

    Text parts come as they are, HTML without its tags; of alternatives the plain one unless it is a stub. An attached
    message begins with its own From, Date and Subject, an attachment with its name. What is lost is added to
    `problems`.
    """
    walk = _Walk(content, options, problems)
    return _join(walk.blocks(message, depth=0))


class _Walk:
    """A walk through the parts of one message."""

    def __init__(self, content: Content, options: ReadOptions, problems: list[Problem]) -> None:
        self._content = content
        self._attachments = AttachmentReader(content, options, problems)
        self._options = options
        self._problems = problems

    def blocks(self, part: Part, *, depth: int, is_sole: bool = True) -> list[_Block]:
        """Return the blocks of a part. `is_sole`: it is the text of its message, whatever its name is."""
        kind = part.kind
        if depth > MAX_DEPTH:
            self._report(part, "too-deep", "nested too deeply, not read", "Save what is attached as files.")
            return []
        if kind.startswith("multipart/"):
            return self._multipart(part, depth=depth)
        if kind in _MESSAGES:
            return self._attached_message(part, depth=depth)
        if kind.startswith("message/") and kind != "message/external-body":
            is_beginning = kind == "message/partial" and part.content_type.parameters.get("number") == "1"
            return self._attached_message(part, depth=depth) if is_beginning else self._text(part)
        is_file = part.is_attachment or (bool(part.file_name) and not is_sole)
        if (kind.startswith("text/") or kind in _MARKUP) and kind not in _CODE and not part.is_attachment:
            blocks = self._text(part)
            name = [_Block(f"Attachment: {part.file_name}", is_own=False)] if is_file and blocks else []
            return [*name, *blocks]
        return [_Block(self._attachments.text_of(part), is_own=False)]

    def _multipart(self, part: Part, *, depth: int) -> list[_Block]:
        parts = list(split_multipart(part))
        if len(parts) > MAX_PARTS:
            parts.pop()
            message = f"more than {MAX_PARTS:,} parts: the rest is not read"
            self._report(part, "too-large", message, "Save what is attached as files.")
        if not parts:
            return self._text(part)
        match part.kind:
            case "multipart/alternative":
                return self._alternatives(parts, depth=depth)
            case "multipart/signed":
                parts = [parts[0], *(each for each in parts[1:] if "signature" not in each.kind)]
            case "multipart/encrypted":
                self._report(part, "encrypted", "encrypted, not read", "Save the message decrypted and index again.")
                return []
            case "multipart/related":
                parts = [each for each in parts if each.file_name or not each.kind.startswith("image/")]
            case _:
                pass
        return [block for each in parts for block in self.blocks(each, depth=depth + 1, is_sole=False)]

    def _alternatives(self, parts: Sequence[Part], *, depth: int) -> list[_Block]:
        """Return the blocks of the chosen alternatives, and whatever is attached to the others."""
        parts = sorted(parts, key=_simplicity)
        found = [self.blocks(each, depth=depth + 1) for each in parts]
        texts = [_join([block for block in blocks if block.is_own]) for blocks in found]
        shown = [place for place, part in enumerate(parts) if _is_shown(part)]
        if not any(texts[place].strip() for place in shown):
            shown = list(range(len(parts)))
        chosen = {shown[place] for place in choose_texts([texts[place] for place in shown])}
        return [block for place, blocks in enumerate(found) for block in blocks if place in chosen or not block.is_own]

    def _attached_message(self, part: Part, *, depth: int) -> list[_Block]:
        message, problem = parse_attached(part)
        if problem:
            self._report(part, "damaged", problem)
        if not message.fields:
            return [_Block(f"Attachment: {part.file_name or part.kind}", is_own=False), *self._text(part)]
        charset = message_charset(message, encoding=self._options.encoding)
        values = ((name, decode_field(message.fields.get(name.lower(), b""), charset)) for name in _SHOWN_FIELDS)
        lines = [f"{name}: {value}" for name, value in values if value]
        title = f"Attached message: {part.file_name}" if part.file_name else "Attached message"
        body = _join(self.blocks(message, depth=depth + 1))
        return [_Block("\n\n".join(filter(str.strip, ("\n".join((title, *lines)), body))), is_own=False)]

    def _text(self, part: Part) -> list[_Block]:
        """Return the block of a text part, none when it is blank."""
        decoded = part.decoded()
        if decoded.problem:
            self._report(part, "damaged", decoded.problem)
        charset, data = part.charset, decoded.data
        if part.kind in _MARKUP and charset is None and (declared := _META_CHARSET.search(data, 0, 4096)):
            charset = declared[1].decode("ascii", errors="replace")
        if charset is not None and not is_known(charset) and not data.isascii():
            self._report(part, "unknown-encoding", f"unknown charset {charset!r}, read as it seems to be")
        decoded_text = decode_part(data, charset, encoding=self._options.encoding)
        self._content.note_encoding(decoded_text)
        text = normalize_text(decoded_text.text)
        if part.kind in _MARKUP:
            text = markup_to_text(text)
        elif part.kind in _ENRICHED:
            text = _TAG.sub(r"\1", text)
        elif is_flowed(part.content_type.parameters):
            text = join_flowed(text, deletes_space=part.content_type.parameters.get("delsp", "").lower() == "yes")
        elif "begin " in text:
            return self._without_files(part, text)
        return [_Block(text, is_own=True)] if text.strip() else []

    def _without_files(self, part: Part, text: str) -> list[_Block]:
        """Return the blocks of a text in which files may stand, as in mail before MIME."""
        blocks: list[_Block] = []
        for piece in split_uuencoded(text):
            if isinstance(piece, str):
                blocks.append(_Block(piece, is_own=True))
            else:
                blocks.append(_Block(self._attachments.text_of_uuencoded(part, piece.name, piece.data), is_own=False))
        return [block for block in blocks if block.text.strip()]

    def _report(self, part: Part, reason: str, message: str, hint: str = "") -> None:
        self._problems.append(Problem(part.number, part.file_name, reason, message, hint))


def _join(blocks: Sequence[_Block]) -> str:
    """Return the texts with blank lines between them; a single one as it is."""
    texts = [block.text for block in blocks if block.text.strip()]
    return "\n\n".join((*(text.strip("\n") for text in texts[:-1]), *texts[-1:]))


def _simplicity(part: Part) -> int:
    return _SIMPLICITY.index(part.kind) if part.kind in _SIMPLICITY else len(_SIMPLICITY)


def _is_shown(part: Part) -> bool:
    """True for an alternative that people read: programs read calendars and pages for watches."""
    return part.kind.startswith("multipart/") or part.kind in ("text/plain", "text/html", *_ENRICHED)
