"""Report of a run of the indexer."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from index.model import GUESSED_ENCODING, SKIPPED, Failure, Notice

__all__ = ["MAX_REPORTED", "NoticeLog", "Report"]

MAX_REPORTED = 1000
"""Failures and notices in a report; all failures are in the catalog."""


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of a run. `failed` counts what could not be indexed, `failures` are the first thousand of it.

    `others` counts the articles of `read` that other workers of the same archive read, and of which this run counts
    nothing else.
    `written` counts the documents that were given to the engine, `relinked` those of them whose article had not
    changed but names other entities than before; `rate` is articles read a second.
    `links` counts the links that were not followed as they lead out of the folders, `link` is one of them.
    `gone` counts articles that are gone and were not removed, as they are more than a tenth of all `total` articles.
    `guessed_encodings` counts files by the encoding that only statistics told, `skipped` by kind what the files that
    were read hold besides articles (pictures in a web archive), `notices` are the first thousand others.
    `packs_only` counts by language (ISO 639-1) the articles in whose language the recognizer does not run.
    `is_interrupted` is true when the user stopped it: what was read until then is kept and can be found.
    """

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    failed: int = 0
    written: int = 0
    relinked: int = 0
    seconds: float = 0.0
    failures: tuple[Failure, ...] = ()
    guessed_encodings: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    packs_only: Mapping[str, int] = field(default_factory=dict)
    is_interrupted: bool = False
    links: int = 0
    link: str = ""
    gone: int = 0
    total: int = 0
    others: int = 0

    @property
    def rate(self) -> float:
        """Articles read a second."""
        return self.read / self.seconds if self.seconds else 0.0


class NoticeLog:
    """Notices of a run: encodings and skipped things counted, the first thousand others kept."""

    def __init__(self) -> None:
        self.guessed_encodings: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()
        self.notices: list[Notice] = []

    def add(self, notices: Iterable[Notice]) -> None:
        """Take notices in the order in which they come up."""
        for notice in notices:
            if notice.reason == GUESSED_ENCODING:
                self.guessed_encodings[notice.message] += 1
            elif notice.reason == SKIPPED:
                self.skipped[notice.message] += 1
            elif len(self.notices) < MAX_REPORTED:
                self.notices.append(notice)
