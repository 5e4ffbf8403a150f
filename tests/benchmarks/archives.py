"""Articles for benchmarks: generated ones, or those of a real index."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from index.catalog.open import open_reader
from index.model import Document
from index.publishing import read_documents
from tests.benchmarks.articles import make_articles, read_sentences

__all__ = ["Archive"]

_BATCH = 500


@dataclass(frozen=True, slots=True)
class Archive:
    """Articles made of the sentences in the folder `data`, or, with `index`, those of a finished index folder."""

    data: Path | None = None
    index: Path | None = None

    def documents(self, count: int) -> Iterator[Document]:
        """The first `count` articles, always the same; fewer when there are no more. Raises `SystemExit` for none."""
        if self.index is not None:
            return islice(self._indexed(self.index), count)
        sentences = read_sentences(self.data) if self.data is not None and self.data.is_dir() else []
        if not sentences:
            raise SystemExit(f"{self.data} holds no *.jsonl.gz with news")
        return make_articles(sentences, count)

    def _indexed(self, folder: Path) -> Iterator[Document]:
        reader = open_reader(folder)
        ids = reader.article_ids()
        while batch := list(islice(ids, _BATCH)):
            yield from read_documents(reader, batch)
