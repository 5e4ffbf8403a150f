"""The tables of the catalog, as SQLAlchemy Core knows them. `index.catalog.migrations` brings older files up to these.

Texts that repeat (written forms, evidence, rules) are kept once, in `texts`, `origins` and `grounds`, and referred to
by number. Where SQL has NULL and uniqueness matters, "" stands for "none". Decimals and dates are text, so that no
digit is lost. The counts that are kept (`uses`, `documents`, `mentions`) change in the transaction that changes the
articles; `uses` counts everything, `documents` and `mentions` only what is part of the story (see `index.documents`).
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, Table, Text, UniqueConstraint

__all__ = [
    "alias_parts",
    "alias_starts",
    "aliases",
    "amounts",
    "appearances",
    "articles",
    "assignments",
    "decisions",
    "definitions",
    "entities",
    "failures",
    "forms",
    "grounds",
    "intervals",
    "mentions",
    "meta",
    "metadata",
    "names",
    "origins",
    "pending",
    "redirects",
    "runs",
    "sources",
    "spellings",
    "stale_names",
    "suggestions",
    "texts",
]

metadata = MetaData()

# "schema_version", and what the program remembers between runs ("engine", "resolution", "last_suggestion").
meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# `file` is the locator of the source that the article was read from; `body` comes last so that the other columns
# are read without it.
articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("locator", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("extraction", Integer, ForeignKey("texts.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("title_start", Integer),
    Column("title_end", Integer),
    Column("title_is_derived", Boolean, nullable=False),
    Column("source", Text),
    Column("byline", Text),
    Column("language", Text),
    Column("url", Text),
    Column("published_start", Text),
    Column("published_end", Text),
    Column("published_precision", Text),
    Column("published_value", Text),
    Column("published_approximate", Boolean, nullable=False),
    Column("published_anchor", Text),
    Column("published_origin", Text),
    Column("furniture", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("articles_locator", "locator"),
    Index("articles_url", "url"),
    Index("articles_file", "file"),
    Index("articles_published", "published_start", "published_end"),
)

texts = Table(
    "texts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False, unique=True),
)

# What made a mention: its kind, the component that proposed it, the evidence, and the pack entry.
origins = Table(
    "origins",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("component", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("reference", Text, nullable=False),
    UniqueConstraint("kind", "component", "evidence", "reference"),
)

# Why a mention stands for a name, or a name for an entity.
grounds = Table(
    "grounds",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("rule", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    UniqueConstraint("rule", "evidence"),
)

# The distinct names of the archive, over which identity is decided.
names = Table(
    "names",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    UniqueConstraint("kind", "key"),
)

# How articles spell a name in full; `uses` and `documents` count articles.
spellings = Table(
    "spellings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Integer, ForeignKey("names.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("mentions", Integer, nullable=False),
    UniqueConstraint("name", "text", "reference"),
)

# The written forms of the mentions that stand for a name.
forms = Table(
    "forms",
    metadata,
    Column("name", Integer, ForeignKey("names.id"), primary_key=True),
    Column("text", Integer, ForeignKey("texts.id"), primary_key=True),
    Column("uses", Integer, nullable=False),
    Column("mentions", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# A mention and its link: `name` is the name that it stands for in its article, `ground` says why; `in_story` says that
# it counts.
mentions = Table(
    "mentions",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("text", Integer, ForeignKey("texts.id"), nullable=False),
    Column("origin", Integer, ForeignKey("origins.id"), nullable=False),
    Column("in_furniture", Boolean, nullable=False),
    Column("in_story", Boolean, nullable=False),
    Column("name", Integer, ForeignKey("names.id")),
    Column("ground", Integer, ForeignKey("grounds.id")),
    sqlite_with_rowid=False,
)

amounts = Table(
    "amounts",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("currency", Text),
    Column("value", Text),
    Column("upper", Text),
    Column("approximate", Boolean, nullable=False),
    sqlite_with_rowid=False,
)

intervals = Table(
    "intervals",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("first", Text),
    Column("last", Text),
    Column("precision", Text, nullable=False),
    Column("value", Text),
    Column("approximate", Boolean, nullable=False),
    Column("anchor", Text),
    sqlite_with_rowid=False,
)

# Which article uses which name, spelled how, and in how many mentions of its story.
appearances = Table(
    "appearances",
    metadata,
    Column("name", Integer, ForeignKey("names.id"), primary_key=True),
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("spelling", Integer, ForeignKey("spellings.id"), primary_key=True),
    Column("mentions", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What an article says about its own names: that a short one stands for a long one.
definitions = Table(
    "definitions",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("short_key", Text, primary_key=True),
    Column("long_key", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# Names whose counts changed since identity was last decided.
stale_names = Table("stale_names", metadata, Column("name", Integer, primary_key=True, autoincrement=False))

# `given` holds the aliases that the resolution gave (JSON), to see when they change.
entities = Table(
    "entities",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("reference", Text),
    Column("description", Text),
    Column("given", Text, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("mentions", Integer, nullable=False),
)
Index("entities_documents", entities.c.kind, entities.c.documents.desc(), entities.c.id)
Index("entities_popular", entities.c.documents.desc(), entities.c.id)
Index("entities_mentions", entities.c.kind, entities.c.mentions.desc(), entities.c.id)
Index("entities_folded", entities.c.kind, entities.c.folded, entities.c.id)

assignments = Table(
    "assignments",
    metadata,
    Column("name", Integer, ForeignKey("names.id"), primary_key=True, autoincrement=False),
    Column("entity", Text, ForeignKey("entities.id"), nullable=False),
    Column("ground", Integer, ForeignKey("grounds.id"), nullable=False),
    Index("assignments_entity", "entity"),
)

aliases = Table(
    "aliases",
    metadata,
    Column("entity", Text, ForeignKey("entities.id"), primary_key=True),
    Column("text", Text, primary_key=True),
    Column("folded", Text, nullable=False),
    Column("mentions", Integer, nullable=False),
    Index("aliases_folded", "folded"),
    sqlite_with_rowid=False,
)

# Keys by which folded aliases are found; see `index.catalog.lookups`.
alias_starts = Table(
    "alias_starts",
    metadata,
    Column("start", Text, primary_key=True),
    Column("folded", Text, primary_key=True),
    sqlite_with_rowid=False,
)
alias_parts = Table(
    "alias_parts",
    metadata,
    Column("part", Text, primary_key=True),
    Column("folded", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# Ids that entities once had, and the entity that took most of their names.
redirects = Table(
    "redirects",
    metadata,
    Column("old", Text, primary_key=True),
    Column("current", Text, nullable=False),
    sqlite_with_rowid=False,
)

# A log: undoing a decision is a decision too, and no row ever changes.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("decided", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("arguments", Text, nullable=False),
)

# Pairs of entities that may be one, for a person to decide; see `index.resolve.records.Suggestion`. A pair keeps its
# number for as long as it is suggested, and no number is ever given twice.
suggestions = Table(
    "suggestions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("entity", Text, ForeignKey("entities.id"), nullable=False),
    Column("into_entity", Text, ForeignKey("entities.id"), nullable=False),
    Column("rule", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("score", Integer, nullable=False),
    UniqueConstraint("entity", "into_entity"),
    Index("suggestions_into", "into_entity"),
)

# `relinked` counts the documents that were written again although their articles had not changed.
runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    Column("read", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("removed", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("relinked", Integer, nullable=False),
)

failures = Table(
    "failures",
    metadata,
    Column("locator", Text, primary_key=True),
    Column("file", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("hint", Text, nullable=False),
    Column("met", Text, nullable=False),
    Column("run", Integer, nullable=False),
)

# Files that were read to their end, as they were then, with how many articles and unreadable rows; `reading` is the
# fingerprint of what read and extracted them. A file that looks the same is not read again.
sources = Table(
    "sources",
    metadata,
    Column("locator", Text, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("modified", Float, nullable=False),
    Column("reading", Text, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# Documents that the engine has not confirmed: to be written, or to be deleted when no article has the id any more.
pending = Table("pending", metadata, Column("id", Text, primary_key=True), sqlite_with_rowid=False)
