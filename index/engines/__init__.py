"""The write side of engines: documents in, an index on disk."""

__all__: list[str] = []
