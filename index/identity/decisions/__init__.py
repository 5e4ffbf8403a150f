"""Make, check, undo, import and export decisions, in a catalog with an open transaction.

Imports neither spaCy, NumPy, SQLAlchemy nor an engine. `index.identity.applied` has the effects of decisions.
"""

from index.identity.decisions.exchange import ImportResult, export_decisions, import_decisions
from index.identity.decisions.expecting import Expected, expect_versions
from index.identity.decisions.making import DecisionResult, decide, undo
from index.identity.decisions.taking_out import Part, TakeOut, take_out
from index.identity.records import AnyDecision, KeepApart, MadeDecision, Merge, Reject, Rename, Retype, Split

__all__ = [
    "AnyDecision",
    "DecisionResult",
    "Expected",
    "ImportResult",
    "KeepApart",
    "MadeDecision",
    "Merge",
    "Part",
    "Reject",
    "Rename",
    "Retype",
    "Split",
    "TakeOut",
    "decide",
    "expect_versions",
    "export_decisions",
    "import_decisions",
    "take_out",
    "undo",
]
