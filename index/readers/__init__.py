"""Files of any supported format in, articles out. Knows nothing of extraction, the catalog or engines."""

__all__: list[str] = []
