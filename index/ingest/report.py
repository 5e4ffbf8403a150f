"""Report of a run of the indexer."""

from dataclasses import dataclass

from index.model import Failure

__all__ = ["Report"]


@dataclass(frozen=True, slots=True)
class Report:
    """Counts of a run. `failed` counts what could not be indexed, `failures` are the first thousand of it.

    `written` counts the documents that were given to the engine, `relinked` those of them whose article had not
    changed but names other entities than before; `rate` is articles read a second.
    `links` counts the links that were not followed as they lead out of the folders, `link` is one of them.
    `gone` counts articles that are gone and were not removed, as they are more than a tenth of all `total` articles.
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
    is_interrupted: bool = False
    links: int = 0
    link: str = ""
    gone: int = 0
    total: int = 0

    @property
    def rate(self) -> float:
        """Articles read a second."""
        return self.read / self.seconds if self.seconds else 0.0
