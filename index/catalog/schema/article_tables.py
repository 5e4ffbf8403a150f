"""Tables of articles, of the mentions and values in them, and of the names that they use.

Texts that repeat (written forms, evidence, rules) are kept once, in `texts`, `origins` and `grounds`, and referred to
by number. Decimals and dates are text, so that no digit is lost. The counts that are kept (`uses`, `documents`,
`mentions`) change in the transaction that changes the articles; `uses` counts everything, `documents` and `mentions`
only what is part of the story (see `index.keywords.documents`).
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, UniqueConstraint

from index.catalog.schema.columns import TEXT, flag_columns, integer_columns, metadata, text_columns

__all__ = [
    "amounts",
    "appearances",
    "article_redirects",
    "articles",
    "definitions",
    "encodings",
    "forms",
    "grounds",
    "intervals",
    "mentions",
    "names",
    "origins",
    "spellings",
    "texts",
    "vectors",
]

# `file` is the locator of the source that the article was read from; `body` comes last so that the other columns
# are read without it.
articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", TEXT, nullable=False, unique=True),
    *text_columns("locator", "file", "content_hash"),
    Column("extraction", Integer, ForeignKey("texts.id"), nullable=False),
    *text_columns("title"),
    Column("title_start", Integer),
    Column("title_end", Integer),
    *flag_columns("title_is_derived"),
    Column("source", TEXT),
    Column("byline", TEXT),
    Column("language", TEXT),
    Column("url", TEXT),
    Column("published_start", TEXT),
    Column("published_end", TEXT),
    Column("published_precision", TEXT),
    Column("published_value", TEXT),
    *flag_columns("published_approximate"),
    Column("published_anchor", TEXT),
    Column("published_origin", TEXT),
    *text_columns("furniture", "body"),
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
    *text_columns("encoding"),
    *flag_columns("is_guessed"),
)

# Ids that articles had in older versions of the program.
article_redirects = Table(
    "article_redirects",
    metadata,
    Column("old", TEXT, primary_key=True),
    *text_columns("current"),
    sqlite_with_rowid=False,
)

texts = Table(
    "texts",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("text", TEXT, nullable=False, unique=True),
)

# What made a mention: its kind, the component that proposed it, the evidence, and the pack entry.
origins = Table(
    "origins",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *text_columns("kind", "component", "evidence", "reference"),
    UniqueConstraint("kind", "component", "evidence", "reference"),
)

# Why a mention stands for a name, or a name for an entity.
grounds = Table(
    "grounds",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    *text_columns("rule", "evidence"),
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
    *text_columns("kind", "key"),
    UniqueConstraint("kind", "key"),
)

# How articles spell a name in full; `uses` and `documents` count articles.
spellings = Table(
    "spellings",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("name", Integer, ForeignKey("names.id"), nullable=False),
    *text_columns("text", "reference"),
    *integer_columns("uses", "documents", "mentions"),
    UniqueConstraint("name", "text", "reference"),
)

# The written forms of the mentions that stand for a name.
forms = Table(
    "forms",
    metadata,
    Column("name", Integer, ForeignKey("names.id"), primary_key=True),
    Column("text", Integer, ForeignKey("texts.id"), primary_key=True),
    *integer_columns("uses", "mentions"),
    sqlite_with_rowid=False,
)

# A mention and its link: `name` is the name that it stands for in its article, `ground` says why; `in_story` says that
# it counts.
mentions = Table(
    "mentions",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("start", Integer, primary_key=True),
    *integer_columns("end"),
    Column("text", Integer, ForeignKey("texts.id"), nullable=False),
    Column("origin", Integer, ForeignKey("origins.id"), nullable=False),
    *flag_columns("in_furniture", "in_story"),
    Column("name", Integer, ForeignKey("names.id")),
    Column("ground", Integer, ForeignKey("grounds.id")),
    sqlite_with_rowid=False,
)

amounts = Table(
    "amounts",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("currency", TEXT),
    Column("value", TEXT),
    Column("upper", TEXT),
    *flag_columns("approximate"),
    sqlite_with_rowid=False,
)

intervals = Table(
    "intervals",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("start", Integer, primary_key=True),
    Column("first", TEXT),
    Column("last", TEXT),
    *text_columns("precision"),
    Column("value", TEXT),
    *flag_columns("approximate"),
    Column("anchor", TEXT),
    sqlite_with_rowid=False,
)

# Which article uses which name, spelled how, and in how many mentions of its story.
appearances = Table(
    "appearances",
    metadata,
    Column("name", Integer, ForeignKey("names.id"), primary_key=True),
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("spelling", Integer, ForeignKey("spellings.id"), primary_key=True),
    *integer_columns("mentions"),
    sqlite_with_rowid=False,
)

# What an article says about its own names: that a short one stands for a long one.
definitions = Table(
    "definitions",
    metadata,
    Column("article", Integer, ForeignKey("articles.number"), primary_key=True),
    Column("kind", TEXT, primary_key=True),
    Column("short_key", TEXT, primary_key=True),
    Column("long_key", TEXT, primary_key=True),
    sqlite_with_rowid=False,
)
