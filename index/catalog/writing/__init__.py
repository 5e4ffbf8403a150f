"""Statements that change the catalog: articles, what is staged and pending, and the numbers and texts they share."""

__all__: list[str] = []
