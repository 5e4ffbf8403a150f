"""Several processes, on several machines, that read into one archive: they share a table of work on a server.

Imports no library of SQL; the table itself is `index.catalog.postgres.work`.
"""

__all__: list[str] = []
