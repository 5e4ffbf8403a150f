"""A small archive, and what the tests of the indexer ask about a run over it."""

import os
from pathlib import Path

from index.catalog.open import open_reader
from index.ingest.report import Report
from index.settings import Settings

TEXTS = {
    "ankara.txt": "Talks in Ankara\n\nThe talks were held in Ankara on Monday. Turkey paid $2.5 billion.\n",
    "moscow.txt": "Sale in Moscow\n\nMoscow, the capital of Russia, sold them in 2019.\n",
    "row.jsonl": '{"title": "One", "body": "Paris is in France."}\n{"title": "Two", "body": "Berlin is in Germany."}\n',
}


def counts(report: Report) -> tuple[int, int, int, int, int]:
    return (report.added, report.changed, report.unchanged, report.removed, report.failed)


def age(*files: Path) -> None:
    """Make files old enough to be trusted to look different when they change."""
    for file in files:
        os.utime(file, (1_600_000_000, 1_600_000_000))


def locators(settings: Settings) -> list[str]:
    reader = open_reader(settings.index)
    found = sorted(article.locator for article in reader.articles(list(reader.article_ids())).values())
    reader.close()
    return found
