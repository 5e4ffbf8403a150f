"""Decide about identity: merge, split, rename, retype, reject, keep apart, undo. Imports no spaCy and no engine."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from index.archive import Archive
from index.catalog.store import Catalog
from index.identity.decisions import (
    AnyDecision,
    DecisionResult,
    Expected,
    MadeDecision,
    TakeOut,
    decide,
    export_decisions,
    import_decisions,
    take_out,
    undo,
)
from index.identity.decisions.expecting import ids_of
from index.identity.decisions.taking_out import together
from index.identity.incremental.view import Knowledge
from index.identity.records import ResolutionChanges
from index.identity.wording import describe
from index.ingest.versions.used_settings import used_packs
from index.model import Entity
from index.progress import Progress
from index.publishing import publish
from index.settings import Settings

__all__ = ["Decider", "DecisionPreview", "DecisionReport"]

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


@dataclass(frozen=True, slots=True)
class DecisionPreview:
    """The effect that a decision would have, found by making it and taking it back.

    `before` and `after` have the entities that it touches, by id, as they are and as they would be. `is_already_so` is
    true for a decision that would change nothing.
    """

    description: str
    before: Mapping[str, Entity]
    after: Mapping[str, Entity]
    is_already_so: bool = False


class _TakenBackError(Exception):
    """Ends a transaction whose changes are not wanted."""


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
        decision: AnyDecision | TakeOut,
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
            return _decide(catalog, decision, knowledge, decided_by, expected)

        return self._make(make, progress)

    def preview(self, decision: AnyDecision | TakeOut) -> DecisionPreview:
        """Return the effect that a decision would have. Readers see nothing of it; other writers wait meanwhile.

        Raises `DecisionError` when it would be refused.
        """
        with self._archive.open_catalog() as catalog:
            knowledge = self._knowledge(catalog)
            with self._archive.write_lock(), suppress(_TakenBackError), catalog.transaction():
                result = _decide(catalog, decision, knowledge)
                touched = {*result.changes.added, *result.changes.removed, *result.changes.changed, *_ids(decision)}
                after = catalog.reader().entities(sorted(touched))
                raise _TakenBackError
            before = catalog.reader().entities(sorted(touched))
        return DecisionPreview(result.description, before, after, is_already_so=result.is_already_so)

    def undo(self, *decision_ids: int, undone_by: str = "", progress: _Show = None) -> DecisionReport:
        """Undo decisions, in the order of the arguments. Raises `DecisionError` when there is none with this number."""

        def make(catalog: Catalog, knowledge: Knowledge) -> DecisionResult:
            return together(
                catalog, [undo(catalog, number, knowledge=knowledge, undone_by=undone_by) for number in decision_ids]
            )

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


def _decide(
    catalog: Catalog,
    decision: AnyDecision | TakeOut,
    knowledge: Knowledge,
    decided_by: str = "",
    expected: Mapping[str, Expected] | None = None,
) -> DecisionResult:
    if isinstance(decision, TakeOut):
        return take_out(catalog, decision, knowledge=knowledge, decided_by=decided_by, expected=expected)
    return decide(catalog, decision, knowledge=knowledge, decided_by=decided_by, expected=expected)


def _ids(decision: AnyDecision | TakeOut) -> tuple[str, ...]:
    return (decision.entity,) if isinstance(decision, TakeOut) else ids_of(decision)
