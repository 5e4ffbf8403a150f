"""Documents that are zip files of XML (.docx, .odt): their parts, bounded in size."""

import io
import zipfile
from collections.abc import Iterator

from index.errors import ReadError
from index.readers.content.compression import Budget
from index.readers.content.source_bytes import SAMPLE_BYTES, Content
from index.readers.content.zip_files import open_member, open_zip
from index.readers.formats.safe_xml import Node, local_name, parse_events

__all__ = ["DocumentPackage"]


class DocumentPackage:
    """The parts of a document. Each part, and all together, are bounded in size."""

    def __init__(self, content: Content) -> None:
        """Open the document. Raises `ReadError` ("damaged")."""
        stream = content.seekable()
        self._least = content.max_bytes + SAMPLE_BYTES + 1
        whole = Budget(packed_size=stream.seek(0, io.SEEK_END), least=self._least)
        self._budgets = (*content.budgets, whole)
        self._archive = open_zip(stream)

    def __contains__(self, name: str) -> bool:
        return name in self._archive.NameToInfo

    def parse(self, name: str) -> Iterator[tuple[str, Node]]:
        """Yield the events of a part, see `parse_events`; nothing when there is no such part."""
        member: zipfile.ZipInfo | None = self._archive.NameToInfo.get(name)
        if member is None:
            return
        with io.BufferedReader(open_member(self._archive, member, least=self._least, budgets=self._budgets)) as stream:
            yield from parse_events(stream)

    def properties(self, name: str) -> dict[str, str]:
        """Return the texts of a part with a flat list of properties by local name, of equal names the first."""
        found: dict[str, str] = {}
        try:
            for event, node in self.parse(name):
                if event == "end" and node.text and node.text.strip():
                    found.setdefault(local_name(node), " ".join(node.text.split()))
        except ReadError:
            # The text counts, not what is said about it.
            return found
        return found
