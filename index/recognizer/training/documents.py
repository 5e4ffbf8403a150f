"""Documents for training and evaluation: texts with annotated names, some of them marked as doubtful.

A data folder holds `ner/<set>.jsonl.gz`: one document a line, `{"text": ..., "spans": [[start, end, kind], ...]}` with
characters `[start, end)` and kinds of `index.recognizer.labels`.
"""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import ModelError
from index.recognizer.labels import KINDS

__all__ = ["Document", "Name", "read_documents"]


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A name at characters `[start, end)`; `kind` is None for an annotation that is not to be trusted."""

    start: int
    end: int
    kind: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """A text of the set `source` with its names, in the order of the text and disjoint."""

    source: str
    text: str
    names: tuple[Name, ...]

    def text_of(self, name: Name) -> str:
        """Return the text of `name`."""
        return self.text[name.start : name.end]


def read_documents(data: Path, source: str) -> Iterator[Document]:
    """Yield the documents of one set, in the order of the file.

    Raises `ModelError` when the set is missing or a line of it cannot be read.
    """
    path = data / "ner" / f"{source}.jsonl.gz"
    if not path.is_file():
        raise ModelError(f"No {path}. Name the folder that holds ner/{source}.jsonl.gz with `--data`.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                names = tuple(sorted(Name(start, end, kind) for start, end, kind in row["spans"]))
                text = row["text"]
            except (ValueError, KeyError, TypeError) as error:
                raise ModelError(f"{path}:{number}: not a document with text and spans: {error}") from error
            strange = {name.kind for name in names} - set(KINDS)
            if strange:
                raise ModelError(f"{path}:{number}: {sorted(map(str, strange))} are none of {', '.join(KINDS)}.")
            yield Document(source, text, names)
