"""Formats of results for people and programs: rows, JSON, words. Used by the command line, the page and the API."""

__all__: list[str] = []
