"""The table of work: sources that wait to be read, and who reads them. It is filled on PostgreSQL only."""

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, Table

from index.catalog.schema.columns import TEXT, integer_columns, metadata

__all__ = ["work"]

# A row is a source that is not done. `run` queued it last, from the path `root`; `stages` is a hash of what must read
# and extract it; `size` and `modified` are those of its file then, and `payload` is what else a worker must know.
# `worker` is the run of the worker that claimed it, `until` when its lease runs out (seconds since 1970, by the
# server's clock), `attempts` how often it was claimed. One that failed has a `reason` and is not waiting until a run
# queues it again.
work = Table(
    "work",
    metadata,
    Column("locator", TEXT, primary_key=True),
    Column("root", TEXT, nullable=False),
    Column("stages", TEXT, nullable=False),
    *integer_columns("size"),
    Column("modified", Float, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("run", Integer, nullable=False),
    Column("is_waiting", Boolean, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("reason", TEXT, nullable=False),
    Column("worker", Integer),
    Column("until", Float),
    Index("work_worker", "worker"),
)
