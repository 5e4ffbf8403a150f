"""The truth in SQL: articles, mentions, entities, decisions, runs, failures. Only this package imports SQLAlchemy."""

__all__: list[str] = []
