"""The source of truth in SQL: articles, mentions, entities, decisions, runs. Only this package imports SQLAlchemy.

`open.open_reader` reads it with the standard library alone, `store.open_catalog` writes it. Only `sqlite` uses what
SQLite alone has; `reading` is its counterpart, in SQL that PostgreSQL understands too, and so is `writing`.
"""

__all__: list[str] = []
