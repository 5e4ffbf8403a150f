"""SQL compiled once for all catalog files that a process opens.

SQLAlchemy keeps what it has compiled with the engine of one file and for the dialect of that. A program that opens
several archives, or one again and again, would compile the same few hundred statements each time: a quarter of the time
that a small archive takes.
"""

from typing import Any, Final

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

__all__ = ["COMPILED", "DRIVER", "Dialect"]

DRIVER: Final = "sqlite+dossier"
COMPILED: Final[LRUCache[Any, Any]] = LRUCache(1_000)
"""Compiled statements, for the execution option `compiled_cache`."""


class Dialect(SQLiteDialect_pysqlite):
    """The usual one, equal to every other of its kind, so that what one has compiled serves them all."""

    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self)

    def __hash__(self) -> int:
        return hash(type(self))


registry.register("sqlite.dossier", __name__, Dialect.__name__)
