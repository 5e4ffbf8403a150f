"""Decide about identity: merge, split, rename, retype, reject, keep apart, undo. Imports no spaCy and no engine."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from index.archive import Archive
from index.catalog.store import Catalog
from index.identity.decisions import (
    AnyDecision,
    DecisionResult,
    Expected,
    MadeDecision,
    decide,
    describe,
    export_decisions,
    import_decisions,
    undo,
)
from index.identity.incremental.view import Knowledge
from index.identity.records import ResolutionChanges
from index.ingest.versions.used_settings import used_packs
from index.progress import Progress
from index.publishing import publish
from index.settings import Settings

__all__ = ["Decider", "DecisionReport"]

_Show = Callable[[Progress], None] | None


@dataclass(frozen=True, slots=True)
class DecisionReport:
    """The decisions that were stored or undone, and what that changed.

    `description` is what was done in words; `written` counts the documents that were written again, `held` those
    decisions of an import that were left out because they are in force already. `is_already_so` is true for a decision
    that says what is so already; nothing was stored then.
    """

    decisions: tuple[MadeDecision, ...]
    description: str
    changes: ResolutionChanges
    written: int
    held: int = 0
    is_already_so: bool = False


class Decider:
    """Makes decisions in the archive that `settings` name. A decision and its effect are one transaction.

    Every method raises `IndexMissingError` when there is no index, and `IndexLockedError` when another process
    publishes for longer than the settings allow to wait.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._archive = Archive(settings)

    def decide(
        self,
        decision: AnyDecision,
        *,
        decided_by: str = "",
        expected: Mapping[str, Expected] | None = None,
        progress: _Show = None,
    ) -> DecisionReport:
        """Make a decision; only documents that it changes are written.

        `expected` says by id what its author saw. Raises `DecisionError` when it is refused: see
        `index.identity.decisions.decide`.
        """

        def make(catalog: Catalog, knowledge: Knowledge) -> DecisionResult:
            return decide(catalog, decision, knowledge=knowledge, decided_by=decided_by, expected=expected)

        return self._make(make, progress)

    def undo(self, decision_id: int, *, undone_by: str = "", progress: _Show = None) -> DecisionReport:
        """Undo a decision. Raises `DecisionError` when there is none with this number."""

        def make(catalog: Catalog, knowledge: Knowledge) -> DecisionResult:
            return undo(catalog, decision_id, knowledge=knowledge, undone_by=undone_by)

        return self._make(make, progress)

    def export_decisions(self) -> tuple[str, ...]:
        """Return the decisions in force, each a line of JSON, oldest first."""
        with self._archive.open_catalog() as catalog:
            return export_decisions(catalog)

    def import_decisions(self, lines: Iterable[str], *, decided_by: str = "", progress: _Show = None) -> DecisionReport:
        """Make decisions that were exported, here or elsewhere: all of them or, if one makes no sense, none.

        Those in force already are left out. Raises `DecisionError` with the number of the line.
        """
        with self._archive.open_catalog() as catalog:
            knowledge = self._knowledge(catalog)
            done = publish(
                self._archive,
                catalog,
                lambda: import_decisions(catalog, lines, knowledge=knowledge, decided_by=decided_by),
                knowledge=knowledge,
                show=progress,
            )
        result = done.made
        description = "; ".join(describe(made.decision) for made in result.decisions)
        return DecisionReport(result.decisions, description, result.changes, done.written, held=result.known)

    def _make(self, make: Callable[[Catalog, Knowledge], DecisionResult], progress: _Show) -> DecisionReport:
        with self._archive.open_catalog() as catalog:
            knowledge = self._knowledge(catalog)
            done = publish(self._archive, catalog, lambda: make(catalog, knowledge), knowledge=knowledge, show=progress)
        result = done.made
        return DecisionReport(
            result.decisions, result.description, result.changes, done.written, is_already_so=result.is_already_so
        )

    def _knowledge(self, catalog: Catalog) -> Knowledge:
        return Knowledge.of_packs(used_packs(catalog, self._settings.packs))
