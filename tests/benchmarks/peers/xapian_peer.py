"""Xapian, which runs in a process of the system's own Python: its package is bound to that (`python3-xapian`)."""

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, ClassVar

from index.analyzer import index_terms
from index.model import Document
from tests.benchmarks.peers.base import Answer, LocalPeer, Place, facet_values
from tests.benchmarks.queries import BenchmarkQuery

__all__ = ["Xapian", "has_xapian"]

_PYTHON = os.environ.get("XAPIAN_PYTHON", "/usr/bin/python3")
_PROGRAM = Path(__file__).with_name("xapian_program.py")


def has_xapian() -> bool:
    """True when the Python that it would run under has its package."""
    if not Path(_PYTHON).exists():
        return False
    return not subprocess.run([_PYTHON, "-c", "import xapian"], stderr=subprocess.DEVNULL, check=False).returncode


class Xapian(LocalPeer):
    """See `Peer`. Times are those of its own process; words are analyzed in this one and not counted."""

    notes: ClassVar[str] = (
        "analysis of words not counted; facets by ValueCountMatchSpy, one for each value of a document"
    )

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        if not has_xapian():
            raise ModuleNotFoundError(f"{_PYTHON} has no xapian: install python3-xapian, or set XAPIAN_PYTHON")
        command = [_PYTHON, str(_PROGRAM), str(place.folder)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._seconds = 0.0

    def _send(self, message: object) -> None:
        to: IO[str] | None = self._process.stdin
        assert to is not None
        to.write(json.dumps(message) + "\n")

    def _answer(self) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the process of Xapian ended")
        # Whatever the program answers with; it is read by the kind of the message.
        self._seconds, answer = json.loads(line)
        return answer

    def build(self, documents: Iterable[Document]) -> None:
        """See the protocol."""
        for document in documents:
            terms = index_terms(document.body, document.language)[0]
            self._send(["add", document.id, terms, facet_values(document)])
        self._send(["commit"])
        self._answer()

    def open(self) -> None:
        """See the protocol."""
        self._send(["open"])
        self._answer()

    def search(self, query: BenchmarkQuery, *, is_faceted: bool) -> Answer | None:
        """See the protocol."""
        self._send(["search", query.kind, query.terms, query.value, is_faceted])
        answer = self._answer()
        return None if answer is None else (answer[0], answer[1])

    def seconds(self) -> float:
        """See the protocol: as of the last answer."""
        return self._seconds

    def process(self) -> int | None:
        """See the protocol."""
        return self._process.pid

    def close(self) -> None:
        """See the protocol."""
        self._process.communicate()
