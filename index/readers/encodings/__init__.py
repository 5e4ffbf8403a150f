"""Find the encoding of bytes that are text. Knows letters and bytes, and nothing of files and formats."""

__all__: list[str] = []
