"""The tables of the catalog, as SQLAlchemy Core knows them. `index.catalog.migrations` brings older files up to these.

Where SQL has NULL and uniqueness matters, "" stands for "none".
"""

from index.catalog.schema.article_tables import (
    amounts,
    appearances,
    article_redirects,
    articles,
    definitions,
    encodings,
    forms,
    grounds,
    intervals,
    mentions,
    names,
    origins,
    spellings,
    texts,
    vectors,
)
from index.catalog.schema.columns import metadata
from index.catalog.schema.entity_tables import (
    alias_parts,
    alias_starts,
    aliases,
    assignments,
    decisions,
    entities,
    redirects,
    suggestions,
)
from index.catalog.schema.resolution_tables import (
    company,
    heads,
    heeded_names,
    name_keys,
    name_states,
    pairs,
    stale_names,
    watches,
)
from index.catalog.schema.run_tables import counters, failures, meta, pending, runs, sources, staged
from index.catalog.schema.work_table import work

__all__ = [
    "alias_parts",
    "alias_starts",
    "aliases",
    "amounts",
    "appearances",
    "article_redirects",
    "articles",
    "assignments",
    "company",
    "counters",
    "decisions",
    "definitions",
    "encodings",
    "entities",
    "failures",
    "forms",
    "grounds",
    "heads",
    "heeded_names",
    "intervals",
    "mentions",
    "meta",
    "metadata",
    "name_keys",
    "name_states",
    "names",
    "origins",
    "pairs",
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
    "watches",
    "work",
]
