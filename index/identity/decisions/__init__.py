"""Decisions of people about identity: records, and functions that check, store and apply them.

Imports neither spaCy, NumPy, SQLAlchemy nor an engine. The functions take a catalog with an open transaction.
"""

from index.identity.decisions.exchange import ImportResult, export_decisions, import_decisions
from index.identity.decisions.making import DecisionResult, Expected, decide, undo
from index.identity.decisions.prepare import describe
from index.identity.decisions.records import (
    AnyDecision,
    KeepApart,
    MadeDecision,
    Merge,
    Reject,
    Rename,
    Retype,
    Split,
    from_stored,
)

__all__ = [
    "AnyDecision",
    "DecisionResult",
    "Expected",
    "ImportResult",
    "KeepApart",
    "MadeDecision",
    "Merge",
    "Reject",
    "Rename",
    "Retype",
    "Split",
    "decide",
    "describe",
    "export_decisions",
    "from_stored",
    "import_decisions",
    "undo",
]
