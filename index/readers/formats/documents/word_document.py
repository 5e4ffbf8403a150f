"""Read Word documents (.docx): paragraphs, headings and tables in their order, then the notes.

Text that is deleted under tracked changes, moved away or hidden is not read; what was inserted is. (Not with the
library python-docx: it passes over inserted text, content controls, text boxes and notes, and reads every part of a
document into memory without a bound.)
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.errors import ReadError
from index.model import Failure, Notice
from index.readers.base import Draft, ReadOptions
from index.readers.content.source_bytes import Content
from index.readers.formats.documents.package import DocumentPackage
from index.readers.formats.safe_xml import Node, local_name, walk
from index.readers.formats.stated_properties import stated_author, stated_title

__all__ = ["read_word_document"]

_MAIN_PART = "word/document.xml"
# Text that was deleted or moved away, the second form of a text box, phonetic guides over words, and tab stops.
_NOT_READ = frozenset(("del", "moveFrom", "Fallback", "rt", "tabs"))
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_OFF = ("0", "false", "off")
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")


def read_word_document(content: Content, options: ReadOptions) -> Iterator[Draft | Failure | Notice]:
    """Yield one draft: the text with a blank line between two paragraphs, each cell of a table being one.

    The title is the paragraph with the style "Title", else the stated one. The dates in a document are those of the
    file, not of the publication, and are ignored. Raises `ReadError`: "damaged", "encrypted", "no-text".
    """
    package = DocumentPackage(content)
    main = _main_part(package)
    folder = main.rpartition("/")[0]
    title_styles = _title_styles(package, f"{folder}/styles.xml")
    paragraphs = list(_paragraphs(package, main))
    notes = [note for name in ("footnotes", "endnotes") for note in _paragraphs(package, f"{folder}/{name}.xml")]
    body = "\n\n".join(paragraph.text for paragraph in (*paragraphs, *notes) if paragraph.text)
    if not body:
        hint = "Save it as .pdf and run text recognition (OCR) on it, if it shows text."
        raise ReadError("a document without text", reason="no-text", hint=hint)
    properties = package.properties("docProps/core.xml")
    shown = next((" ".join(item.text.split()) for item in paragraphs if item.text and item.style in title_styles), None)
    yield Draft(
        body,
        title=shown or stated_title(properties.get("title")),
        byline=stated_author(properties.get("creator")),
        language=properties.get("language"),
    )


@dataclass(slots=True)
class _Paragraph:
    """A paragraph and the id of its style, "" for none."""

    pieces: list[str] = field(default_factory=list)
    style: str = ""

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()


def _main_part(package: DocumentPackage) -> str:
    """Return the name of the part with the text; Word in a browser does not use the usual one."""
    for event, node in package.parse("_rels/.rels"):
        if event == "end" and (node.get("Type") or "").endswith("/officeDocument"):
            name = (node.get("Target") or "").lstrip("/")
            if name in package:
                return name
    if _MAIN_PART not in package:
        raise ReadError("a Word document without its text", reason="damaged", hint="Open and save it again.")
    return _MAIN_PART


def _title_styles(package: DocumentPackage, part: str) -> frozenset[str]:
    """Return the ids of the style "Title": they are in the language of the program, its name is not."""
    found: set[str] = {"Title"}
    style = ""
    for event, node in package.parse(part):
        name = local_name(node)
        if event == "start" and name == "style":
            style = _attribute(node, "styleId")
        elif event == "start" and name == "name" and _attribute(node, "val").casefold() == "title":
            found.add(style)
        elif event == "end" and name == "style":
            node.clear()
    return frozenset(found - {""})


def _paragraphs(package: DocumentPackage, part: str) -> Iterator[_Paragraph]:
    """Yield the paragraphs of a part in the order in which they begin."""
    depth = skipped = 0
    for event, node in package.parse(part):
        name = local_name(node)
        step = 1 if event == "start" else -1
        if name in _NOT_READ or _attribute(node, "type") in _SEPARATORS:
            skipped += step
        elif name == "p" and not skipped:
            depth += step
            if depth == 0:
                texts = _Texts()
                for inner_event, inner in walk(node):
                    take = texts.start if inner_event == "start" else texts.end
                    take(local_name(inner), inner)
                yield from texts.found
        if depth == 0 and event == "end":
            # Read and done: a long document is never in memory as a whole.
            node.clear()


class _Texts:
    """Collects a paragraph and those of the text boxes in it, from the events of a walk."""

    def __init__(self) -> None:
        self.found: list[_Paragraph] = []
        self._stack: list[_Paragraph] = []
        self._run_starts: list[int] = []
        self._skipped = 0

    def start(self, name: str, node: Node) -> None:
        """An element begins."""
        if name in _NOT_READ:
            self._skipped += 1
        elif self._skipped:
            return
        elif name == "p":
            self._stack.append(_Paragraph())
            self.found.append(self._stack[-1])
        elif name == "r":
            self._run_starts.append(len(self._stack[-1].pieces))
        elif name == "pStyle":
            self._stack[-1].style = _attribute(node, "val")

    def end(self, name: str, node: Node) -> None:
        """An element ends."""
        if name in _NOT_READ:
            self._skipped -= 1
        elif self._skipped:
            return
        elif name == "p":
            self._stack.pop()
        elif name == "r":
            start = self._run_starts.pop()
            if _is_hidden(node):
                del self._stack[-1].pieces[start:]
        elif name == "t":
            self._stack[-1].pieces.append(node.text or "")
        elif name in _CHARACTERS:
            self._stack[-1].pieces.append(_CHARACTERS[name])


def _is_hidden(run: Node) -> bool:
    for properties in run:
        if local_name(properties) == "rPr":
            return any(local_name(item) == "vanish" and _attribute(item, "val") not in _OFF for item in properties)
    return False


def _attribute(node: Node, name: str) -> str:
    """Return an attribute of the document's own namespace, of which there are two."""
    prefix = node.tag.rpartition("}")[0]
    return node.get(f"{prefix}}}{name}" if prefix else name) or ""
