"""The catalog in a PostgreSQL database: connections, locks, errors, and the words of its SQL that differ."""

__all__: list[str] = []
