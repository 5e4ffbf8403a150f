"""Words of the lists that find their text: `python -m tests.languages.words` prints the table of docs/quality.md."""

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from index.ingest.indexer import Indexer
from index.settings import Settings
from search.answer.service import SearchService
from search.archive import open_archive
from search.request import SearchRequest
from search.results import Role
from tests.languages.right_values import TEXTS, ForeignText, Query, read_texts

__all__ = ["WordCounts", "measure_words", "words_table"]

_DIVISION = re.compile(r"-\n")


@dataclass(slots=True)
class WordCounts:
    """Numbers of words and parts of compounds in the lists of a language, and of those found and marked."""

    words: int = 0
    found: int = 0
    parts: int = 0
    found_parts: int = 0


def measure_words(service: SearchService) -> Mapping[str, WordCounts]:
    """Count by language, in the order of the texts."""
    ids = {Path(hit.locator).stem: hit.id for hit in service.search(SearchRequest(size=100)).hits}
    counts: dict[str, WordCounts] = {}
    for foreign in read_texts():
        row = counts.setdefault(foreign.language, WordCounts())
        for query in foreign.queries:
            is_right = _is_found(service, ids[foreign.gold.name], foreign, query)
            if query.is_part:
                row.parts += 1
                row.found_parts += is_right
            else:
                row.words += 1
                row.found += is_right
    return counts


def _is_found(service: SearchService, article_id: str, foreign: ForeignText, query: Query) -> bool:
    """Return whether a word finds its article and is marked where it stands."""
    hits = service.search(SearchRequest(q=query.word, size=100)).hits
    if article_id not in {hit.id for hit in hits}:
        return False
    view = service.article(article_id, q=query.word)
    body = view.article.body
    piece = foreign.gold.text[query.start : query.end]
    # Readers join words that are divided at a line end.
    joined = _DIVISION.sub("", piece)
    start = body.find(joined)
    start, length = (start, len(joined)) if start >= 0 else (body.find(piece), len(piece))
    marks = [mark for mark in view.highlights if mark.role in (Role.TERM, Role.PHRASE)]
    return start >= 0 and any(mark.start < start + length and start < mark.end for mark in marks)


def words_table(counts: Mapping[str, WordCounts]) -> str:
    """Return the table of docs/quality.md."""
    lines = ["| language | words found | parts of compounds found |", "|---|---|---|"]
    for language, row in sorted(counts.items()):
        parts = f"{row.found_parts} of {row.parts}" if row.parts else ""
        lines.append(f"| {language} | {row.found} of {row.words} | {parts} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table, from an archive of all texts."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(index=Path(folder) / ".dossier", workers=1, model="none")
        Indexer(settings, pool="local").index([str(path) for path in sorted(TEXTS.glob("*.txt"))])
        with open_archive(settings) as archive, archive.view() as view:
            print(words_table(measure_words(view.service)))


if __name__ == "__main__":
    main()
