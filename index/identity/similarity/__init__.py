"""Similarity of two names with its reason, and pairs of names that are likely one. Pure functions."""

__all__: list[str] = []
