"""SQLite of the catalog: the file, its locks and its connections."""

__all__: list[str] = []
