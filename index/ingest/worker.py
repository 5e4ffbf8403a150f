"""What a worker does: read sources, extract what is wanted of them, and link it."""

import logging
from collections.abc import Iterator, Sequence
from hashlib import sha256

from index.catalog.records import ExtractedArticle
from index.extract.pipeline import Extractor
from index.ingest.fingerprints import code_fingerprint
from index.ingest.linking import link_article
from index.ingest.source_reading import SourceReader
from index.ingest.work import ExtractTask, ReadingOptions, ReadTask, Result, Task
from index.model import Article, Failure, Mention
from index.packs.loader import load_packs
from index.readers.base import Source

__all__ = ["Worker"]

logger = logging.getLogger(__name__)

# Articles that are extracted at once: enough for spaCy to work in batches, few enough to be lost with a process.
_CHUNK = 64


class Worker:
    """Does tasks, in this process. Raises `PackError` and `ModelError` when it cannot begin."""

    def __init__(self, options: ReadingOptions) -> None:
        packs = load_packs(options.packs)
        self._extractor = Extractor(packs=packs, model=options.model)
        linking = code_fingerprint("index.identity", "index.normalize", "index.packs.names")
        self._extraction = sha256(f"{self._extractor.fingerprint}\n{linking}".encode()).hexdigest()
        self.reader = SourceReader(options, self._extraction)

    def close(self) -> None:
        """Let go of the catalog."""
        self.reader.close()

    def do(self, task: Task) -> Result:
        """Do a task; whatever an article does wrong is a failure in the result."""
        result = Result(extraction=self._extraction)
        match task:
            case ReadTask(sources, is_careful=True):
                for source in sources:
                    self.reader.read_carefully(source, result)
            case ReadTask(sources):
                self._read_all(sources, result)
            case ExtractTask(articles, file):
                self._extract([(file, article) for article in articles], result)
        return result

    def stream(self, source: Source) -> Iterator[Result]:
        """Read and extract one source with many articles, in this process, bit by bit."""
        has_failed = False
        for part in self.reader.read_many(source):
            before = len(part.failures)
            self._extract(part.articles, part)
            part.articles = []
            has_failed = has_failed or len(part.failures) > before
            if has_failed:
                part.finished = []
            yield part

    def _read_all(self, sources: Sequence[Source], result: Result) -> None:
        for source in sources:
            self.reader.read(source, result)
        wanted, result.articles = result.articles, []
        # An article that fails now is not stored, so its file was not read whole.
        before = len(result.failures)
        self._extract(wanted, result)
        failed = {file for file, _ in result.failures[before:]}
        result.finished = [state for state in result.finished if state.locator not in failed]

    def _extract(self, wanted: Sequence[tuple[str, Article]], result: Result) -> None:
        for start in range(0, len(wanted), _CHUNK):
            chunk = wanted[start : start + _CHUNK]
            try:
                result.extracted.extend(self._extract_chunk(chunk))
            except Exception:  # noqa: BLE001 - the outermost edge: one article that fails must not end the run
                # Which one it was shows when each is tried alone.
                for item in chunk:
                    self._extract_one(item, result)

    def _extract_one(self, item: tuple[str, Article], result: Result) -> None:
        file, article = item
        try:
            result.extracted.extend(self._extract_chunk([item]))
        except Exception as error:
            logger.exception("extraction failed on %s", article.locator)
            message = f"{type(error).__name__}: {error}"[:300]
            failure = Failure(article.locator, "extraction-error", message, "Please report this, with the article.")
            result.failures.append((file, failure))

    def _extract_chunk(self, chunk: Sequence[tuple[str, Article]]) -> list[ExtractedArticle]:
        found = self._extractor.extract([article for _, article in chunk], batch_size=_CHUNK)
        return [_linked(article, file, mentions) for (file, article), mentions in zip(chunk, found, strict=True)]


def _linked(article: Article, file: str, mentions: tuple[Mention, ...]) -> ExtractedArticle:
    for mention in mentions:
        assert article.body[mention.span.start : mention.span.end] == mention.text, "a mention is a part of the body"
    return ExtractedArticle(article, file, mentions, *link_article(article, mentions))
