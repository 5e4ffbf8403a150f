"""Read OpenDocument texts (.odt): paragraphs, headings and tables in their order, then the notes.

Deleted text under tracked changes and comments are not read. (Own code: the one library for it, odfpy, is rarely
released, under the Apache licence or the GPL, and builds the whole document in memory.)
"""

import re
from collections.abc import Iterator

from index.errors import ReadError
from index.model import Failure, Notice
from index.readers.base import Draft, ReadOptions
from index.readers.content.source_bytes import Content
from index.readers.formats.documents.package import DocumentPackage
from index.readers.formats.safe_xml import Node, local_name, walk
from index.readers.formats.stated_properties import stated_author, stated_title

__all__ = ["read_open_document"]

_PARAGRAPHS = ("p", "h")
# Inside a paragraph: comments, the number of a note, phonetic guides, descriptions of pictures.
_NOT_READ = frozenset(("annotation", "note-citation", "ruby-text", "title", "desc", "tracked-changes"))
_WHITESPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 8
_ENCRYPTION = "encryption-data"


def read_open_document(content: Content, options: ReadOptions) -> Iterator[Draft | Failure | Notice]:
    """Yield one draft: the text with a blank line between two paragraphs, each cell of a table being one.

    The title is the paragraph with the style "Title", else the stated one. The dates in a document are those of the
    file, not of the publication, and are ignored. Raises `ReadError`: "damaged", "encrypted", "no-text".
    """
    package = DocumentPackage(content)
    if any(local_name(node) == _ENCRYPTION for _, node in package.parse("META-INF/manifest.xml")):
        raise ReadError("protected by a password", reason="encrypted", hint="Save it without one and index again.")
    if "content.xml" not in package:
        raise ReadError("a document without its text", reason="damaged", hint="Open and save it again.")
    text = _DocumentText()
    for event, node in package.parse("content.xml"):
        text.take(event, node)
    body = "\n\n".join(paragraph for paragraph in (*text.paragraphs, *text.notes) if paragraph)
    if not body:
        hint = "Save it as .pdf and run text recognition (OCR) on it, if it shows text."
        raise ReadError("a document without text", reason="no-text", hint=hint)
    properties = package.properties("meta.xml")
    yield Draft(
        body,
        title=" ".join(text.title.split()) or stated_title(properties.get("title")),
        byline=stated_author(properties.get("initial-creator") or properties.get("creator")),
        language=properties.get("language"),
    )


class _DocumentText:
    """Collects the paragraphs of a document from the events of its parser."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.notes: list[str] = []
        self.title = ""
        self._title_styles = {"Title"}
        self._depth = 0
        self._skipped = 0

    def take(self, event: str, node: Node) -> None:
        """Take the next event."""
        name = local_name(node)
        step = 1 if event == "start" else -1
        if name == "tracked-changes" or _attribute(node, "display") == "none":
            self._skipped += step
        elif name in _PARAGRAPHS and not self._skipped:
            self._depth += step
            if self._depth == 0:
                self._read(node)
        elif event == "start" and name == "style" and _attribute(node, "parent-style-name") in self._title_styles:
            self._title_styles.add(_attribute(node, "name"))
        if self._depth == 0 and event == "end":
            # Read and done: a long document is never in memory as a whole.
            node.clear()

    def _read(self, outer: Node) -> None:
        """Read a paragraph and those of the text boxes and notes in it."""
        paragraphs: list[list[str]] = []
        notes: list[list[str]] = []
        stack: list[list[str]] = []
        note_depth = skipped = 0
        for event, node in walk(outer):
            name = local_name(node)
            if event == "start":
                skipped += name in _NOT_READ
                note_depth += name == "note-body"
                if name in _PARAGRAPHS:
                    stack.append([])
                    (notes if note_depth else paragraphs).append(stack[-1])
                if not skipped:
                    stack[-1].append(_characters(name, node) + _collapsed(node.text))
                continue
            skipped -= name in _NOT_READ
            note_depth -= name == "note-body"
            if name in _PARAGRAPHS:
                stack.pop()
            if not skipped and stack:
                stack[-1].append(_collapsed(node.tail))
        texts = ["".join(pieces).strip() for pieces in paragraphs]
        if not self.title and _attribute(outer, "style-name") in self._title_styles:
            self.title = texts[0]
        self.paragraphs.extend(texts)
        self.notes.extend("".join(pieces).strip() for pieces in notes)


def _characters(name: str, node: Node) -> str:
    """Return what an element stands for: whitespace of a text is written as elements."""
    match name:
        case "s":
            count = _attribute(node, "c") or "1"
            return " " * min(int(count), _MOST_SPACES) if count.isdecimal() and len(count) < 10 else " "
        case "tab":
            return "\t"
        case "line-break":
            return "\n"
        case _:
            return ""


def _collapsed(text: str | None) -> str:
    return _WHITESPACE.sub(" ", text) if text else ""


def _attribute(node: Node, name: str) -> str:
    """Return an attribute of the namespace of its element."""
    prefix = node.tag.rpartition("}")[0]
    return node.get(f"{prefix}}}{name}" if prefix else name) or ""
