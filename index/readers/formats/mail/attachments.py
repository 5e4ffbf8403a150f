"""Attachments of a message: their names, and their texts where another reader of ours knows the format."""

from index.model import Failure
from index.readers.base import Draft, ReadOptions, Source
from index.readers.content.decoding import normalize_text
from index.readers.content.source_bytes import Content
from index.readers.formats.mail.charsets import decode_text, is_known
from index.readers.formats.mail.parts import Part
from index.readers.formats.mail.problems import Problem

__all__ = ["AttachmentReader"]

_MOST_ATTACHMENTS = 100
# Nothing in them is text, so that they are not even opened.
_NO_TEXT = ("image/", "audio/", "video/", "font/", "model/", "application/pgp-", "application/pkcs7-")
_SMIME = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_TNEF = b"\x78\x9f\x3e\x22"
# Of formats that nobody expects to be read: named in the article, and no failure of the run.
_ORDINARY = frozenset(("binary", "empty", "unsupported"))
# Tables and data without a text of an article are still text.
_NO_ARTICLE = frozenset(("no-text", "bad-json", "bad-front-matter"))
_SUFFIXES = {
    "text/csv": ".csv",
    "text/html": ".html",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/xhtml+xml": ".html",
}


class AttachmentReader:
    """Reads the attachments of one message, within bounds of number and size; `problems` collects what was lost."""

    def __init__(self, content: Content, options: ReadOptions, problems: list[Problem]) -> None:
        self._content = content
        self._options = options
        self._problems = problems
        self._count = 0
        self._is_full = False
        self._bytes_left = options.max_bytes

    def text_of(self, part: Part) -> str:
        """Return a line with the name of an attachment, then its text, or in the same line why there is none."""
        title = f"Attachment: {part.file_name or part.kind}"
        if part.kind in _SMIME:
            return f"{title} (not read: {self._report_smime(part)})"
        if part.kind.startswith(_NO_TEXT):
            return f"{title} (not read: {part.kind})" if part.file_name else f"{title} (not read)"
        if not self._has_room(part):
            return f"{title} (not read: too many or too large attachments)"
        decoded = part.decoded()
        if decoded.problem:
            self._report(part, "damaged", decoded.problem)
        data, encoding = decoded.data, None
        if part.kind.startswith("text/") and part.charset is not None and is_known(part.charset):
            data, encoding = decode_text(data, part.charset).encode("utf-8", errors="replace"), "utf-8"
        encoding = encoding or self._options.encoding
        text, reason = self._read(part, _name_for_reader(part), data, encoding)
        return f"{title}\n\n{text}" if text else f"{title} (not read: {reason or part.kind})"

    def text_of_uuencoded(self, part: Part, name: str, data: bytes) -> str:
        """Return the same for a file that stands uuencoded in the text of a part."""
        title = f"Attachment: {name}"
        if not self._has_room(part):
            return f"{title} (not read: too many or too large attachments)"
        text, reason = self._read(part, name, data, None)
        return f"{title}\n\n{text}" if text else f"{title} (not read{': ' if reason else ''}{reason})"

    def _has_room(self, part: Part) -> bool:
        self._count += 1
        if self._count <= _MOST_ATTACHMENTS and self._bytes_left > 0:
            return True
        if not self._is_full:
            self._report(part, "too-large", "too many or too large attachments: named from here on, not read")
        self._is_full = True
        return False

    def _read(self, part: Part, name: str, data: bytes, encoding: str | None) -> tuple[str, str]:
        """Return the text of a file, or "" and the reason, "" for a format that is not read."""
        options = ReadOptions(encoding=encoding, max_bytes=self._bytes_left)
        found = list(self._content.read_inner(Source(name, data=data, size=len(data)), options))
        texts = [text for item in found if isinstance(item, Draft) and (text := _text_of_draft(item))]
        failures = [item for item in found if isinstance(item, Failure)]
        if not texts and failures and failures[0].reason in _NO_ARTICLE:
            texts, failures = [normalize_text(decode_text(data, encoding)).strip()], []
        self._bytes_left -= len(data) + sum(map(len, texts))
        if failures and data.startswith(_TNEF):
            # Unlike a picture, it may hold what the message is about.
            self._report(part, "unsupported", failures[0].message, failures[0].hint)
            return "", failures[0].message.removeprefix("not read: ")
        for failure in failures:
            if failure.reason not in _ORDINARY:
                self._report(part, failure.reason, failure.message, failure.hint)
        is_told = bool(failures) and failures[0].reason not in ("binary", "unsupported")
        return "\n\n".join(texts), failures[0].message if is_told else ""

    def _report_smime(self, part: Part) -> str:
        """Report a part in which S/MIME has packed the text of a message, and return why it is not read."""
        if part.content_type.parameters.get("smime-type", "").lower() == "signed-data":
            reason, message = "unsupported", "a text inside its S/MIME signature"
        else:
            reason, message = "encrypted", "encrypted with S/MIME"
        self._report(part, reason, f"{message}, not read", "Open the message in a mail program and save its text.")
        return message

    def _report(self, part: Part, reason: str, message: str, hint: str = "") -> None:
        self._problems.append(Problem(part.number, part.file_name, reason, message, hint))


def _name_for_reader(part: Part) -> str:
    name = part.file_name or "attachment"
    return name if "." in name else name + _SUFFIXES.get(part.kind, "")


def _text_of_draft(draft: Draft) -> str:
    body = normalize_text(draft.body).strip()
    title = " ".join(normalize_text(draft.title or "").split())
    return f"{title}\n\n{body}" if title and title not in body[: 4 * len(title)] else body
