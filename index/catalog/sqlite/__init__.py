"""What the SQLite of the catalog needs: the file and its locks, and a reader with the standard library alone."""

__all__: list[str] = []
