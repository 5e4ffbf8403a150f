"""Tables of runs and of the catalog itself: what was read, staged and refused, and what the engine must write."""

from sqlalchemy import Column, Float, Index, Integer, LargeBinary, Table

from index.catalog.schema.columns import TEXT, integer_columns, metadata, text_columns

__all__ = ["counters", "failures", "meta", "pending", "runs", "sources", "staged"]

# "schema_version", "archive" (the random id of the archive), "engine" and "generation" (the commit of the engine that
# belongs to this state), and what the program remembers between runs ("resolution", "separations", "packs").
meta = Table("meta", metadata, Column("key", TEXT, primary_key=True), Column("value", TEXT, nullable=False))

# The last number that each counter gave; see `index.catalog.writing.counters`.
counters = Table(
    "counters",
    metadata,
    Column("name", TEXT, primary_key=True),
    *integer_columns("value"),
    sqlite_with_rowid=False,
)

# What was read and extracted but not published; readers never see it. `kind` says what `payload` holds ("article",
# "failure", "source"), `version` how it is encoded, `size` its length before compression; see
# `index.catalog.writing.staging`. `article` and `content_hash` are those of an article, by which the next one with its
# id is recognized.
staged = Table(
    "staged",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    *integer_columns("run", "version", "size"),
    *text_columns("kind", "locator", "file", "extraction"),
    Column("article", TEXT),
    Column("content_hash", TEXT),
    Column("payload", LargeBinary, nullable=False),
    Index("staged_article", "article"),
)

# `relinked` counts the documents that were written again although their articles had not changed.
runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *text_columns("started"),
    Column("finished", TEXT),
    *integer_columns("read", "added", "changed", "unchanged", "removed", "failed", "relinked"),
)

failures = Table(
    "failures",
    metadata,
    Column("locator", TEXT, primary_key=True),
    *text_columns("file", "reason", "message", "hint", "met"),
    *integer_columns("run"),
)

# Files that were read to their end, as they were then, with how many articles and unreadable rows; `reading` is the
# fingerprint of what read and extracted them. A file that looks the same is not read again.
sources = Table(
    "sources",
    metadata,
    Column("locator", TEXT, primary_key=True),
    *integer_columns("size"),
    Column("modified", Float, nullable=False),
    *text_columns("reading"),
    *integer_columns("articles", "failures"),
    sqlite_with_rowid=False,
)

# Documents that the engine has not confirmed: to be written, or to be deleted when no article has the id any more.
# `mark` is another one each time a document is marked.
pending = Table(
    "pending", metadata, Column("id", TEXT, primary_key=True), *integer_columns("mark"), sqlite_with_rowid=False
)
