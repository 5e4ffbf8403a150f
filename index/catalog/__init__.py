"""The source of truth in SQL: articles, mentions, entities, decisions, runs. Only this package imports SQLAlchemy.

`open.open_reader` reads it with the standard library alone, `store.open_catalog` writes it. Only modules
called `sqlite_*` use what SQLite alone has; `sql_*` are their counterparts, in SQL that PostgreSQL understands too.
"""

__all__: list[str] = []
