"""The truth in SQL: articles, mentions, entities, decisions, runs, failures. Only this package imports SQLAlchemy.

`open.open_reader` reads it with the standard library alone, `store.open_catalog` writes it.
"""

__all__: list[str] = []
