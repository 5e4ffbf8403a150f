"""The exceptions of all layers. A message says what was wrong, where, and what to do next.

DossierError
├── UsageError               an option, setting or argument that cannot be used
│   └── PruneRefusedError    more would be forgotten than somebody may mean
├── ReadError                one file or row could not be read; the run goes on
├── PackError                a pack file is malformed (file and line in the message)
├── ModelError               an extraction model is missing or unusable
├── DiskFullError            a disk is full, or cannot be written; what was committed is kept
├── UsersError               the file of users cannot be read or written
├── ClusterError             the machines that extract cannot be reached, or do other work than this one would
├── NotFoundError            nothing has the id that was asked for
│   ├── ArticleNotFoundError
│   └── EntityNotFoundError
├── CatalogError             the catalog cannot be opened, or is newer than this program
│   └── DecisionError        a merge, split, rename, retype, reject or undo that makes no sense
└── EngineError
    ├── IndexMissingError    there is no index here, or not the commit that was asked for
    ├── IndexOutdatedError   written by another version of the schema, analyzer or codec
    ├── IndexDamagedError    a file is missing, truncated or altered
    ├── IndexUntrustedError  its manifest names files that no index has
    ├── IndexLockedError     another process is writing
    ├── EngineUnavailableError  the engine's server cannot be reached
    ├── EngineTimeoutError      the engine did not answer in time
    └── DocumentRejectedError   the engine refused some documents
"""

import errno
from collections.abc import Mapping

__all__ = [
    "ArticleNotFoundError",
    "CatalogError",
    "ClusterError",
    "DecisionError",
    "DiskFullError",
    "DocumentRejectedError",
    "DossierError",
    "EngineError",
    "EngineTimeoutError",
    "EngineUnavailableError",
    "EntityNotFoundError",
    "IndexDamagedError",
    "IndexLockedError",
    "IndexMissingError",
    "IndexOutdatedError",
    "IndexUntrustedError",
    "ModelError",
    "NotFoundError",
    "PackError",
    "PruneRefusedError",
    "ReadError",
    "UsageError",
    "UsersError",
    "is_disk_full",
]

_SHOWN = 3
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def is_disk_full(error: OSError) -> bool:
    """True for an error that says that there is no more space: on the disk, for this user, or in this file."""
    return error.errno in _FULL


class DossierError(Exception):
    """Base of every error that Dossier raises on purpose; its message is fit to show to a user."""


class UsageError(DossierError):
    """An option, setting or argument cannot be used as given."""


class PruneRefusedError(UsageError):
    """Pruning would forget more than a tenth of the archive: `gone` articles of `total`. Nothing was forgotten.

    All else that the run did is kept.
    """

    def __init__(self, gone: int, total: int) -> None:
        super().__init__(
            f"{gone:,} of {total:,} articles would be forgotten: their files are not there. Nothing was forgotten; "
            "what was read is kept. Look whether a disk or folder is missing; if not, say --yes (in Python: "
            "prune_many=True)."
        )
        self.gone = gone
        self.total = total


class ReadError(DossierError):
    """One file or row cannot be read. `reason` is a short stable code for reports, `hint` what to do about it."""

    def __init__(self, message: str, *, reason: str, hint: str = "") -> None:
        super().__init__(message)
        self.reason = reason
        self.hint = hint


class PackError(DossierError):
    """A pack file is malformed."""


class ModelError(DossierError):
    """An extraction model is missing or cannot be used."""


class ClusterError(DossierError):
    """The machines that extract articles cannot be reached or started, or would do other work than this one."""


class DiskFullError(DossierError):
    """A disk is full, or cannot be written. What was committed is kept, and the same command goes on from there."""


class UsersError(DossierError):
    """The file of users cannot be read or written."""


class NotFoundError(DossierError):
    """Nothing has the id that was asked for."""


class ArticleNotFoundError(NotFoundError):
    """No article has this id."""


class EntityNotFoundError(NotFoundError):
    """No entity has this id."""


class CatalogError(DossierError):
    """The catalog cannot be opened or used."""


class DecisionError(CatalogError):
    """A decision about identity does not make sense for the entities it names."""


class EngineError(DossierError):
    """An engine cannot do what it was asked."""


class IndexMissingError(EngineError):
    """There is no index in the given place, or it has no commit with the given generation (any more)."""


class IndexOutdatedError(EngineError):
    """The index was written by another version of the schema, analyzer or codec."""


class IndexDamagedError(EngineError):
    """A file of the index is missing, truncated or altered."""


class IndexUntrustedError(EngineError):
    """The manifest of an index names files that no index has, such as files outside of its folder; none is opened."""


class IndexLockedError(EngineError):
    """Another process is writing to the index."""


class EngineUnavailableError(EngineError):
    """The server of an engine cannot be reached or refuses to work now. Trying again later may help."""


class EngineTimeoutError(EngineError):
    """An engine did not answer in time. What was asked may still take effect."""


class DocumentRejectedError(EngineError):
    """An engine refused some documents for their content; `reasons` says why, by id. All others were taken."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        shown = "; ".join(f"{article}: {reason}" for article, reason in list(reasons.items())[:_SHOWN])
        super().__init__(
            f"The engine refused {len(reasons):,} articles ({shown}). All others were taken. Mend or leave out these."
        )
        self.reasons = dict(reasons)
