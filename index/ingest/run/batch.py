"""A batch: all that a run stores in one transaction."""

from dataclasses import dataclass, field

from index.catalog.records import EndedSource, ExtractedArticle, SourceState
from index.model import Failure

__all__ = ["Batch"]


@dataclass(slots=True)
class Batch:
    """Contents of the next transaction."""

    extracted: list[ExtractedArticle] = field(default_factory=list)
    failures: list[tuple[str, Failure]] = field(default_factory=list)
    sources: list[SourceState] = field(default_factory=list)
    ended: list[EndedSource] = field(default_factory=list)

    def is_empty(self) -> bool:
        """True when there is nothing to store."""
        return not (self.extracted or self.failures or self.sources or self.ended)
