"""Tables of entities: their names and ids, the decisions of people about them, and suggestions for more."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from index.catalog.schema.columns import TEXT, integer_columns, metadata, text_columns

__all__ = ["alias_parts", "alias_starts", "aliases", "assignments", "decisions", "entities", "redirects", "suggestions"]

# `given` holds the aliases that the resolution gave (JSON), to see when they change.
entities = Table(
    "entities",
    metadata,
    Column("id", TEXT, primary_key=True),
    *text_columns("kind", "name", "folded"),
    Column("reference", TEXT),
    Column("description", TEXT),
    *text_columns("given"),
    *integer_columns("documents", "mentions"),
)
Index("entities_documents", entities.c.kind, entities.c.documents.desc(), entities.c.id)
Index("entities_popular", entities.c.documents.desc(), entities.c.id)
Index("entities_mentions", entities.c.kind, entities.c.mentions.desc(), entities.c.id)
Index("entities_folded", entities.c.kind, entities.c.folded, entities.c.id)

assignments = Table(
    "assignments",
    metadata,
    Column("name", Integer, ForeignKey("names.id"), primary_key=True, autoincrement=False),
    Column("entity", TEXT, ForeignKey("entities.id"), nullable=False),
    Column("ground", Integer, ForeignKey("grounds.id"), nullable=False),
    Index("assignments_entity", "entity"),
)

aliases = Table(
    "aliases",
    metadata,
    Column("entity", TEXT, ForeignKey("entities.id"), primary_key=True),
    Column("text", TEXT, primary_key=True),
    *text_columns("folded"),
    *integer_columns("mentions"),
    Index("aliases_folded", "folded"),
    sqlite_with_rowid=False,
)

# Keys by which folded aliases are found; see `index.catalog.lookups`.
alias_starts = Table(
    "alias_starts",
    metadata,
    Column("start", TEXT, primary_key=True),
    Column("folded", TEXT, primary_key=True),
    sqlite_with_rowid=False,
)
alias_parts = Table(
    "alias_parts",
    metadata,
    Column("part", TEXT, primary_key=True),
    Column("folded", TEXT, primary_key=True),
    sqlite_with_rowid=False,
)

# Ids that entities once had, and the entity that took most of their names.
redirects = Table(
    "redirects",
    metadata,
    Column("old", TEXT, primary_key=True),
    *text_columns("current"),
    sqlite_with_rowid=False,
)

# Decisions of people. `decided_by` is "" when nobody knows; `undone_at` is NULL while a decision holds.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *text_columns("decided", "decided_by", "action", "arguments"),
    Column("undone_at", TEXT),
    Column("undone_by", TEXT),
)

# Pairs of entities that may be one, for a person to decide; see `index.identity.records.Suggestion`. A pair keeps its
# number for as long as it is suggested, and no number is ever given twice.
suggestions = Table(
    "suggestions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    *text_columns("kind"),
    Column("entity", TEXT, ForeignKey("entities.id"), nullable=False),
    Column("into_entity", TEXT, ForeignKey("entities.id"), nullable=False),
    *text_columns("rule", "evidence"),
    *integer_columns("score"),
    UniqueConstraint("entity", "into_entity"),
    Index("suggestions_into", "into_entity"),
)
