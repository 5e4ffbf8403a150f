"""Read feeds: the file, and each entry of it."""

__all__: list[str] = []
