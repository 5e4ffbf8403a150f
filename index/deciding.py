"""Decide about identity: merge, split, rename, retype, reject, keep apart, undo. Imports no spaCy and no engine."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from index.archive import Archive
from index.catalog.records import ResolutionChanges
from index.catalog.store import Catalog
from index.identity.decisions import describe
from index.identity.records import Decision, DecisionAction
from index.ingest.deciding import add_decision, import_decisions, write_lines
from index.ingest.used_settings import used_packs
from index.progress import Progress
from index.publishing import publish
from index.settings import Settings

__all__ = ["Decider", "DecisionReport"]

_Show = Callable[[Progress], None] | None


@dataclass(frozen=True, slots=True)
class DecisionReport:
    """The decisions that were kept, with their numbers, and what they changed.

    `description` is the decision in words; `written` counts the documents that were written again, `held` those
    decisions of an import that were left out because they hold already.
    """

    decisions: tuple[Decision, ...]
    description: str
    changes: ResolutionChanges
    written: int
    held: int = 0


class Decider:
    """Makes decisions in the archive that `settings` name. A decision and its effect are one transaction.

    Every method raises `IndexMissingError` when there is no index, and `IndexLockedError` when another process
    publishes for longer than the settings allow to wait.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._archive = Archive(settings)

    def decide(self, decision: Decision, *, progress: _Show = None) -> DecisionReport:
        """Make a decision; only documents that it changes are written. Raises `DecisionError` when it is refused."""
        with self._archive.open_catalog() as catalog:
            done = publish(
                self._archive,
                catalog,
                lambda: add_decision(catalog, decision),
                packs=self._packs(catalog),
                show=progress,
            )
        return DecisionReport((done.made,), describe(done.made), done.changes, done.written)

    def undo(self, decision_id: int, *, progress: _Show = None) -> DecisionReport:
        """Undo a decision. Raises `DecisionError` when none with this number is in force."""
        return self.decide(Decision(DecisionAction.UNDO, {"decision": str(decision_id)}), progress=progress)

    def export_decisions(self) -> tuple[str, ...]:
        """Return the decisions in force, each a line of JSON, oldest first."""
        with self._archive.open_catalog() as catalog:
            return tuple(write_lines([stored.decision for stored in catalog.decisions()]))

    def import_decisions(self, lines: Iterable[str], *, progress: _Show = None) -> DecisionReport:
        """Make decisions that were exported, here or elsewhere: all of them or, if one makes no sense, none.

        Those in force already are left out. Raises `DecisionError` with the number of the line.
        """
        with self._archive.open_catalog() as catalog:
            packs = self._packs(catalog)
            done = publish(self._archive, catalog, lambda: import_decisions(catalog, lines), packs=packs, show=progress)
        kept = done.made.kept
        description = "; ".join(describe(decision) for decision in kept)
        report = DecisionReport(kept, description, done.changes, done.written)
        return replace(report, held=done.made.held)

    def _packs(self, catalog: Catalog) -> tuple[str, ...]:
        return used_packs(catalog, self._settings.packs)
