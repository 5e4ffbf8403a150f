"""The page of an article."""

__all__: list[str] = []
