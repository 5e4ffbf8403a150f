"""The source of truth in SQL: articles, mentions, entities, decisions, runs. Only this package imports SQLAlchemy.

`open.open_reader` reads it, a file with the standard library alone, and `store.open_catalog` writes it. `reading` and
`writing` are the same for all databases; `sqlite` and `postgres` hold what only one of them has.
"""

__all__: list[str] = []
