"""The catalog in a PostgreSQL database: connections, locks and errors. Read and written by the statements of all."""

__all__: list[str] = []
