"""The exceptions of all layers. A message says what was wrong, where, and what to do next.

DossierError
├── UsageError               an option, setting or argument that cannot be used
├── ReadError                one file or row could not be read; the run goes on
├── PackError                a pack file is malformed (file and line in the message)
├── ModelError               an extraction model is missing or unusable
├── CatalogError             the catalog cannot be opened, or is newer than this program
│   ├── EntityNotFoundError
│   ├── ArticleNotFoundError
│   └── DecisionError        a merge, split, rename, retype, reject or undo that makes no sense
└── EngineError
    ├── IndexMissingError    there is no index here
    ├── IndexOutdatedError   written by another version of the schema, analyzer or codec
    ├── IndexDamagedError    a file is missing, truncated or altered
    ├── IndexUntrustedError  not written by this installation
    └── IndexLockedError     another process is writing
"""

__all__ = [
    "ArticleNotFoundError",
    "CatalogError",
    "DecisionError",
    "DossierError",
    "EngineError",
    "EntityNotFoundError",
    "IndexDamagedError",
    "IndexLockedError",
    "IndexMissingError",
    "IndexOutdatedError",
    "IndexUntrustedError",
    "ModelError",
    "PackError",
    "ReadError",
    "UsageError",
]


class DossierError(Exception):
    """Base of every error that Dossier raises on purpose; its message is fit to show to a user."""


class UsageError(DossierError):
    """An option, setting or argument cannot be used as given."""


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


class CatalogError(DossierError):
    """The catalog cannot be opened or used."""


class EntityNotFoundError(CatalogError):
    """No entity has this id."""


class ArticleNotFoundError(CatalogError):
    """No article has this id."""


class DecisionError(CatalogError):
    """A decision about identity does not make sense for the entities it names."""


class EngineError(DossierError):
    """An engine cannot do what it was asked."""


class IndexMissingError(EngineError):
    """There is no index in the given folder."""


class IndexOutdatedError(EngineError):
    """The index was written by another version of the schema, analyzer or codec."""


class IndexDamagedError(EngineError):
    """A file of the index is missing, truncated or altered."""


class IndexUntrustedError(EngineError):
    """The index was not written by this installation, so nothing in it may be executed."""


class IndexLockedError(EngineError):
    """Another process is writing to the index."""
