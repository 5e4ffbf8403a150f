"""Tables that a resolution reads and leaves for the next one; see `index.identity.stored`. Readers do not use them.

Groups and heads are texts such as "people/ismail demir": a decision can make one that no article names.
"""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, Table

from index.catalog.schema.article_tables import appearances, mentions
from index.catalog.schema.columns import TEXT, metadata

__all__ = ["company", "heads", "heeded_names", "name_keys", "name_states", "pairs", "stale_names", "watches"]

# Names whose counts changed since identity was last decided.
stale_names = Table("stale_names", metadata, Column("name", Integer, primary_key=True, autoincrement=False))

# What the rules made of a name. `grouped` is NULL for a name that is a group by itself, nearly all; `choice` is JSON.
name_states = Table(
    "name_states",
    metadata,
    Column("name", Integer, ForeignKey("names.id"), primary_key=True, autoincrement=False),
    Column("grouped", TEXT),
    Column("text", TEXT, nullable=False),
    Column("mentions", Integer, nullable=False),
    Column("is_acronym", Boolean, nullable=False),
    Column("reference", TEXT),
    Column("entry", TEXT),
    Column("target", TEXT),
    Column("stage", Integer),
    Column("ground", Integer, ForeignKey("grounds.id")),
    Column("choice", TEXT),
    Index("name_states_target", "target"),
    Index("name_states_grouped", "grouped"),
)

# Keys under which names depend on each other; see `index.identity.name_keys`.
name_keys = Table(
    "name_keys",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("role", Integer, primary_key=True, autoincrement=False),
    Column("name", Integer, ForeignKey("names.id"), primary_key=True, autoincrement=False),
    Index("name_keys_name", "name"),
    sqlite_with_rowid=False,
)

# Names with an open choice, by the heads that their company was weighed with.
watches = Table(
    "watches",
    metadata,
    Column("head", TEXT, primary_key=True),
    Column("is_companion", Boolean, primary_key=True),
    Column("name", Integer, ForeignKey("names.id"), primary_key=True, autoincrement=False),
    Index("watches_name", "name"),
    sqlite_with_rowid=False,
)

# Heads of the clusters of the rules, merged ones included: the ids that they want and have, and their entities.
heads = Table(
    "heads",
    metadata,
    Column("head", TEXT, primary_key=True),
    Column("wanted", TEXT, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("id", TEXT, nullable=False),
    Column("entity", TEXT, nullable=False),
    Column("members", Integer, nullable=False),
    Index("heads_wanted", "wanted"),
    Index("heads_entity", "entity"),
    sqlite_with_rowid=False,
)

# Pairs of names that may be one entity, before people are asked; suggestions are made of these.
pairs = Table(
    "pairs",
    metadata,
    Column("left_group", TEXT, primary_key=True),
    Column("right_group", TEXT, primary_key=True),
    Column("is_choice", Boolean, primary_key=True),
    Column("rule", TEXT, nullable=False),
    Column("evidence", TEXT, nullable=False),
    Column("score", Integer, nullable=False),
    Index("pairs_right", "right_group"),
    sqlite_with_rowid=False,
)

# The most frequent companions of names that were weighed for an open choice, as JSON: pairs of a name and a number of
# articles. No other has more than `rest`. All articles up to `last_article` are counted; a row is deleted when one of
# them is replaced or removed.
company = Table(
    "company",
    metadata,
    Column("name", Integer, ForeignKey("names.id"), primary_key=True, autoincrement=False),
    Column("beside", TEXT, nullable=False),
    Column("rest", Integer, nullable=False),
    Column("last_article", Integer, nullable=False),
)

# The names in the decisions that the last resolution heeded.
heeded_names = Table(
    "heeded_names",
    metadata,
    Column("name", TEXT, primary_key=True),
    Column("decision", Integer, primary_key=True, autoincrement=False),
    Index("heeded_names_decision", "decision"),
    sqlite_with_rowid=False,
)

# A name or spelling that no article has any more is deleted; without these, each deletion reads all mentions.
Index("mentions_name", mentions.c.name)
Index("appearances_spelling", appearances.c.spelling)
