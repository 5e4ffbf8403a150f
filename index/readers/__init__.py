"""Read files of any supported format as articles. Imports nothing of extraction, the catalog or engines."""

__all__: list[str] = []
