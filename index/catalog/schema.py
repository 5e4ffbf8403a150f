"""The tables of the catalog, as SQLAlchemy Core knows them. `index.catalog.migrations` brings older files up to these.

Texts that repeat (written forms, evidence, rules) are kept once, in `texts`, `origins` and `grounds`, and referred to
by number. Where SQL has NULL and uniqueness matters, "" stands for "none". Decimals and dates are text, so that no
digit is lost. The counts that are kept (`uses`, `documents`, `mentions`) change in the transaction that changes the
articles; `uses` counts everything, `documents` and `mentions` only what is part of the story (see
`index.keywords.documents`).
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = [
    "alias_parts",
    "alias_starts",
    "aliases",
    "amounts",
    "appearances",
    "article_redirects",
    "articles",
    "assignments",
    "counters",
    "decisions",
    "definitions",
    "encodings",
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
    "staged",
    "stale_names",
    "suggestions",
    "texts",
    "vectors",
]

metadata = MetaData()

# Texts are compared by code point everywhere, as SQLite does: order, ranges and indexes agree with Python.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


# Sizes of files go beyond 32 bits; SQLite has whole numbers of 64 anyway.
_NUMBER = Integer().with_variant(BigInteger(), "postgresql")


def _texts(*names: str) -> tuple[Column[str], ...]:
    """Columns of text, none of them NULL."""
    return tuple(Column(name, _TEXT, nullable=False) for name in names)


def _integers(*names: str) -> tuple[Column[int], ...]:
    """Columns of whole numbers, none of them NULL."""
    return tuple(Column(name, _NUMBER, nullable=False) for name in names)


def _flags(*names: str) -> tuple[Column[bool], ...]:
    """Columns of truth values, none of them NULL."""
    return tuple(Column(name, Boolean, nullable=False) for name in names)


# "schema_version", "archive" (the random id of the archive), "engine" and "generation" (the commit of the engine that
# belongs to this state), and what the program remembers between runs ("resolution", "separations", "packs").
meta = Table("meta", metadata, Column("key", _TEXT, primary_key=True), Column("value", _TEXT, nullable=False))

# The last number that each counter gave; see `index.catalog.writing.counters`.
counters = Table(
    "counters",
    metadata,
    Column("name", _TEXT, primary_key=True),
    *_integers("value"),
    sqlite_with_rowid=False,
)

# `file` is the locator of the source that the article was read from; `body` comes last so that the other columns
# are read without it.
articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", _TEXT, nullable=False, unique=True),
    *_texts("locator", "file", "content_hash"),
    Column("extraction", Integer, ForeignKey("texts.id"), nullable=False),
    *_texts("title"),
    Column("title_start", Integer),
    Column("title_end", Integer),
    *_flags("title_is_derived"),
    Column("source", _TEXT),
    Column("byline", _TEXT),
    Column("language", _TEXT),
    Column("url", _TEXT),
    Column("published_start", _TEXT),
    Column("published_end", _TEXT),
    Column("published_precision", _TEXT),
    Column("published_value", _TEXT),
    *_flags("published_approximate"),
    Column("published_anchor", _TEXT),
    Column("published_origin", _TEXT),
    *_texts("furniture", "body"),
    Index("articles_locator", "locator"),
    Index("articles_url", "url"),
    Index("articles_file", "file"),
    Index("articles_published", "published_start", "published_end"),
)

# The encoding of the text of an article in its file. Articles that were read by older programs, or from files of
# formats without one, have no row. A table of its own, as SQLite can add columns only behind the body.
encodings = Table(
    "encodings",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True, autoincrement=False),
    *_texts("encoding"),
    *_flags("is_guessed"),
)

# Ids that articles had in older versions of the program.
article_redirects = Table(
    "article_redirects",
    metadata,
    Column("old", _TEXT, primary_key=True),
    *_texts("current"),
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
    *_integers("run", "version", "size"),
    *_texts("kind", "locator", "file", "extraction"),
    Column("article", _TEXT),
    Column("content_hash", _TEXT),
    Column("payload", LargeBinary, nullable=False),
    Index("staged_article", "article"),
)

texts = Table(
    "texts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("text", _TEXT, nullable=False, unique=True),
)

# What made a mention: its kind, the component that proposed it, the evidence, and the pack entry.
origins = Table(
    "origins",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *_texts("kind", "component", "evidence", "reference"),
    UniqueConstraint("kind", "component", "evidence", "reference"),
)

# Why a mention stands for a name, or a name for an entity.
grounds = Table(
    "grounds",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *_texts("rule", "evidence"),
    UniqueConstraint("rule", "evidence"),
)

# The vectors of articles. `stage` is the text of the stage that made it; `number`, given once and never again, is the
# place of a vector in the file of vectors (see `index.recognizer.encoder.matrix`). Both are NULL where the encoder does
# not know the language of the article.
vectors = Table(
    "vectors",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True, autoincrement=False),
    Column("stage", Integer, ForeignKey("texts.id"), nullable=False),
    Column("number", Integer),
    Column("vector", LargeBinary),
    Index("vectors_number", "number"),
)

# The distinct names of the archive, over which identity is decided.
names = Table(
    "names",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *_texts("kind", "key"),
    UniqueConstraint("kind", "key"),
)

# How articles spell a name in full; `uses` and `documents` count articles.
spellings = Table(
    "spellings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Integer, ForeignKey("names.id"), nullable=False),
    *_texts("text", "reference"),
    *_integers("uses", "documents", "mentions"),
    UniqueConstraint("name", "text", "reference"),
)

# The written forms of the mentions that stand for a name.
forms = Table(
    "forms",
    metadata,
    Column("name", Integer, ForeignKey("names.id"), primary_key=True),
    Column("text", Integer, ForeignKey("texts.id"), primary_key=True),
    *_integers("uses", "mentions"),
    sqlite_with_rowid=False,
)

# A mention and its link: `name` is the name that it stands for in its article, `ground` says why; `in_story` says that
# it counts.
mentions = Table(
    "mentions",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("start", Integer, primary_key=True),
    *_integers("end"),
    Column("text", Integer, ForeignKey("texts.id"), nullable=False),
    Column("origin", Integer, ForeignKey("origins.id"), nullable=False),
    *_flags("in_furniture", "in_story"),
    Column("name", Integer, ForeignKey("names.id")),
    Column("ground", Integer, ForeignKey("grounds.id")),
    sqlite_with_rowid=False,
)

amounts = Table(
    "amounts",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("currency", _TEXT),
    Column("value", _TEXT),
    Column("upper", _TEXT),
    *_flags("approximate"),
    sqlite_with_rowid=False,
)

intervals = Table(
    "intervals",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("first", _TEXT),
    Column("last", _TEXT),
    *_texts("precision"),
    Column("value", _TEXT),
    *_flags("approximate"),
    Column("anchor", _TEXT),
    sqlite_with_rowid=False,
)

# Which article uses which name, spelled how, and in how many mentions of its story.
appearances = Table(
    "appearances",
    metadata,
    Column("name", Integer, ForeignKey("names.id"), primary_key=True),
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("spelling", Integer, ForeignKey("spellings.id"), primary_key=True),
    *_integers("mentions"),
    sqlite_with_rowid=False,
)

# What an article says about its own names: that a short one stands for a long one.
definitions = Table(
    "definitions",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("kind", _TEXT, primary_key=True),
    Column("short_key", _TEXT, primary_key=True),
    Column("long_key", _TEXT, primary_key=True),
    sqlite_with_rowid=False,
)

# Names whose counts changed since identity was last decided.
stale_names = Table("stale_names", metadata, Column("name", Integer, primary_key=True, autoincrement=False))

# `given` holds the aliases that the resolution gave (JSON), to see when they change.
entities = Table(
    "entities",
    metadata,
    Column("id", _TEXT, primary_key=True),
    *_texts("kind", "name", "folded"),
    Column("reference", _TEXT),
    Column("description", _TEXT),
    *_texts("given"),
    *_integers("documents", "mentions"),
)
Index("entities_documents", entities.c.kind, entities.c.documents.desc(), entities.c.id)
Index("entities_popular", entities.c.documents.desc(), entities.c.id)
Index("entities_mentions", entities.c.kind, entities.c.mentions.desc(), entities.c.id)
Index("entities_folded", entities.c.kind, entities.c.folded, entities.c.id)

assignments = Table(
    "assignments",
    metadata,
    Column("name", Integer, ForeignKey("names.id"), primary_key=True, autoincrement=False),
    Column("entity", _TEXT, ForeignKey("entities.id"), nullable=False),
    Column("ground", Integer, ForeignKey("grounds.id"), nullable=False),
    Index("assignments_entity", "entity"),
)

aliases = Table(
    "aliases",
    metadata,
    Column("entity", _TEXT, ForeignKey("entities.id"), primary_key=True),
    Column("text", _TEXT, primary_key=True),
    *_texts("folded"),
    *_integers("mentions"),
    Index("aliases_folded", "folded"),
    sqlite_with_rowid=False,
)

# Keys by which folded aliases are found; see `index.catalog.lookups`.
alias_starts = Table(
    "alias_starts",
    metadata,
    Column("start", _TEXT, primary_key=True),
    Column("folded", _TEXT, primary_key=True),
    sqlite_with_rowid=False,
)
alias_parts = Table(
    "alias_parts",
    metadata,
    Column("part", _TEXT, primary_key=True),
    Column("folded", _TEXT, primary_key=True),
    sqlite_with_rowid=False,
)

# Ids that entities once had, and the entity that took most of their names.
redirects = Table(
    "redirects",
    metadata,
    Column("old", _TEXT, primary_key=True),
    *_texts("current"),
    sqlite_with_rowid=False,
)

# Decisions of people. `decided_by` is "" when nobody knows; `undone_at` is NULL while a decision holds.
decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *_texts("decided", "decided_by", "action", "arguments"),
    Column("undone_at", _TEXT),
    Column("undone_by", _TEXT),
)

# Pairs of entities that may be one, for a person to decide; see `index.identity.records.Suggestion`. A pair keeps its
# number for as long as it is suggested, and no number is ever given twice.
suggestions = Table(
    "suggestions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    *_texts("kind"),
    Column("entity", _TEXT, ForeignKey("entities.id"), nullable=False),
    Column("into_entity", _TEXT, ForeignKey("entities.id"), nullable=False),
    *_texts("rule", "evidence"),
    *_integers("score"),
    UniqueConstraint("entity", "into_entity"),
    Index("suggestions_into", "into_entity"),
)

# `relinked` counts the documents that were written again although their articles had not changed.
runs = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *_texts("started"),
    Column("finished", _TEXT),
    *_integers("read", "added", "changed", "unchanged", "removed", "failed", "relinked"),
)

failures = Table(
    "failures",
    metadata,
    Column("locator", _TEXT, primary_key=True),
    *_texts("file", "reason", "message", "hint", "met"),
    *_integers("run"),
)

# Files that were read to their end, as they were then, with how many articles and unreadable rows; `reading` is the
# fingerprint of what read and extracted them. A file that looks the same is not read again.
sources = Table(
    "sources",
    metadata,
    Column("locator", _TEXT, primary_key=True),
    *_integers("size"),
    Column("modified", Float, nullable=False),
    *_texts("reading"),
    *_integers("articles", "failures"),
    sqlite_with_rowid=False,
)

# Documents that the engine has not confirmed: to be written, or to be deleted when no article has the id any more.
# `mark` is another one each time a document is marked.
pending = Table("pending", metadata, Column("id", _TEXT, primary_key=True), *_integers("mark"), sqlite_with_rowid=False)
