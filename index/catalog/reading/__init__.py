"""The catalog read through SQLAlchemy, in SQL that SQLite and PostgreSQL share."""

__all__: list[str] = []
