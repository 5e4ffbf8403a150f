"""A body of text in, mentions out: the only package that imports spaCy."""

__all__: list[str] = []
