"""Normalize written forms (numbers, money, dates, names) to values. Pure functions; no IO, no spaCy."""

__all__: list[str] = []
