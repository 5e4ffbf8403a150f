"""Numbers given by the database: each is given once, however many processes write."""

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select, update

from index.catalog.schema import counters
from index.catalog.writing.statements import add_counts

__all__ = [
    "ARTICLES",
    "CHANGED_TEXTS",
    "CHANGES",
    "DECISIONS",
    "DELETED_NAMES",
    "MARKS",
    "RUNS",
    "STAGED",
    "SUGGESTIONS",
    "VECTORS",
    "read_counters",
    "reserve",
]

# Counters besides those of the dictionaries, which are called like their tables.
ARTICLES = "articles"
# Times that an article came or changed.
ARRIVALS = "arrivals"
# Transactions that changed anything a reader can see.
CHANGES = "changes"
# Times that rows of `texts` were given another text, so that numbers kept in memory may be those of others.
CHANGED_TEXTS = "changed texts"
DECISIONS = "decisions"
# Times that rows of `names` or `spellings` were deleted, so that numbers kept in memory may mean nothing any more.
DELETED_NAMES = "deleted names"
# Marks of pending documents.
MARKS = "marks"
RUNS = "runs"
STAGED = "staged"
SUGGESTIONS = "suggestions"
VECTORS = "vectors"


def reserve(connection: Connection, counter: str, count: int = 1) -> int:
    """Reserve the next `count` numbers of a counter and return the first of them; counters start at 1.

    The numbers belong to the transaction: when it is rolled back, they are given again.
    """
    values = {"_name": counter, "_count": count}
    if connection.execute(_RAISE, values).rowcount == 0:
        # Two transactions cannot both come here: the second waits for the first, and then adds to its row.
        add_counts(connection, counters, ("value",), [{"name": counter, "value": count}])
    last: int = connection.execute(_READ, {"_name": counter}).scalar_one()
    return last - count + 1


# Made once: SQLAlchemy takes longer to put such statements together than SQLite to execute them.
_RAISE = (
    update(counters).where(counters.c.name == bindparam("_name")).values(value=counters.c.value + bindparam("_count"))
)
_READ = select(counters.c.value).where(counters.c.name == bindparam("_name"))


def read_counters(connection: Connection) -> Mapping[str, int]:
    """Return the last number given by each counter; a counter that gave none may be missing."""
    return dict(connection.execute(select(counters.c.name, counters.c.value)).all())
