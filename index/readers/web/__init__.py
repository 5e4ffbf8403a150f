"""What a web page says about itself, and what of it can be believed. Knows parsed pages, no files."""

__all__: list[str] = []
