"""SQLite of the catalog: the file and its locks, and a reader with the standard library alone."""

__all__: list[str] = []
