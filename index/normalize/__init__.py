"""Pure functions from written forms (numbers, money, dates, names) to values; no IO, no spaCy."""

__all__: list[str] = []
